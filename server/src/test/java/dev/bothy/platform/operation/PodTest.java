package dev.bothy.platform.operation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bothy.testkit.BothyTest;
import dev.bothy.testkit.Http;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.web.server.LocalManagementPort;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.TestPropertySource;

/// A server with the settings that it has in a pod.
@BothyTest
@TestPropertySource(
    properties = {
      "management.server.port=0",
      "bothy.installation.mode=trial",
      "spring.main.cloud-platform=kubernetes",
    })
class PodTest {
  @LocalServerPort private int port;
  @LocalManagementPort private int managementPort;

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

  private Http server() {
    return Http.onPort(port);
  }

  private Http management() {
    return Http.onPort(managementPort);
  }
}
