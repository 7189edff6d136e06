package dev.bothy.platform.keys;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

class KeysPropertiesTest {
  @EnableConfigurationProperties(KeysProperties.class)
  static class Settings {}

  private final ApplicationContextRunner server =
      new ApplicationContextRunner().withUserConfiguration(Settings.class);

  @Test
  void aFileIsAllThatItNeeds() {
    server
        .withPropertyValues("bothy.keys.local-file=/somewhere/key")
        .run(context -> assertThat(context).hasNotFailed());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          bothy.keys.provider=vualt                                    | bothy.keys.provider must be local-file or vault
          bothy.keys.provider=local-file                               | bothy.keys.local-file must name a file
          bothy.keys.provider=vault,bothy.keys.transit-path=/transit/  | bothy.keys.transit-path must be the path of a mount
          bothy.keys.local-file=/k,bothy.keys.soft-life=0s             | bothy.keys.soft-life must be above zero
          bothy.keys.local-file=/k,bothy.keys.soft-life=2h             | not above bothy.keys.hard-life
          bothy.keys.local-file=/k,bothy.keys.hard-life=25h            | must not be above 24h
          """)
  void aWrongValueIsRefusedWithItsKeyAndWhatIsAllowed(String settings, String words) {
    server
        .withPropertyValues(settings.split(","))
        .run(context ->
            assertThat(context)
                .getFailure()
                .rootCause()
                .satisfies(cause -> assertThat(cause.toString()).contains(words)));
  }
}
