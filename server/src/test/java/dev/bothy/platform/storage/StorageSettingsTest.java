package dev.bothy.platform.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bothy.platform.operation.SettingsFailure;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What may stand in `bothy.storage.*`, and what is said of the rest.
class StorageSettingsTest {
  private static final List<String> SERVER =
      List.of(
          "bothy.storage.kind=s3",
          "bothy.storage.endpoint=https://s3.example.com",
          "bothy.storage.bucket=backups",
          "bothy.storage.access-key=access-planted",
          "bothy.storage.secret-key=secret-planted",
          "bothy.storage.region=test");

  private static StoreProgram with(String... more) {
    List<String> settings = new ArrayList<>(SERVER);
    settings.addAll(List.of(more));
    return new StoreProgram(Clock.systemUTC(), settings);
  }

  @Test
  void withoutSettingsThereIsNoStore(@TempDir Path folder) {
    try (StoreProgram program = new StoreProgram(Clock.systemUTC(), List.of())) {
      assertThat(program.storage().store()).isEmpty();
      assertThat(program.storage().orFolder(Path.of(""))).isEmpty();
      assertThat(program.storage().orFolder(folder).orElseThrow().describe())
          .isEqualTo("folder " + folder);
      assertThat(program.bean(StorageProbe.class).problem()).isEmpty();
    }
  }

  @Test
  void aFolderIsNamedByItsPath(@TempDir Path folder) {
    try (StoreProgram program =
        new StoreProgram(
            Clock.systemUTC(),
            List.of("bothy.storage.kind=folder", "bothy.storage.folder=" + folder))) {
      assertThat(program.store().describe()).isEqualTo("folder " + folder);
      assertThat(program.bean(StorageProbe.class).problem()).isEmpty();
      assertThat(folder).isEmptyDirectory();
    }
  }

  @Test
  void aServerIsNamedAndNothingIsAskedOfItYet() {
    try (StoreProgram program = with("bothy.storage.prefix=/bothy/production/")) {
      assertThat(program.store().describe())
          .isEqualTo("s3://backups/bothy/production at https://s3.example.com");
      assertThat(program.bean(StorageSettings.class).toString()).doesNotContain("planted");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "bothy.storage.endpoint=|bothy.storage.endpoint must be an address",
        "bothy.storage.endpoint=s3.example.com|bothy.storage.endpoint must be an address",
        "bothy.storage.endpoint=https://s3.example.com/x|bothy.storage.endpoint must be an address",
        "bothy.storage.bucket=a|bothy.storage.bucket must be a bucket's name",
        "bothy.storage.bucket=a/b|bothy.storage.bucket must be a bucket's name",
        "bothy.storage.prefix=A|bothy.storage.prefix may have lower-case letters",
        "bothy.storage.prefix=a/../b|bothy.storage.prefix may have lower-case letters",
        "bothy.storage.secret-key=|bothy.storage.access-key and bothy.storage.secret-key are missing",
        "bothy.storage.region=|bothy.storage.region is missing",
        "bothy.storage.region=mars|bothy.storage.region is mars, and data may go to test alone",
        "bothy.storage.object-lock-days=-1|bothy.storage.object-lock-days must be 0 to 3650",
        "bothy.storage.kind=folder|bothy.storage.folder must be an absolute path",
        "bothy.storage.kind=tape|bothy.storage.kind",
      })
  void whatIsWrongIsSaidInWordsThatNameTheSetting(String setting, String words) {
    assertThatThrownBy(() -> with(setting).close())
        .satisfies(failure -> {
          SettingsFailure said = SettingsFailure.of(failure);
          assertThat(said.why() + " " + said.fix()).contains(words).doesNotContain("planted");
        });
  }

  @Test
  void virtualStyleNeedsAHostThatABucketCanStandBefore() {
    for (String setting :
        List.of("bothy.storage.bucket=a.b", "bothy.storage.endpoint=https://192.0.2.1:9000")) {
      assertThatThrownBy(() -> with("bothy.storage.path-style=false", setting).close())
          .satisfies(failure ->
              assertThat(SettingsFailure.of(failure).why() + SettingsFailure.of(failure).fix())
                  .contains("bothy.storage.path-style must be true"));
    }
  }
}
