package dev.bothy.platform.storage;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// Looks whether the store that the settings name does what backups ask of it; for the preflight,
/// which says what is wrong before there is a server. What it puts there it deletes again.
public final class StorageProbe {
  private final Storage storage;
  private final StorageSettings settings;

  StorageProbe(Storage storage, StorageSettings settings) {
    this.storage = storage;
    this.settings = settings;
  }

  /// Something that is not as it should be.
  ///
  /// @param message what is so, in one sentence without its full stop
  /// @param fix what to do next; empty where nothing helps but to try later
  public record Problem(String message, String fix) {}

  /// Which store it is, for people; empty if the settings name none.
  public Optional<String> place() {
    return storage.store().map(ObjectStore::describe);
  }

  /// Writes a small object, reads it, finds it in a list and deletes it.
  ///
  /// @return the first that did not work; empty if all did, or there is no store
  public Optional<Problem> problem() {
    return storage.store().flatMap(this::problem);
  }

  private Optional<Problem> problem(ObjectStore store) {
    UUID id = UUID.randomUUID();
    String key = S3Store.PREFLIGHT + id;
    byte[] content = id.toString().getBytes(StandardCharsets.US_ASCII);
    try {
      store.put(key, content);
      try {
        if (!Arrays.equals(store.get(key), content)) {
          return problem("what was written to " + store.describe() + " came back changed");
        }
        List<StoredObject> found = store.list(S3Store.PREFLIGHT);
        if (found.stream().noneMatch(each -> each.key().equals(key))) {
          return problem("what was written to " + store.describe() + " is in no list of it");
        }
      } finally {
        store.delete(List.of(key));
      }
      return store instanceof S3Store server ? otherRegion(server) : Optional.empty();
    } catch (StorageException e) {
      return Optional.of(new Problem(withoutStop(e.why()), withoutStop(e.fix())));
    }
  }

  private static Optional<Problem> problem(String message) {
    return Optional.of(
        new Problem(message, "Look whether this is the store that was meant, and is whole"));
  }

  private Optional<Problem> otherRegion(S3Store server) {
    return server
        .location()
        .filter(said -> !said.equals(settings.s3Region()))
        .map(said ->
            new Problem(
                server.describe()
                    + " says that the bucket is in the region "
                    + said
                    + ", and bothy.storage.s3-region is "
                    + settings.s3Region(),
                "Set bothy.storage.s3-region to "
                    + said
                    + ", and look whether bothy.storage.region says truly where that is"));
  }

  private static String withoutStop(String sentence) {
    return sentence.endsWith(".") ? sentence.substring(0, sentence.length() - 1) : sentence;
  }
}
