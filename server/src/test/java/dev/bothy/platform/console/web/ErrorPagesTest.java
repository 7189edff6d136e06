package dev.bothy.platform.console.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bothy.platform.people.Role;
import dev.bothy.platform.people.TestPeople;
import dev.bothy.platform.workspace.Workspace;
import dev.bothy.platform.workspace.Workspaces;
import dev.bothy.testkit.BothyTest;
import dev.bothy.testkit.Http;
import dev.bothy.testkit.TestWorkspaces;
import jakarta.servlet.RequestDispatcher;
import java.net.http.HttpResponse;
import java.sql.SQLException;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.UncategorizedSQLException;
import org.springframework.mock.web.MockHttpServletRequest;

@BothyTest
class ErrorPagesTest {
  @Autowired Workspaces workspaces;
  @Autowired TestPeople people;
  @LocalServerPort int port;
  private Http http = new Http("");
  private Workspace workspace;
  private TestPeople.Someone ada;

  @BeforeEach
  void somebodySignedIn() {
    http = Http.onPort(port);
    workspace = TestWorkspaces.fresh(workspaces);
    ada = people.signedIn(workspace, "Ada Lovelace", Role.MEMBER);
  }

  @Test
  void aPageThatIsNotThereIsSaidInWords() {
    HttpResponse<String> answer = http.pageOf(ada.token(), "/nowhere");
    assertThat(answer.statusCode()).isEqualTo(404);
    isInWords(answer, "There is nothing here");
  }

  @Test
  void anAddressThatTriesToClimbIsSaidInWords() {
    HttpResponse<String> answer = http.pageOf(ada.token(), "/w/main;x=1");
    assertThat(answer.statusCode()).isEqualTo(400);
    isInWords(answer, "The server did not understand that");
  }

  @Test
  void whatTheWebServerRefusesByItselfNamesNoProduct() {
    HttpResponse<String> answer = http.pageOf(ada.token(), "/w/%2e%2e%2fetc");
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).doesNotContainIgnoringCase("tomcat").doesNotContain("\tat ");
  }

  @Test
  void aFormThatLacksAFieldIsSaidInWords() {
    HttpResponse<String> answer =
        http.post(
            "/theme",
            Map.of(),
            "Cookie",
            "bothy-session=" + ada.token(),
            "X-CSRF-TOKEN",
            ada.csrf());
    assertThat(answer.statusCode()).isEqualTo(400);
    isInWords(answer, "The server did not understand that");
  }

  @Test
  void aProgramReadsTheSameAsAProblem() {
    HttpResponse<String> answer =
        http.get(
            "/nowhere", "Cookie", "bothy-session=" + ada.token(), "Accept", "application/json");
    assertThat(answer.statusCode()).isEqualTo(404);
    assertThat(answer.headers().firstValue("Content-Type").orElseThrow())
        .startsWith("application/problem+json");
    assertThat(answer.body()).contains("There is nothing here");
  }

  @ParameterizedTest
  @CsvSource({"57P01, 503, PostgreSQL was told to stop", "23505, 500, a row is refused"})
  void aDatabaseThatIsAwayIsToldFromAMistakeOfOurs(String state, int status, String reason) {
    MockHttpServletRequest request = new MockHttpServletRequest();
    request.setAttribute(RequestDispatcher.ERROR_STATUS_CODE, 500);
    request.setAttribute(
        RequestDispatcher.ERROR_EXCEPTION,
        new UncategorizedSQLException("select", "", new SQLException(reason, state)));
    assertThat(new ErrorPages().json(request).getStatusCode().value()).isEqualTo(status);
  }

  private static void isInWords(HttpResponse<String> answer, String title) {
    assertThat(answer.headers().firstValue("Content-Type").orElseThrow()).startsWith("text/html");
    assertThat(answer.body())
        .contains(title)
        .doesNotContainIgnoringCase("exception")
        .doesNotContainIgnoringCase("spring")
        .doesNotContainIgnoringCase("tomcat")
        .doesNotContain("\tat ");
  }
}
