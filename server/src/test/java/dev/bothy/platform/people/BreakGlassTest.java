package dev.bothy.platform.people;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bothy.platform.audit.Audit;
import dev.bothy.platform.audit.AuditEntry;
import dev.bothy.platform.audit.AuditFilter;
import dev.bothy.platform.workspace.Workspace;
import dev.bothy.platform.workspace.Workspaces;
import dev.bothy.testkit.BothyTest;
import dev.bothy.testkit.Http;
import dev.bothy.testkit.TestClock;
import dev.bothy.testkit.TestWorkspaces;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

@BothyTest
class BreakGlassTest {
  @Autowired Workspaces workspaces;
  @Autowired JdbcClient jdbc;
  @Autowired TestClock clock;
  @Autowired TestPeople people;
  @Autowired Audit audit;
  @LocalServerPort int port;
  private Http http = new Http("");
  private Workspace workspace;
  private String username = "";

  @BeforeEach
  void anAdmin() {
    http = Http.onPort(port);
    workspace = TestWorkspaces.fresh(workspaces);
    TestPeople.Someone admin = people.signedIn(workspace, "Ada Lovelace", Role.ADMIN);
    username = usernameOf(admin);
  }

  @AfterEach
  void backToNow() {
    clock.reset();
  }

  @Test
  void aCodeSignsInOnceAndEachUseIsWrittenDown() {
    String code = code();
    HttpResponse<String> answer = type(code.toLowerCase(Locale.ROOT).replace("-", " "));
    assertThat(answer.statusCode()).isEqualTo(302);
    String token = cookie(answer);
    assertThat(http.pageOf(token, "/w/" + workspace.slug()).statusCode()).isEqualTo(200);
    AuditEntry entry =
        workspaces
            .inWorkspace(workspace.id(), () -> audit.page(AuditFilter.ALL, null, 1))
            .entries()
            .getFirst();
    assertThat(entry.action()).isEqualTo("people.signed-in");
    assertThat(entry.details()).containsEntry("by", "break-glass");
    HttpResponse<String> again = type(code);
    assertThat(again.statusCode()).isEqualTo(403);
    assertThat(again.body()).contains("This code does not hold");
  }

  @Test
  void itsSessionEndsAfterAnHour() {
    String token = cookie(type(code()));
    clock.advance(Duration.ofMinutes(61));
    assertThat(http.pageOf(token, "/w/" + workspace.slug()).statusCode()).isEqualTo(302);
  }

  @Test
  void aCodeHoldsForAQuarterOfAnHour() {
    String code = code();
    clock.advance(BreakGlassCodes.LIFETIME);
    assertThat(type(code).statusCode()).isEqualTo(403);
  }

  @Test
  void thereIsNoCodeForWhoIsNeitherOwnerNorAdmin() {
    TestPeople.Someone member = people.signedIn(workspace, "Ben", Role.MEMBER);
    BreakGlassCodes.Issued issued = issue(usernameOf(member));
    assertThat(issued).isInstanceOf(BreakGlassCodes.Issued.Nobody.class);
    assertThat(((BreakGlassCodes.Issued.Nobody) issued).may()).contains(username);
  }

  @Test
  void aGuessSignsNobodyIn() {
    assertThat(type("00000-00000-00000-00000").statusCode()).isEqualTo(403);
    assertThat(type("").headers().firstValue("Set-Cookie")).isEmpty();
  }

  private HttpResponse<String> type(String code) {
    return http.post(BreakGlass.PATH, Map.of("code", code));
  }

  private String code() {
    BreakGlassCodes.Issued issued = issue(username);
    assertThat(issued.toString()).doesNotContain("-");
    return ((BreakGlassCodes.Issued.Code) issued).code();
  }

  private BreakGlassCodes.Issued issue(String of) {
    return workspaces.forInstallation(() -> new BreakGlassCodes(jdbc, clock).issue(of));
  }

  private String usernameOf(TestPeople.Someone someone) {
    return workspaces.forInstallation(() ->
        jdbc.sql("select username from person where id = ?")
            .param(someone.id().value())
            .query(String.class)
            .single());
  }

  private static String cookie(HttpResponse<String> answer) {
    String set = answer.headers().firstValue("Set-Cookie").orElseThrow();
    return set.substring(set.indexOf('=') + 1, set.indexOf(';'));
  }
}
