package dev.bothy.platform.operation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bothy.preflight.Preflight;
import dev.bothy.testkit.BothyTest;
import dev.bothy.testkit.Http;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalManagementPort;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.core.env.Environment;
import org.springframework.test.context.TestPropertySource;

/// A server with the settings that it has in a pod.
@BothyTest
@TestPropertySource(
    properties = {
      "management.server.port=0",
      "bothy.installation.mode=trial",
      "spring.main.cloud-platform=kubernetes",
      "bothy.installation.trusted-proxies=127.0.0.0/8,10.0.0.0/8",
    })
class PodTest {
  @LocalServerPort private int port;
  @LocalManagementPort private int managementPort;
  @Autowired private Environment environment;

  @ParameterizedTest
  @ValueSource(
      strings = {"/actuator/health", "/actuator/health/liveness", "/actuator/health/readiness"})
  void theManagementPortTellsHealthWithoutDetails(String path) {
    assertThat(management().get(path).statusCode()).isEqualTo(200);
    assertThat(management().get(path).body()).doesNotContain("components").contains("UP");
  }

  @Test
  void theManagementPortServesTheScrape() {
    assertThat(management().get("/actuator/prometheus").body())
        .contains("bothy_inbox_depth")
        .contains("jvm_memory_used_bytes");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/",
        "/actuator",
        "/actuator/env",
        "/actuator/info",
        "/sign-in",
        "/chat/slack/x",
        "/error"
      })
  void theManagementPortServesNothingElse(String path) {
    assertThat(management().get(path).statusCode()).isIn(401, 403, 404);
  }

  @Test
  void thePublicPortKeepsTheProbes() {
    assertThat(server().get("/livez").statusCode()).isEqualTo(200);
    assertThat(server().get("/readyz").body()).isEqualTo("{\"status\":\"UP\"}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/actuator/prometheus",
        "/actuator/health",
        "/actuator",
        "/actuator/health/liveness"
      })
  void thePublicPortHasNothingOfTheManagementPort(String path) {
    assertThat(server().get(path).statusCode()).isIn(401, 403, 404);
  }

  @Test
  void aHeaderThatNamesTheManagementPortOpensNothing() {
    assertThat(
            server()
                .get("/actuator/prometheus", "X-Forwarded-Port", "" + managementPort)
                .statusCode())
        .isIn(401, 403, 404);
  }

  @Test
  void aTrustedProxySaysHowTheBrowserReachedIt() {
    assertThat(signInReturnsTo("https", "bothy.example.com"))
        .contains("redirect_uri=https://bothy.example.com/sign-in/callback");
  }

  @Test
  void preflightFindsThisServiceReadyAndThatItLeadsToTheIssuer() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    List<String> settings =
        Stream.of(environment.getProperty("bothy.sign-on.issuer"))
            .flatMap(issuer ->
                Stream.of(
                    "--bothy.sign-on.issuer=" + issuer,
                    "--bothy.egress.region=test",
                    "--bothy.installation.mode=trial",
                    "--spring.datasource.url=jdbc:postgresql://127.0.0.1:1/none"))
            .toList();

    Preflight.run(
        null,
        URI.create("http://127.0.0.1:" + port),
        settings,
        Clock.systemUTC(),
        new PrintStream(out, true, StandardCharsets.UTF_8));

    assertThat(out.toString(StandardCharsets.UTF_8))
        .contains("PASS  service: ")
        .contains("PASS  service-sign-in: whoever is not signed in is led to");
  }

  private String signInReturnsTo(String scheme, String host) {
    return URLDecoder.decode(
        server()
            .page("/sign-in", "X-Forwarded-Proto", scheme, "X-Forwarded-Host", host)
            .headers()
            .firstValue("Location")
            .orElseThrow(),
        StandardCharsets.UTF_8);
  }

  private Http server() {
    return Http.onPort(port);
  }

  private Http management() {
    return Http.onPort(managementPort);
  }
}
