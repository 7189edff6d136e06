package dev.bothy.platform.storage;

import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.http.client.ClientHttpRequestFactory;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.DeleteObjectsResponse;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;
import software.amazon.awssdk.services.s3.model.ObjectLockMode;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.S3Error;
import software.amazon.awssdk.services.s3.model.S3Exception;

/// Keeps objects in a bucket of an S3-compatible server. Nothing is asked of it but to put, get,
/// head, list (version 2) and delete, by path or virtual style, with signatures of version 4.
///
/// With object lock every object but those of the preflight is kept, whatever anybody wants, for
/// the days that the settings say: deleting it then hides it, and the server's life-cycle rule
/// takes the hidden version away.
final class S3Store implements ObjectStore {
  /// Objects that only show that the store works.
  static final String PREFLIGHT = "preflight/";

  private static final String CONTENT_TYPE = "application/octet-stream";

  /// The most that one request deletes.
  private static final int BATCH = 1000;

  private final StorageSettings settings;
  private final Supplier<ClientHttpRequestFactory> requests;
  private final Clock clock;
  private final Retries retries;
  private final S3Failures failures;
  private @Nullable S3Client client;

  /// @param requests asked with the first call: before it, no egress and no client is needed
  S3Store(
      StorageSettings settings,
      Supplier<ClientHttpRequestFactory> requests,
      Clock clock,
      Retries retries) {
    this.settings = settings;
    this.requests = requests;
    this.clock = clock;
    this.retries = retries;
    this.failures = new S3Failures(settings, describe(settings), clock);
  }

  @Override
  public String describe() {
    return describe(settings);
  }

  private static String describe(StorageSettings settings) {
    String prefix = settings.shownPrefix();
    return "s3://"
        + settings.bucket()
        + (prefix.isEmpty() ? "" : "/" + prefix)
        + " at "
        + settings.address();
  }

  @Override
  public void put(String key, byte[] content) {
    ObjectKey.checkSize(key, content);
    call(
        "write " + key,
        s3 ->
            s3.putObject(
                put(key, content, full(key)),
                // Not copied: nobody changes it, and a backup has several of them on their way.
                RequestBody.fromContentProvider(
                    ContentStreamProvider.fromByteArrayUnsafe(content),
                    content.length,
                    CONTENT_TYPE)));
  }

  private PutObjectRequest put(String key, byte[] content, String fullKey) {
    PutObjectRequest.Builder request =
        PutObjectRequest.builder().bucket(settings.bucket()).key(fullKey).contentType(CONTENT_TYPE);
    if (settings.objectLockDays() > 0 && !key.startsWith(PREFLIGHT)) {
      // A lock is only taken with a checksum.
      request
          .contentMD5(md5(content))
          .objectLockMode(
              switch (settings.objectLockMode()) {
                case COMPLIANCE -> ObjectLockMode.COMPLIANCE;
                case GOVERNANCE -> ObjectLockMode.GOVERNANCE;
              })
          .objectLockRetainUntilDate(
              clock.instant().plus(Duration.ofDays(settings.objectLockDays())));
    }
    return request.build();
  }

  @Override
  public byte[] get(String key) {
    String fullKey = full(key);
    String deed = "read " + key;
    return call(
        deed,
        s3 -> {
          try (ResponseInputStream<GetObjectResponse> answer =
              s3.getObject(each -> each.bucket(settings.bucket()).key(fullKey))) {
            return read(answer);
          } catch (IOException e) {
            throw failures.of(deed, e);
          }
        });
  }

  private static byte[] read(ResponseInputStream<GetObjectResponse> answer) throws IOException {
    Long length = answer.response().contentLength();
    if (length == null || length < 0 || length > MOST_BYTES) {
      return answer.readAllBytes();
    }
    byte[] content = new byte[length.intValue()];
    int count = ((InputStream) answer).readNBytes(content, 0, content.length);
    if (count < content.length) {
      throw new IOException("the answer ended after " + count + " of " + length + " bytes");
    }
    return content;
  }

  @Override
  public boolean exists(String key) {
    String fullKey = full(key);
    return call(
        "look for " + key,
        s3 -> {
          try {
            s3.headObject(each -> each.bucket(settings.bucket()).key(fullKey));
            return true;
          } catch (S3Exception e) {
            // It has no body that could say more.
            if (e.statusCode() == 404) {
              return false;
            }
            throw e;
          }
        });
  }

  @Override
  public List<StoredObject> list(String prefix) {
    String fullPrefix = settings.keyPrefix() + ObjectKey.checkedPrefix(prefix);
    List<StoredObject> found = new ArrayList<>();
    String next = null;
    do {
      String after = next;
      ListObjectsV2Response page =
          call(
              "list " + prefix,
              s3 ->
                  s3.listObjectsV2(each ->
                      each.bucket(settings.bucket()).prefix(fullPrefix).continuationToken(after)));
      page.contents()
          .forEach(each -> {
            String key = each.key().substring(settings.keyPrefix().length());
            // What is no key is another's.
            if (ObjectKey.isOne(key)) {
              found.add(new StoredObject(key, each.size(), each.lastModified()));
            }
          });
      next = Boolean.TRUE.equals(page.isTruncated()) ? page.nextContinuationToken() : null;
    } while (next != null);
    found.sort(Comparator.comparing(StoredObject::key));
    return List.copyOf(found);
  }

  /// The server leaves out what is deeper (`delimiter`), of which there may be millions.
  @Override
  public List<String> folders(String prefix) {
    String fullPrefix = settings.keyPrefix() + ObjectKey.checkedPrefix(prefix);
    List<String> found = new ArrayList<>();
    String next = null;
    do {
      String after = next;
      ListObjectsV2Response page =
          call(
              "list " + prefix,
              s3 ->
                  s3.listObjectsV2(each ->
                      each.bucket(settings.bucket())
                          .prefix(fullPrefix)
                          .delimiter("/")
                          .continuationToken(after)));
      page.commonPrefixes().stream()
          .map(each -> each.prefix().substring(fullPrefix.length()))
          .forEach(each -> found.add(each.substring(0, each.length() - 1)));
      next = Boolean.TRUE.equals(page.isTruncated()) ? page.nextContinuationToken() : null;
    } while (next != null);
    return found.stream().sorted().toList();
  }

  @Override
  public void delete(Collection<String> keys) {
    List<ObjectIdentifier> all =
        keys.stream().map(key -> ObjectIdentifier.builder().key(full(key)).build()).toList();
    for (int from = 0; from < all.size(); from += BATCH) {
      List<ObjectIdentifier> some = all.subList(from, Math.min(from + BATCH, all.size()));
      call("delete " + some.size() + " objects", s3 -> delete(s3, some));
    }
  }

  private boolean delete(S3Client s3, List<ObjectIdentifier> keys) {
    DeleteObjectsResponse answer =
        s3.deleteObjects(
            each -> each.bucket(settings.bucket()).delete(some -> some.objects(keys).quiet(true)));
    for (S3Error error : answer.errors()) {
      if (!"NoSuchKey".equals(error.code())) {
        throw failures.of(
            "delete " + String.valueOf(error.key()).substring(settings.keyPrefix().length()),
            error.code(),
            error.message());
      }
    }
    return true;
  }

  /// Where the server says that the bucket is, in its own words; empty where it does not say.
  Optional<String> location() {
    try {
      String said =
          client()
              .getBucketLocation(each -> each.bucket(settings.bucket()))
              .locationConstraintAsString();
      // docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketLocation.html
      return Optional.of(
          switch (said == null ? "" : said) {
            case "" -> "us-east-1";
            case "EU" -> "eu-west-1";
            default -> said;
          });
    } catch (SdkException e) {
      return Optional.empty();
    }
  }

  private String full(String key) {
    return settings.keyPrefix() + ObjectKey.checked(key);
  }

  private interface Deed<T> {
    T on(S3Client s3);
  }

  private <T> T call(String what, Deed<T> deed) {
    return retries.call(() -> {
      try {
        return deed.on(client());
      } catch (SdkException e) {
        throw failures.of(what, e);
      }
    });
  }

  private synchronized S3Client client() {
    S3Client known = client;
    if (known == null) {
      known = S3Clients.of(settings, requests.get(), clock);
      client = known;
    }
    return known;
  }

  private static String md5(byte[] content) {
    try {
      return Base64.getEncoder().encodeToString(MessageDigest.getInstance("MD5").digest(content));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
