package dev.bothy.platform.storage;

import static dev.bothy.platform.storage.ObjectStoreContract.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.bothy.platform.storage.StorageException.Reason;
import dev.bothy.testkit.S3Server;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Against a real server, by the egress module.
@Tag("real")
class S3StoreTest implements ObjectStoreContract {
  private final String prefix = "test-" + UUID.randomUUID();
  private StoreProgram program;

  @BeforeEach
  void start() {
    program =
        new StoreProgram(Clock.systemUTC(), S3Server.shared().settings(prefix + "/x", "test"));
  }

  @AfterEach
  void stop() {
    program.close();
  }

  @Override
  public ObjectStore store() {
    return program.store();
  }

  @Test
  void anObjectIsAtItsKeyBelowThePrefix() {
    store().put("a/b", text("c"));
    S3Server server = S3Server.shared();
    assertThat(server.folder().resolve(server.bucket()).resolve(prefix).resolve("x/a/b"))
        .hasContent("c");
    assertThat(store().describe()).isEqualTo("s3://bothy/" + prefix + "/x at " + server.endpoint());
  }

  @Test
  void wrongKeysARemovedBucketAndAWrongClockAreTold() {
    assertThat(failure(Clock.systemUTC(), "bothy.storage.access-key=nobody"))
        .satisfies(
            failure -> assertThat(failure.reason()).isEqualTo(Reason.REFUSED),
            failure -> assertThat(failure).hasMessageContaining("does not know the access key"));
    assertThat(failure(Clock.systemUTC(), "bothy.storage.secret-key=wrong").reason())
        .isEqualTo(Reason.REFUSED);
    assertThat(failure(Clock.systemUTC(), "bothy.storage.bucket=nowhere"))
        .satisfies(
            failure -> assertThat(failure.reason()).isEqualTo(Reason.MISCONFIGURED),
            failure -> assertThat(failure).hasMessageContaining("there is no bucket nowhere"));
    assertThat(failure(Clock.offset(Clock.systemUTC(), Duration.ofMinutes(20)), "a=b").reason())
        .isEqualTo(Reason.CLOCK_SKEW);
    assertThat(failure(Clock.offset(Clock.systemUTC(), Duration.ofMinutes(-20)), "a=b").reason())
        .isEqualTo(Reason.CLOCK_SKEW);
  }

  private StorageException failure(Clock clock, String setting) {
    List<String> settings = new ArrayList<>(S3Server.shared().settings(prefix, "test"));
    settings.add(setting);
    try (StoreProgram other = new StoreProgram(clock, settings)) {
      return catchThrowableOfType(StorageException.class, () -> other.store().put("a", text("x")));
    }
  }

  @Test
  void aConnectionThatIsCutInTheMiddleIsTriedAgain() throws IOException {
    byte[] large = new byte[4 * 1024 * 1024];
    new Random(2).nextBytes(large);
    try (CuttingWay way = new CuttingWay(S3Server.shared().port())) {
      List<String> settings = new ArrayList<>(S3Server.shared().settings(prefix, "test"));
      settings.add("bothy.storage.endpoint=" + way.endpoint());
      try (StoreProgram other = new StoreProgram(Clock.systemUTC(), settings)) {
        way.cutNextAfter(1024 * 1024, 1);
        other.store().put("large", large);
        way.cutNextAfter(1024 * 1024, 1);
        assertThat(other.store().get("large")).isEqualTo(large);
        assertThat(way.cuts()).isEqualTo(2);
      }
    }
  }

  @Test
  void theBucketMayStandBeforeTheHostsName(@TempDir Path folder) {
    try (S3Server virtual = S3Server.virtual(folder)) {
      List<String> settings = new ArrayList<>(virtual.settings("", "test"));
      settings.add("bothy.storage.path-style=false");
      settings.add("bothy.storage.endpoint=http://" + S3Server.VIRTUAL_HOST + ":" + virtual.port());
      try (StoreProgram other = new StoreProgram(Clock.systemUTC(), settings)) {
        StorageSettings read = other.bean(StorageSettings.class);
        assertThat(read.origin()).isEqualTo("http://bothy.s3.test:" + virtual.port());
        S3Store store =
            new S3Store(read, () -> Loopback.requests(), Clock.systemUTC(), Retries.inRealTime());
        store.put("a/b", text("c"));
        assertThat(store.get("a/b")).isEqualTo(text("c"));
        assertThat(folder.resolve("bothy/a/b")).hasContent("c");
      }
    }
  }
}
