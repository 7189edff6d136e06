package dev.bothy.platform.workspace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bothy.platform.kernel.StartRefused;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DatabaseLinkTest {
  private static final String HOST = "jdbc:postgresql://db.example.com:5432/bothy";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "?sslmode=require",
        "?sslmode=prefer",
        "?ssl=false",
        "?sslmode=verify-full&sslfactory=org.postgresql.ssl.NonValidatingFactory",
        "?application_name=sslmode%3Dverify-full",
      })
  void productionRefusesALinkWhoseOtherSideIsNotChecked(String query) {
    assertThatThrownBy(() -> check(Installation.Mode.PRODUCTION, HOST + query))
        .isInstanceOf(StartRefused.class)
        .hasMessageContaining("spring.datasource.url")
        .hasMessageContaining("sslmode=verify-full");
  }

  @ParameterizedTest
  @ValueSource(strings = {"?sslmode=verify-full", "?a=b&sslmode=verify-ca"})
  void productionTakesALinkWhoseOtherSideIsChecked(String query) {
    assertThatCode(() -> check(Installation.Mode.PRODUCTION, HOST + query))
        .doesNotThrowAnyException();
  }

  @Test
  void theModeMayStandBesideTheAddress() {
    Properties beside = new Properties();
    beside.setProperty("sslmode", "verify-full");

    assertThat(DatabaseLink.isEncrypted(HOST, beside)).isTrue();
  }

  @Test
  void aTrialMayHavePlainLinks() {
    assertThatCode(() -> check(Installation.Mode.TRIAL, HOST)).doesNotThrowAnyException();
    assertThatCode(() -> check(Installation.Mode.EMBEDDED, HOST)).doesNotThrowAnyException();
  }

  private static void check(Installation.Mode mode, String url) {
    DatabaseLink.check(new Installation(mode), "spring.datasource.url", url, new Properties());
  }
}
