package dev.bothy.preflight;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bothy.platform.egress.Egress;
import dev.bothy.platform.mail.MailProbe;
import dev.bothy.platform.operation.Metrics;
import dev.bothy.testkit.TestRelay;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.Import;

/// What the preflight says of a mail relay, with real ones.
class MailRelayTest {
  @ComponentScan(basePackageClasses = Egress.class)
  @ConfigurationPropertiesScan(basePackageClasses = Egress.class)
  @Import(MailProbe.Beans.class)
  static class Beans {
    @Bean
    static Metrics metrics() {
      return Metrics.unscraped();
    }
  }

  private static List<Finding> look(String... settings) {
    List<Finding> found = new ArrayList<>();
    new ApplicationContextRunner()
        .withUserConfiguration(Beans.class)
        .withPropertyValues("bothy.egress.region=here")
        .withPropertyValues(settings)
        .run(context -> found.addAll(new MailRelay(context.getBean(MailProbe.class)).look()));
    return found;
  }

  private static String[] with(TestRelay relay, String... more) {
    return Stream.concat(
            Stream.concat(
                Stream.of(relay.properties()),
                Stream.of("bothy.egress.on-premises-hosts=smtp://localhost:*")),
            Stream.of(more))
        .toArray(String[]::new);
  }

  @Test
  void withoutARelayThereIsNothingToLookAt() {
    assertThat(look()).isEmpty();
    assertThat(look("bothy.mail.host=")).isEmpty();
  }

  @Test
  void aRelayThatTakesTheLoginPasses() {
    assertThat(look(with(TestRelay.shared())))
        .singleElement()
        .satisfies(found -> {
          assertThat(found.result()).isEqualTo(Finding.Result.PASS);
          assertThat(found.message())
              .isEqualTo(
                  "localhost:" + TestRelay.shared().port() + " takes mail from here, over TLS");
        });
  }

  @Test
  void whatIsWrongIsAWarningInWords() {
    warns(with(TestRelay.shared(), "bothy.mail.password=wrong"), "the relay refused the login");
    warns(
        with(TestRelay.shared(), "bothy.egress.on-premises-hosts="),
        "the call was refused: special_address");
    try (TestRelay other = TestRelay.ofAnotherAuthority()) {
      warns(
          with(TestRelay.shared(), "bothy.mail.port=" + other.port()),
          "certificate or TLS is not believed");
    }
  }

  private static void warns(String[] settings, String problem) {
    assertThat(look(settings))
        .singleElement()
        .satisfies(found -> {
          assertThat(found.result()).isEqualTo(Finding.Result.WARN);
          assertThat(found.message()).contains(problem);
          assertThat(found.fix()).contains("smtp://localhost:");
        });
  }
}
