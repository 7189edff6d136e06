package dev.bothy.platform.people;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bothy.platform.kernel.StartRefused;
import dev.bothy.platform.workspace.Installation;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

class SettingsTest {
  private final ApplicationContextRunner server =
      new ApplicationContextRunner()
          .withUserConfiguration(Settings.class)
          .withPropertyValues("bothy.sign-on.issuer=https://login.test/realms/bothy");

  @EnableConfigurationProperties({SignOnSettings.class, InstallationSettings.class})
  static class Settings {}

  @Test
  void theIssuerAloneIsEnough() {
    server.run(started -> assertThat(started).hasNotFailed());
  }

  @Test
  void aMissingIssuerIsNamed() {
    server
        .withPropertyValues("bothy.sign-on.issuer=")
        .run(started -> refuses(started.getStartupFailure(), "bothy.sign-on.issuer is missing"));
  }

  @ParameterizedTest
  @CsvSource({
    "bothy.sign-on.issuer, ftp://login.test/realms/bothy",
    "bothy.sign-on.issuer, https://login.test/realms/bothy/",
    "bothy.sign-on.issuer, login.test",
    "bothy.sign-on.internal-issuer, http://keycloak:8080/realms/bothy?x=1",
    "bothy.sign-on.client-id, ' '",
    "bothy.sign-on.owner-group, ' '",
    "bothy.sign-on.session-lifetime, 8d",
    "bothy.sign-on.session-lifetime, 1m",
    "bothy.sign-on.session-idle, 13h",
    "bothy.installation.public-address, https://bothy.test/path",
    "bothy.installation.public-address, bothy.test",
    "bothy.installation.workspace-slug, Upper",
    "bothy.installation.workspace-slug, a",
    "bothy.installation.workspace-name, ''",
  })
  void aWrongValueStopsTheStartAndIsNamed(String key, String value) {
    server
        .withPropertyValues(key + "=" + value)
        .run(started -> refuses(started.getStartupFailure(), key + " must"));
  }

  @ParameterizedTest
  @CsvSource({
    "http://login.test/realms/bothy, , bothy.sign-on.issuer",
    "https://login.test/realms/bothy, http://keycloak:8080/realms/bothy, internal-issuer",
  })
  void productionRefusesPlainLinksToTheSignOn(
      String issuer, @Nullable String internal, String key) {
    server
        .withPropertyValues("bothy.sign-on.issuer=" + issuer)
        .withPropertyValues("bothy.sign-on.internal-issuer=" + (internal == null ? "" : internal))
        .run(started -> {
          SignOnSettings settings = started.getBean(SignOnSettings.class);
          assertThatThrownBy(
                  () -> settings.checkLinks(new Installation(Installation.Mode.PRODUCTION)))
              .isInstanceOf(StartRefused.class)
              .hasMessageContaining(key)
              .hasMessageContaining("https");
          assertThatCode(() -> settings.checkLinks(new Installation(Installation.Mode.TRIAL)))
              .doesNotThrowAnyException();
        });
  }

  @Test
  void productionTakesEncryptedLinksToTheSignOn() {
    server.run(started ->
        assertThatCode(() ->
                started
                    .getBean(SignOnSettings.class)
                    .checkLinks(new Installation(Installation.Mode.PRODUCTION)))
            .doesNotThrowAnyException());
  }

  @Test
  void theClientSecretIsInNoText() {
    server
        .withPropertyValues("bothy.sign-on.client-secret=hush-hush")
        .run(started ->
            assertThat(started.getBean(SignOnSettings.class).toString())
                .doesNotContain("hush-hush"));
  }

  private static void refuses(@Nullable Throwable failure, String message) {
    assertThat(failure).isNotNull().rootCause().hasMessageContaining(message);
  }
}
