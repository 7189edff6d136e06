package dev.bothy.platform.storage;

import static dev.bothy.platform.storage.ObjectStoreContract.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.bothy.platform.egress.Egress;
import dev.bothy.platform.storage.StorageException.Reason;
import dev.bothy.platform.storage.TroubledServer.Answer;
import dev.bothy.platform.storage.TroubledServer.Asked;
import dev.bothy.testkit.ServerProcess;
import dev.bothy.testkit.TestClock;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What a store says of a server that answers with errors, or not whole. The bodies are those that
/// Amazon, MinIO and Ceph document.
class S3TroubleTest {
  private final TestClock clock = new TestClock();
  private final List<Duration> pauses = new ArrayList<>();
  private TroubledServer server;
  private StoreProgram program;
  private S3Store store;

  @BeforeEach
  void start() {
    server = new TroubledServer();
    program = program(server.endpoint(), 0);
    store = store(program);
  }

  @AfterEach
  void stop() {
    program.close();
    server.close();
  }

  private void storeAt(URI endpoint, int lockDays) {
    program.close();
    program = program(endpoint, lockDays);
    store = store(program);
  }

  private StoreProgram program(URI endpoint, int lockDays) {
    return new StoreProgram(
        clock,
        List.of(
            "bothy.storage.kind=s3",
            "bothy.storage.endpoint=" + endpoint,
            "bothy.storage.bucket=bothy",
            "bothy.storage.access-key=access",
            "bothy.storage.secret-key=secret",
            "bothy.storage.object-lock-days=" + lockDays,
            "bothy.storage.object-lock-mode=governance",
            "bothy.storage.region=test"));
  }

  private S3Store store(StoreProgram in) {
    return new S3Store(
        in.bean(StorageSettings.class),
        () -> in.bean(Egress.class).requestFactory(StorageConfiguration.OWNER),
        clock,
        new Retries(pauses::add, () -> 0, () -> 1));
  }

  private StorageException failure(ThrowingCallable deed) {
    return catchThrowableOfType(StorageException.class, deed);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "403|AccessDenied|Access Denied.|REFUSED|rights",
        "403|InvalidAccessKeyId|No such key.|REFUSED|does not know the access key",
        "403|SignatureDoesNotMatch|It differs.|REFUSED|secret key is another",
        "401|Unauthorized|Who?|REFUSED|refuses it",
        "403|RequestTimeTooSkewed|The difference is too large.|CLOCK_SKEW|NTP",
        "404|NoSuchBucket|No bucket.|MISCONFIGURED|there is no bucket bothy",
        "404|NoSuchKey|No key.|MISSING|it is not there",
        "301|PermanentRedirect|Use the specified endpoint.|MISCONFIGURED|another region",
        "400|AuthorizationHeaderMalformed|expecting 'eu-west-1'|MISCONFIGURED|eu-west-1",
        "507|XMinioStorageFull|Storage backend has reached its minimum free drive.|FULL|no space",
        "403|QuotaExceeded|The quota is used up.|FULL|quota",
        "400|XMinioAdminBucketQuotaExceeded|Bucket quota exceeded|FULL|quota",
        "500|InternalError|write: No space left on device|FULL|no space",
        "400|ObjectLocked|Object is WORM protected and cannot be overwritten|LOCKED|lock",
        "403|AccessDenied|Access Denied because object protected by object lock.|LOCKED|lock",
        "400|InvalidRequest|Bucket is missing Object Lock Configuration|MISCONFIGURED|lock-days",
        "400|MalformedXML|Not well-formed.|MISCONFIGURED|does not take",
        "501|NotImplemented|A header you provided is not implemented.|MISCONFIGURED|not take",
      })
  void eachErrorHasItsReasonAndIsNotTriedAgain(
      int status, String code, String message, Reason reason, String words) {
    server.answers(Answer.error(status, code, message));
    StorageException failure = failure(() -> store.put("a/b", text("x")));
    assertThat(failure.reason()).isEqualTo(reason);
    assertThat(failure)
        .hasMessageContaining(words)
        .hasMessageContaining("Could not write a/b in s3://bothy at " + server.endpoint());
    assertThat(server.asked()).hasSize(1);
    assertThat(pauses).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "500, InternalError",
    "503, SlowDown",
    "429, TooManyRequests",
    "400, RequestTimeout",
    "400, BadDigest",
  })
  void whatMayPassIsTriedAgainWithGrowingPauses(int status, String code) {
    server.answers(Answer.error(status, code, "Later."));
    StorageException failure = failure(() -> store.get("a"));
    assertThat(failure.reason()).isEqualTo(Reason.AWAY);
    assertThat(server.asked()).hasSize(5);
    assertThat(pauses).extracting(Duration::toMillis).containsExactly(500L, 1500L, 4500L, 10_000L);
  }

  @Test
  void aServerThatComesBackIsNoFailure() {
    server.answers(
        Answer.error(503, "SlowDown", ""),
        Answer.error(500, "InternalError", ""),
        Answer.whole(200, "content"));
    assertThat(store.get("a")).isEqualTo(text("content"));
    assertThat(server.asked()).hasSize(3);
  }

  @Test
  void anAnswerThatIsCutIsTriedAgainAndNeverTakenForWhole() {
    server.answers(new Answer(200, "con", 7), Answer.whole(200, "content"));
    assertThat(store.get("a")).isEqualTo(text("content"));
    server.answers(new Answer(200, "con", 7));
    assertThat(failure(() -> store.get("a")).reason()).isEqualTo(Reason.AWAY);
    assertThat(server.asked()).hasSize(5);
  }

  @Test
  void aServerThatIsNotThereIsAway() {
    storeAt(URI.create("http://127.0.0.1:" + ServerProcess.freePort()), 0);
    StorageException failure = failure(() -> store.list(""));
    assertThat(failure.reason()).isEqualTo(Reason.AWAY);
    assertThat(failure).hasMessageContaining("it does not answer");
    assertThat(pauses).hasSize(4);
  }

  @Test
  void whoIsRefusedByTheGuardReadsWhatToAllow() {
    storeAt(URI.create("http://storage.example.com"), 0);
    StorageException failure = failure(() -> store.list(""));
    assertThat(failure.reason()).isEqualTo(Reason.MISCONFIGURED);
    assertThat(failure)
        .hasMessageContaining("plain http")
        .hasMessageContaining("bothy.egress.on-premises-hosts");
    assertThat(pauses).isEmpty();
  }

  @Test
  void aRefusalWithoutWordsIsTheClocksIfTheDateSaysSo() {
    server.answers(Answer.whole(403, ""));
    assertThat(failure(() -> store.exists("a")).reason()).isEqualTo(Reason.REFUSED);
    clock.advance(Duration.ofMinutes(-16));
    assertThat(failure(() -> store.exists("a")).reason()).isEqualTo(Reason.CLOCK_SKEW);
  }

  @Test
  void oneOfSeveralThatIsNotDeletedIsTold() {
    server.answers(
        Answer.whole(
            200,
            "<DeleteResult><Error><Key>a</Key><Code>NoSuchKey</Code><Message/></Error>"
                + "<Error><Key>b/c</Key><Code>AccessDenied</Code><Message>Access denied by object"
                + " lock</Message></Error></DeleteResult>"));
    StorageException failure = failure(() -> store.delete(List.of("a", "b/c", "d")));
    assertThat(failure.reason()).isEqualTo(Reason.LOCKED);
    assertThat(failure).hasMessageContaining("delete b/c");
  }

  @Test
  void aLockIsAskedForWithItsTimeAndTheChecksumThatItNeeds() {
    clock.setTo(Instant.parse("2026-11-27T02:15:00Z"));
    storeAt(server.endpoint(), 30);
    server.answers(Answer.whole(200, ""));
    store.put("backups/1/key.json", text("x"));
    Asked asked = server.asked().getFirst();
    assertThat(asked.header("x-amz-object-lock-mode")).isEqualTo("GOVERNANCE");
    assertThat(asked.header("x-amz-object-lock-retain-until-date")).startsWith("2026-12-27T02:15");
    assertThat(asked.header("content-md5")).isEqualTo(md5("x"));
    store.put("preflight/1", text("x"));
    assertThat(server.asked().getLast().headers()).doesNotContainKey("x-amz-object-lock-mode");
  }

  @Test
  void requestsAreSuchAsOlderServersTake() {
    server.answers(Answer.whole(200, ""));
    store.put("a/b", text("content"));
    store.delete(List.of("a/b"));
    Asked put = server.asked().getFirst();
    assertThat(put.address()).hasPath("/bothy/a/b").hasNoQuery();
    assertThat(put.bytes()).isEqualTo(7);
    assertThat(put.headers())
        .doesNotContainKeys("transfer-encoding", "x-amz-trailer", "expect", "content-encoding");
    assertThat(put.headers().keySet()).noneMatch(name -> name.startsWith("x-amz-checksum"));
    Asked delete = server.asked().getLast();
    assertThat(delete.header("content-md5")).isNotEmpty();
    assertThat(delete.headers()).doesNotContainKeys("transfer-encoding", "x-amz-trailer");
  }

  private static String md5(String text) {
    try {
      return java.util.Base64.getEncoder()
          .encodeToString(java.security.MessageDigest.getInstance("MD5").digest(text(text)));
    } catch (java.security.NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }
}
