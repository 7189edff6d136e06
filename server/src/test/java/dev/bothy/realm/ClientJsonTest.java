package dev.bothy.realm;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// The client that is handed out with the chart is the one that the realm step makes.
class ClientJsonTest {
  private static final Path HANDED_OUT =
      Path.of("..", "charts", "bothy", "own-services", "keycloak-client.json");

  /// `-Dchart.write=true` writes the file anew.
  @Test
  void theHandedOutClientIsTheOneThatTheStepMakes() throws IOException {
    String json =
        clientJson(
            Map.of(
                "bothy.installation.public-address", "https://bothy.example.com",
                "bothy.sign-on.issuer", "https://login.example.com/realms/company",
                "bothy.sign-on.client-secret", "planted-client-word",
                "bothy.egress.region", "here"));
    if (Boolean.getBoolean("chart.write")) {
      Files.writeString(HANDED_OUT, json);
    }
    assertThat(json).isEqualTo(Files.readString(HANDED_OUT));
    assertThat(json).doesNotContain("planted");
  }

  private static String clientJson(Map<String, String> settings) {
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    List<String> arguments = PrepareRealmTest.arguments(settings);
    assertThat(
            PrepareRealm.clientJson(
                arguments, new PrintStream(printed, true, StandardCharsets.UTF_8)))
        .as(printed.toString(StandardCharsets.UTF_8))
        .isZero();
    return printed.toString(StandardCharsets.UTF_8);
  }
}
