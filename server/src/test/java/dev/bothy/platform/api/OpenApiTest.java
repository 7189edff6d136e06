package dev.bothy.platform.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bothy.testkit.BothyTest;
import dev.bothy.testkit.Http;
import io.swagger.v3.oas.annotations.Operation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/// `docs/reference/openapi.json` is what the server says of its API. Written anew by
/// `-Dapi.write=true`.
@BothyTest
class OpenApiTest {
  private static final Path PAGE = Path.of("..", "docs", "reference", "openapi.json");
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  @Autowired RequestMappingHandlerMapping requestMappingHandlerMapping;
  @LocalServerPort int port;

  private JsonNode document() {
    return JSON.readTree(Http.onPort(port).get("/api/v1/openapi.json").body());
  }

  @Test
  void thePageIsWhatTheServerSays() throws IOException {
    String now = JSON.writeValueAsString(document()) + "\n";
    if (Boolean.getBoolean("api.write")) {
      Files.writeString(PAGE, now);
    }
    assertThat(now).isEqualTo(Files.readString(PAGE));
  }

  @Test
  void everyOperationIsDescribedAndNeedsAScopeOrNone() {
    JsonNode document = document();
    assertThat(document.path("openapi").asString()).startsWith("3.1");
    document
        .path("paths")
        .propertyStream()
        .forEach(path -> {
          assertThat(path.getKey()).startsWith("/api/v1/");
          path.getValue()
              .propertyStream()
              .forEach(operation -> {
                String name = operation.getKey() + " " + path.getKey();
                JsonNode described = operation.getValue();
                assertThat(described.path("summary").asString("")).as(name).isNotEmpty();
                assertThat(described.path("description").asString("")).as(name).isNotEmpty();
                assertThat(described.path("security").size()).as(name).isEqualTo(2);
                assertThat(described.path("responses").has("429")).as(name).isTrue();
                assertThat(described.path("responses").toString())
                    .as(name)
                    .doesNotContain("Schema NotFound");
              });
        });
    List<String> ids = document.path("paths").findValuesAsString("operationId");
    assertThat(ids).doesNotHaveDuplicates().isNotEmpty();
  }

  /// What has no area answers nobody; this says so before somebody wonders.
  @Test
  void everyControllerOfTheApiHasAnArea() {
    List<String> broken = new ArrayList<>();
    requestMappingHandlerMapping
        .getHandlerMethods()
        .forEach((mapping, method) -> {
          boolean api =
              mapping.getPatternValues().stream().anyMatch(path -> path.startsWith("/api/"));
          if (api && !isComplete(method)) {
            broken.add(method.toString());
          }
        });
    assertThat(broken).isEmpty();
  }

  private static boolean isComplete(HandlerMethod method) {
    return method.getBeanType().getName().startsWith("org.springdoc.")
        || (ApiScopes.areaOf(method.getBeanType())
                .filter(area -> area.name().matches("[a-z][a-z-]+"))
                .isPresent()
            && method.hasMethodAnnotation(Operation.class));
  }
}
