package dev.bothy.platform.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bothy.platform.people.Role;
import dev.bothy.platform.people.TestPeople;
import dev.bothy.platform.workspace.Workspace;
import dev.bothy.platform.workspace.Workspaces;
import dev.bothy.testkit.BothyTest;
import dev.bothy.testkit.Http;
import dev.bothy.testkit.TestWorkspaces;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.ServletException;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.jdbc.UncategorizedSQLException;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Whatever goes wrong under `/api/` is a problem with a code, whoever finds it.
@BothyTest
class ApiErrorsTest {
  private static final String SOME_ID = UUID.randomUUID().toString();

  @Autowired Workspaces workspaces;
  @Autowired TestPeople people;
  @Autowired ApiErrors errors;
  @LocalServerPort int port;

  private static JsonNode problem(HttpResponse<String> answer, int status, String code) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
    JsonNode problem = JsonMapper.shared().readTree(answer.body());
    assertThat(problem.path("code").asString()).isEqualTo(code);
    assertThat(problem.path("status").asInt()).isEqualTo(status);
    assertThat(answer.body()).doesNotContain("Exception", "springframework", "at dev.bothy");
    return problem;
  }

  private String[] signedIn(Workspace workspace) {
    TestPeople.Someone ada = people.signedIn(workspace, "Ada", Role.ADMIN);
    return new String[] {
      "Cookie", "bothy-session=" + ada.token(), "X-CSRF-TOKEN", ada.csrf(),
    };
  }

  private static String[] and(String[] headers, String... more) {
    String[] all = java.util.Arrays.copyOf(headers, headers.length + more.length);
    System.arraycopy(more, 0, all, headers.length, more.length);
    return all;
  }

  @Test
  void everyErrorHasItsCode() {
    Workspace workspace = TestWorkspaces.fresh(workspaces);
    String[] ada = signedIn(workspace);
    Http http = Http.onPort(port);
    String tokens = "/api/v1/workspaces/" + workspace.slug() + "/tokens";

    problem(http.get("/api/v1/nothing", ada), 404, "api.not-found");
    problem(http.page("/api/v1/nothing", ada), 404, "api.not-found");
    problem(http.get("/api/v2", ada), 404, "api.not-found");
    problem(http.get("/api/v1/workspaces/no-such-place/keys", ada), 404, "api.not-found");
    problem(http.send("DELETE", tokens + "/no-id", "", ada), 404, "api.not-found");
    problem(http.send("DELETE", tokens + "/" + SOME_ID, "", ada), 404, "api.not-found");

    HttpResponse<String> method = http.send("PATCH", tokens, "{}", ada);
    problem(method, 405, "api.method-not-allowed");
    assertThat(method.headers().firstValue("Allow")).contains("GET, POST");

    problem(http.get(tokens, and(ada, "Accept", "image/png")), 406, "api.not-acceptable");
    problem(http.post(tokens, java.util.Map.of("a", "b"), ada), 415, "api.unsupported-media-type");
    assertThat(
            problem(http.postJson(tokens, "{\"name\":", ada), 400, "api.unreadable")
                .path("detail")
                .asString())
        .contains("line 1");
    problem(http.postJson(tokens, "", ada), 400, "api.unreadable");
    problem(http.get(tokens + "?of=theirs", ada), 422, "api.invalid-input");
    problem(http.postJson(tokens, "\"" + "x".repeat(1 << 20) + "\"", ada), 413, "api.too-large");
  }

  @Test
  void aBodyWithoutALengthIsCountedAsItIsRead() throws Exception {
    Workspace workspace = TestWorkspaces.fresh(workspaces);
    HttpRequest request =
        HttpRequest.newBuilder(
                URI.create(
                    "http://127.0.0.1:%d/api/v1/workspaces/%s/tokens"
                        .formatted(port, workspace.slug())))
            .headers(signedIn(workspace))
            .header("Content-Type", "application/json")
            .POST(
                HttpRequest.BodyPublishers.ofInputStream(() ->
                    new ByteArrayInputStream(
                        ("{\"name\":\"" + "x".repeat(2 << 20))
                            .getBytes(StandardCharsets.US_ASCII))))
            .build();
    problem(
        HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString()),
        413,
        "api.too-large");
  }

  @ParameterizedTest
  @CsvSource({"57P01, 503, api.unavailable", "23505, 500, api.internal-error"})
  void aDatabaseThatIsAwayIsToldFromAMistakeOfOurs(String state, int status, String code)
      throws Exception {
    MockHttpServletResponse answer =
        resolved(new UncategorizedSQLException("select", "", new SQLException("why", state)));
    assertThat(answer.getStatus()).isEqualTo(status);
    assertThat(answer.getContentAsString()).contains(code).doesNotContain("why", "select");
    assertThat(answer.getHeader("Retry-After")).isEqualTo(status == 503 ? "10" : null);
  }

  @Test
  void twoWhoChangeTheSameAreToldSo() throws Exception {
    assertThat(resolved(new OptimisticLockingFailureException("row 7")).getContentAsString())
        .contains("api.conflict")
        .doesNotContain("row 7");
  }

  private MockHttpServletResponse resolved(Exception failure) {
    MockHttpServletResponse answer = new MockHttpServletResponse();
    assertThat(
            errors.resolveException(
                new MockHttpServletRequest("GET", "/api/v1/me"), answer, null, failure))
        .isNotNull();
    return answer;
  }

  @Test
  void whatFailsInAFilterIsAProblemTooAndWhatIsNotOfTheApiIsNot() throws Exception {
    MockHttpServletRequest request = new MockHttpServletRequest("GET", "/error");
    request.setAttribute(RequestDispatcher.ERROR_REQUEST_URI, "/api/v1/me");
    request.setAttribute(RequestDispatcher.ERROR_STATUS_CODE, 500);
    request.setAttribute(
        RequestDispatcher.ERROR_EXCEPTION,
        new ServletException(
            new UncategorizedSQLException("select", "", new SQLException("why", "08006"))));
    MockHttpServletResponse answer = new MockHttpServletResponse();
    assertThat(errors.preHandle(request, answer, this)).isFalse();
    assertThat(answer.getStatus()).isEqualTo(503);
    assertThat(answer.getContentAsString()).contains("api.unavailable");

    request.setAttribute(RequestDispatcher.ERROR_REQUEST_URI, "/w/main");
    assertThat(errors.preHandle(request, new MockHttpServletResponse(), this)).isTrue();
  }
}
