package dev.bothy.platform.console.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bothy.platform.audit.Actor;
import dev.bothy.platform.audit.Audit;
import dev.bothy.platform.audit.Subject;
import dev.bothy.platform.people.Role;
import dev.bothy.platform.people.TestPeople;
import dev.bothy.platform.workspace.Workspace;
import dev.bothy.platform.workspace.Workspaces;
import dev.bothy.testkit.BothyTest;
import dev.bothy.testkit.Http;
import dev.bothy.testkit.TestClock;
import dev.bothy.testkit.TestWorkspaces;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

@BothyTest
class AuditPageTest {
  private static final Pattern SUBJECT = Pattern.compile("tests\\.thing (\\d+)");
  private static final Pattern OLDER = Pattern.compile("rel=\"next\" href=\"([^\"]+)\"");

  @Autowired Workspaces workspaces;
  @Autowired TestPeople people;
  @Autowired Audit audit;
  @Autowired TestClock clock;
  @LocalServerPort int port;
  private Http http = new Http("");
  private Workspace workspace;
  private TestPeople.Someone admin;

  @BeforeEach
  void anAdmin() {
    http = Http.onPort(port);
    workspace = TestWorkspaces.fresh(workspaces);
    admin = people.signedIn(workspace, "Grace Hopper", Role.ADMIN);
  }

  @AfterEach
  void backToNow() {
    clock.reset();
  }

  @Test
  void everyEntryIsOnExactlyOnePage() {
    for (int number = 1; number <= 120; number++) {
      write("tests.done", number);
    }
    List<Integer> seen = new ArrayList<>();
    String address = audit("?what=tests");
    while (address != null) {
      String page = page(address).body();
      seen.addAll(subjects(page));
      Matcher older = OLDER.matcher(page);
      address = older.find() ? older.group(1).replace("&amp;", "&") : null;
    }
    List<Integer> newestFirst = new ArrayList<>();
    for (int number = 120; number >= 1; number--) {
      newestFirst.add(number);
    }
    assertThat(seen).isEqualTo(newestFirst);
  }

  @Test
  void aRoleChangeNamesThePersonAndBothStates() {
    assertThat(page(audit("?what=people.roles-changed")).body())
        .contains("Grace Hopper", "had", "none", "has", "admin");
  }

  @Test
  void itShowsOnlyWhatIsAskedFor() {
    Instant now = clock.instant();
    write("tests.done", 1);
    clock.setTo(now.minus(Duration.ofDays(3)));
    write("tests.undone", 2);
    clock.reset();
    LocalDate today = now.atZone(ZoneOffset.UTC).toLocalDate();
    assertThat(subjects(page(audit("?what=tests")).body())).containsExactly(1, 2);
    assertThat(subjects(page(audit("?what=tests.undone")).body())).containsExactly(2);
    assertThat(subjects(page(audit("?from=" + today)).body())).containsExactly(1);
    assertThat(subjects(page(audit("?until=" + today.minusDays(2))).body())).containsExactly(2);
    assertThat(subjects(page(audit("?what=tests&who=" + admin.id())).body())).containsExactly(1, 2);
    assertThat(page(audit("?what=elsewhere")).body()).contains("No entries");
  }

  @Test
  void itIsAskedForWhomItIsAboutAndWhatKindOfActorDidIt() {
    TestPeople.Someone ada = people.signedIn(workspace, "Ada Lovelace", Role.MEMBER);
    write("tests.done", 1);
    String log = page(audit("?about=lovelace&what=people.roles-changed")).body();
    assertThat(log).contains("Ada Lovelace").doesNotContain("tests.thing");
    assertThat(page(audit("?about=" + ada.id())).body()).contains("people.roles-changed");
    assertThat(subjects(page(audit("?by=person")).body())).containsExactly(1);
    assertThat(subjects(page(audit("?by=system")).body())).isEmpty();
    assertThat(page(audit("?by=system")).body()).contains("people.roles-changed");
    assertThat(subjects(page(audit("?by=anything")).body())).containsExactly(1);
  }

  @Test
  void whomNobodyOrSeveralFitIsSaidAtItsField() {
    people.signedIn(workspace, "Ada Lovelace", Role.MEMBER);
    people.signedIn(workspace, "Ada Byron", Role.MEMBER);
    assertThat(page(audit("?who=nobody-at-all")).body()).contains("Nobody here is called that.");
    assertThat(page(audit("?about=ada")).body())
        .contains("Several people fit: Ada Byron (", "Write the user name.");
  }

  @Test
  void askingAboutAPersonIsAViewOfTheirData() {
    TestPeople.Someone ada = people.signedIn(workspace, "Ada Lovelace", Role.MEMBER);
    page(audit("?about=" + ada.id()));
    page(audit("?what=people"));
    String viewed = page(audit("?what=people.viewed")).body();
    assertThat(viewed.split("<td class=\"mono\"", -1)).hasSize(2);
    assertThat(viewed).contains("Ada Lovelace", "activity");
  }

  @Test
  void whatCannotBeReadIsSaidAtItsFieldAndKept() {
    HttpResponse<String> answer = page(audit("?what=No%20Word!&from=yesterday&after=rubbish"));
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body())
        .contains("an action such as people.signed-in", "A day such as 2026-11-22", "No Word!");
  }

  @Test
  void aMemberMayNotReadIt() {
    TestPeople.Someone member = people.signedIn(workspace, "Ada", Role.MEMBER);
    assertThat(http.pageOf(member.token(), audit("")).statusCode()).isEqualTo(403);
    assertThat(http.pageOf(member.token(), "/w/" + workspace.slug()).body())
        .doesNotContain("Audit log");
  }

  @Test
  void anAuditorReadsIt() {
    TestPeople.Someone auditor = people.signedIn(workspace, "Alan", Role.AUDITOR);
    assertThat(http.pageOf(auditor.token(), audit("")).statusCode()).isEqualTo(200);
  }

  private void write(String action, int number) {
    workspaces.inWorkspace(
        workspace.id(),
        () ->
            audit.record(
                new Actor.Person(admin.id()),
                action,
                new Subject("tests.thing", String.valueOf(number)),
                Map.of()));
  }

  private static List<Integer> subjects(String page) {
    return SUBJECT.matcher(page).results().map(found -> Integer.valueOf(found.group(1))).toList();
  }

  private HttpResponse<String> page(String path) {
    return http.pageOf(admin.token(), path);
  }

  private String audit(String query) {
    return "/w/" + workspace.slug() + "/audit" + query;
  }
}
