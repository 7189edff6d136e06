package dev.bothy.preflight;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bothy.platform.egress.Egress;
import dev.bothy.platform.operation.Metrics;
import dev.bothy.platform.storage.ObjectStore;
import dev.bothy.platform.storage.StorageProbe;
import dev.bothy.testkit.S3Server;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;

/// What the preflight says of the store for backups, with a real server.
@Tag("real")
class BackupStorageTest {
  @ComponentScan(basePackageClasses = {Egress.class, ObjectStore.class})
  @ConfigurationPropertiesScan(basePackageClasses = Egress.class)
  static class Beans {
    @Bean
    static Metrics metrics() {
      return Metrics.unscraped();
    }

    @Bean
    static Clock clock() {
      return Clock.systemUTC();
    }
  }

  private static List<Finding> look(String... settings) {
    List<Finding> found = new ArrayList<>();
    new ApplicationContextRunner()
        .withUserConfiguration(Beans.class)
        .withPropertyValues(
            "bothy.egress.region=here", "bothy.egress.on-premises-hosts=http://127.0.0.1:*")
        .withPropertyValues(settings)
        .run(
            context -> found.addAll(new BackupStorage(context.getBean(StorageProbe.class)).look()));
    return found;
  }

  private static String[] server(String prefix, String... more) {
    return Stream.concat(S3Server.shared().settings(prefix, "here").stream(), Stream.of(more))
        .toArray(String[]::new);
  }

  @Test
  void withoutAStoreThereIsNothingToLookAt() {
    assertThat(look()).isEmpty();
  }

  @Test
  void aServerThatKeepsWhatItGetsPassesAndNothingIsLeftThere() throws IOException {
    String prefix = "preflight-" + UUID.randomUUID();
    assertThat(look(server(prefix)))
        .singleElement()
        .satisfies(found -> {
          assertThat(found.result()).isEqualTo(Finding.Result.PASS);
          assertThat(found.check()).isEqualTo("backup-storage");
          assertThat(found.message()).startsWith("s3://bothy/" + prefix + " at http://127.0.0.1");
        });
    Path below = S3Server.shared().folder().resolve("bothy").resolve(prefix);
    try (Stream<Path> left = Files.exists(below) ? Files.walk(below) : Stream.of()) {
      assertThat(left.filter(Files::isRegularFile)).isEmpty();
    }
  }

  @Test
  void eachFailureNamesItsFix(@TempDir Path folder) throws IOException {
    fails(
        "there is no bucket nowhere",
        "bothy.storage.bucket",
        server("", "bothy.storage.bucket=nowhere"));
    fails(
        "secret key is another",
        "bothy.storage.secret-key",
        server("", "bothy.storage.secret-key=wrong"));
    fails(
        "plain http is for on-premises hosts alone",
        "",
        server("", "bothy.egress.on-premises-hosts="));
    fails(
        "is in the region us-east-1, and bothy.storage.s3-region is eu-central-1",
        "Set bothy.storage.s3-region to us-east-1",
        server("", "bothy.storage.s3-region=eu-central-1"));
    Path file = Files.writeString(folder.resolve("file"), "");
    fails(
        "a file stands where a folder should be",
        "name another folder",
        "bothy.storage.kind=folder",
        "bothy.storage.folder=" + file);
  }

  private static void fails(String problem, String fix, String... settings) {
    assertThat(look(settings))
        .singleElement()
        .satisfies(found -> {
          assertThat(found.result()).isEqualTo(Finding.Result.FAIL);
          assertThat(found.message()).contains(problem).doesNotEndWith(".");
          assertThat(found.fix()).contains(fix);
        });
  }
}
