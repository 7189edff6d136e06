package dev.bothy.platform.operation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bothy.platform.people.Role;
import dev.bothy.platform.people.TestPeople;
import dev.bothy.platform.workspace.Workspace;
import dev.bothy.platform.workspace.Workspaces;
import dev.bothy.testkit.BothyTest;
import dev.bothy.testkit.TestWorkspaces;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/// Sends secrets to every address that the server has, in every place where a request can carry
/// one, and looks for them in what the server says: its log, its answers and its metrics. A new
/// controller is covered by itself.
@BothyTest
@ExtendWith(OutputCaptureExtension.class)
class PlantedSecretsTest {
  private static final String PLANTED = "pLanTed0123456789";
  private static final String SLACK_TOKEN = "xoxb-1-" + PLANTED;

  /// Names under which a network, an identity provider or a form of ours sends secrets.
  private static final Map<String, String> FIELDS =
      Map.of(
          "token", SLACK_TOKEN,
          "bot_token", SLACK_TOKEN,
          "botToken", SLACK_TOKEN,
          "signing_secret", PLANTED,
          "signingSecret", PLANTED,
          "client_secret", PLANTED,
          "password", PLANTED,
          "logout_token", "eyJhbGciOiJub25lIn0." + PLANTED + ".x",
          "response_url", "https://hooks.slack.com/commands/T1/1/" + PLANTED,
          "code", PLANTED);

  private record Address(RequestMethod method, String path) {}

  @LocalServerPort private int port;
  @Autowired private RequestMappingHandlerMapping requestMappingHandlerMapping;
  @Autowired private Workspaces workspaces;
  @Autowired private TestPeople people;

  @Test
  void noSecretThatSomebodySendsIsLoggedAnsweredOrMeasured(CapturedOutput output) throws Exception {
    Workspace workspace = TestWorkspaces.fresh(workspaces);
    TestPeople.Someone owner = people.signedIn(workspace, "Olga Owner", Role.OWNER);
    List<String> asked = new ArrayList<>();

    try (HttpClient client = HttpClient.newHttpClient()) {
      for (Address address : addresses(workspace)) {
        for (String contentType : bodies(address.method())) {
          String name = address + " " + contentType;
          asked.add(name);
          assertThat(ask(client, address.method(), address.path(), contentType, owner))
              .as("answer to " + name)
              .doesNotContain(PLANTED);
        }
      }
      assertThat(ask(client, RequestMethod.GET, "/actuator/prometheus", "", owner))
          .as("metrics")
          .contains("bothy_inbox_depth")
          .doesNotContain(PLANTED);
    }

    LoggerFactory.getLogger(getClass()).info("After {} requests", asked.size());
    assertThat(asked).hasSizeGreaterThan(5);
    assertThat(output).contains("After " + asked.size() + " requests").doesNotContain(PLANTED);
  }

  /// What the controllers answer for, then what the sign-on's filters do; signing out comes last.
  private List<Address> addresses(Workspace workspace) {
    List<Address> addresses = new ArrayList<>();
    for (RequestMappingInfo mapping : requestMappingHandlerMapping.getHandlerMethods().keySet()) {
      for (String pattern : mapping.getPatternValues()) {
        String path =
            pattern
                .replace("{workspace}", workspace.slug())
                .replaceAll("\\{[^/]+}", "0198c5a2-7c1e-7f00-8000-000000000001");
        methods(mapping).forEach(method -> addresses.add(new Address(method, path)));
      }
    }
    addresses.add(new Address(RequestMethod.GET, "/sign-in"));
    addresses.add(new Address(RequestMethod.GET, "/sign-in/callback"));
    addresses.add(new Address(RequestMethod.POST, "/sign-out"));
    return addresses;
  }

  private static Set<RequestMethod> methods(RequestMappingInfo mapping) {
    Set<RequestMethod> declared = mapping.getMethodsCondition().getMethods();
    return declared.isEmpty() ? Set.of(RequestMethod.GET, RequestMethod.POST) : declared;
  }

  private static List<String> bodies(RequestMethod method) {
    return method == RequestMethod.GET || method == RequestMethod.DELETE
        ? List.of("")
        : List.of("application/x-www-form-urlencoded", "application/json", "text/plain");
  }

  /// The headers and the body that came back; without the body where it doesn't end (live events).
  private String ask(
      HttpClient client,
      RequestMethod method,
      String path,
      String contentType,
      TestPeople.Someone someone)
      throws InterruptedException, ExecutionException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(
                URI.create(
                    "http://127.0.0.1:" + port + path + "?token=" + PLANTED + "&code=" + PLANTED))
            .header("Cookie", "bothy-session=" + someone.token() + "; other=" + PLANTED)
            .header("X-CSRF-TOKEN", someone.csrf())
            .header("X-Slack-Signature", "v0=" + PLANTED)
            .header("X-Slack-Request-Timestamp", "1531420618")
            .timeout(Duration.ofSeconds(20));
    if (!path.startsWith("/api/")) {
      // There a token of its own is all that counts, and this request would get no further.
      request.header("Authorization", "Bearer " + PLANTED);
    }
    HttpRequest.BodyPublisher body = HttpRequest.BodyPublishers.noBody();
    if (!contentType.isEmpty()) {
      request.header("Content-Type", contentType);
      body = HttpRequest.BodyPublishers.ofString(body(contentType));
    }
    CompletableFuture<HttpResponse<String>> answer =
        client.sendAsync(
            request.method(method.name(), body).build(), HttpResponse.BodyHandlers.ofString());
    try {
      HttpResponse<String> response = answer.get(5, TimeUnit.SECONDS);
      return response.headers().map() + "\n" + response.body();
    } catch (TimeoutException liveEvents) {
      answer.cancel(true);
      return "";
    }
  }

  private static String body(String contentType) {
    return contentType.equals("application/x-www-form-urlencoded")
        ? FIELDS.entrySet().stream()
            .map(field -> field.getKey() + "=" + field.getValue())
            .collect(Collectors.joining("&"))
        : FIELDS.entrySet().stream()
            .map(field -> "\"" + field.getKey() + "\":\"" + field.getValue() + "\"")
            .collect(Collectors.joining(",", "{", "}"));
  }
}
