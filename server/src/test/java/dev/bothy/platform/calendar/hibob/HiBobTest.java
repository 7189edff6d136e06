package dev.bothy.platform.calendar.hibob;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.bothy.platform.audit.Actor;
import dev.bothy.platform.audit.Audit;
import dev.bothy.platform.audit.AuditEntry;
import dev.bothy.platform.audit.AuditFilter;
import dev.bothy.platform.calendar.Absence;
import dev.bothy.platform.calendar.Absences;
import dev.bothy.platform.calendar.ToldInChat;
import dev.bothy.platform.calendar.hibob.HiBob.Trial;
import dev.bothy.platform.calendar.hibob.HiBobConnection.State;
import dev.bothy.platform.chat.Chat;
import dev.bothy.platform.chat.sandbox.SandboxRoom;
import dev.bothy.platform.chatlinks.ChatLinks;
import dev.bothy.platform.chatlinks.LinkedAccount;
import dev.bothy.platform.chatlinks.LinkedBy;
import dev.bothy.platform.kernel.ConnectionId;
import dev.bothy.platform.kernel.PersonId;
import dev.bothy.platform.people.Members;
import dev.bothy.platform.people.NotAllowed;
import dev.bothy.platform.people.Role;
import dev.bothy.platform.people.TestPeople;
import dev.bothy.platform.people.Viewer;
import dev.bothy.platform.work.ScheduleHandler.Due;
import dev.bothy.platform.workspace.Workspace;
import dev.bothy.platform.workspace.Workspaces;
import dev.bothy.testkit.BothyTest;
import dev.bothy.testkit.RowsOf;
import dev.bothy.testkit.TestWorkspaces;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.jdbc.core.simple.JdbcClient;

/// A HiBob on this machine, as it answers and as it fails.
@BothyTest
@ExtendWith(OutputCaptureExtension.class)
class HiBobTest {
  @Autowired Workspaces workspaces;
  @Autowired SandboxRoom sandbox;
  @Autowired HiBob hiBob;
  @Autowired HiBobSync sync;
  @Autowired UnmatchedPeople unmatched;
  @Autowired ChatLinks links;
  @Autowired Members members;
  @Autowired Chat chat;
  @Autowired Absences absences;
  @Autowired Audit audit;
  @Autowired TestPeople people;
  @Autowired JdbcClient jdbc;
  @Autowired Clock clock;

  private final FakeHiBob.Company company = FakeHiBob.shared().company();
  private Workspace workspace;
  private ConnectionId connection;
  private Viewer admin;
  private LocalDate today;

  @BeforeEach
  void open() {
    workspace = TestWorkspaces.fresh(workspaces);
    connection = in(sandbox::open).id();
    admin = viewer(Role.ADMIN);
    today = clock.instant().atZone(ZoneOffset.UTC).toLocalDate();
    company.employee("1001", "ada@example.com");
    company.employee("1002", "ben@example.com");
  }

  @Test
  void allIsComparedAndThenChangesAreRead() {
    grant("1", "1001", 3, 4, Map.of());
    connectAndMatch();

    assertThat(read().state().problem()).isNull();
    Absence first = only();
    assertThat(first.from()).isEqualTo(midnight(3));
    assertThat(first.to()).isEqualTo(midnight(5));
    assertThat(first.allDay()).isTrue();
    assertThat(first.leaveType()).isEqualTo("Holiday");

    company.cancels("1");
    grant("2", "1001", 10, 10, Map.of("startPortion", "afternoon", "visibility", "Private"));
    int asked = company.asked().size();
    assertThat(scheduled().state().problem()).isNull();
    assertThat(company.asked()).hasSize(asked + 2);
    assertThat(company.asked().get(asked)).startsWith("/v1/timeoff/requests/changes?since=");
    assertThat(company.asked().getLast()).startsWith("/v1/timeoff/whosout?from=");
    Absence second = only();
    assertThat(second.from()).isEqualTo(midnight(10).plus(Duration.ofHours(12)));
    assertThat(second.allDay()).isFalse();
    assertThat(second.leaveType()).isNull();

    grant("3", "1001", 11, 11, Map.of("previousRequestId", 2));
    scheduled();
    assertThat(only().from()).isEqualTo(midnight(11));
  }

  @Test
  void aChangeThatGotLostIsFoundByTheNextComparison() {
    grant("1", "1001", 3, 3, Map.of());
    connectAndMatch();
    read();
    company.losesTheChangesOf(() -> {
      company.cancels("1");
      grant("2", "1001", 6, 6, Map.of());
    });
    // That the first was granted is told once more, and is not believed any more.
    scheduled();
    assertThat(known("ada")).isEmpty();

    read();
    assertThat(only().from()).isEqualTo(midnight(6));
  }

  @Test
  void whateverFailsChangesNothingAndIsTold() {
    grant("1", "1001", 3, 3, Map.of());
    connectAndMatch();
    read();
    grant("2", "1001", 6, 6, Map.of());

    Map<String, Runnable> failures = new HashMap<>();
    failures.put(
        "HiBob answered 503. It is asked again by itself.",
        () -> company.fails("", 503, "", "", ""));
    failures.put(
        "HiBob does not know the service user, or its token is another (401). Make a new token"
            + " there, and connect it again.",
        () -> company.fails("", 401, "", "", "{}"));
    failures.put(
        "HiBob lets the service user see too little (403): look at its permissions.",
        () -> company.fails("timeoff/whosout", 403, "", "", "{}"));
    failures.put(
        "HiBob was asked too often (429), and is left alone for as long as it asks.",
        () -> company.fails("people", 429, "Retry-After", "7200", "{}"));
    String half =
        "HiBob's answer is not whole, or not what its documentation says. It is asked again by"
            + " itself; if that goes on, look for a newer Bothy.";
    failures.put(
        half, () -> company.fails("timeoff/whosout", 200, "", "", "{\"outs\":[{\"requestId\":1,"));
    failures.put(
        "HiBob shows the service user nobody with an address: look at its permissions.",
        () -> company.fails("people", 200, "", "", "{\"employees\":[]}"));
    failures.forEach((problem, failure) -> {
      failure.run();
      State state = read().state();
      assertThat(state.problem()).isEqualTo(problem);
      assertThat(only().from()).isEqualTo(midnight(3));
    });
    for (String body :
        List.of("", "null", "{}", "<html>", "{\"outs\":[{\"requestId\":9}]}", "{\"outs\":{}}")) {
      company.fails("timeoff/whosout", 200, "", "", body);
      assertThat(read().state().problem()).as(body).isEqualTo(half);
    }
    assertThat(found().state().failures()).isEqualTo(12);

    company.works();
    State good = read().state();
    assertThat(good.failures()).isZero();
    assertThat(good.failingSince()).isNull();
    assertThat(known("ada")).hasSize(2);
  }

  @Test
  void whoeverConnectedItIsToldOnceThatItFailsForDays() {
    connectAndMatch();
    in(() ->
        links.link(
            new LinkedAccount(connection, "ben", admin.person()),
            LinkedBy.ADMIN,
            new Actor.System()));
    company.fails("", 401, "", "", "{}");
    read();
    in(() ->
        jdbc.sql("update hibob_connection set failing_since_at = now() - interval '4 days'")
            .update());
    read();
    read();

    await()
        .atMost(Duration.ofSeconds(20))
        .until(() ->
            in(() -> ToldInChat.to(sandbox, "ben").stream())
                    .filter(each -> each.contains("Make a new token"))
                    .count()
                == 1);
    assertThat(hiBob.trouble(admin).orElseThrow().name()).isEqualTo("HiBob");
    company.works();
    read();
    assertThat(hiBob.trouble(admin)).isEmpty();
  }

  @Test
  void anAnswerThatBreaksOffInTheMiddleTakesNothingAway() {
    for (int i = 1; i <= 8; i++) {
      grant(Integer.toString(i), "1001", i * 3, i * 3, Map.of());
    }
    connectAndMatch();
    read();

    for (String path : List.of("people", "timeoff/whosout")) {
      company.breaksOff(path);
      assertThat(read().state().problem()).as(path).startsWith("The connection to HiBob broke");
      assertThat(known("ada")).as(path).hasSize(8);
    }
    company.works();
    company.cancels("1");
    grant("9", "1001", 40, 40, Map.of());
    for (String path : List.of("timeoff/requests/changes", "timeoff/whosout")) {
      company.breaksOff(path);
      assertThat(scheduled().state().problem())
          .as(path)
          .startsWith("The connection to HiBob broke");
      assertThat(known("ada")).as(path).hasSize(8);
    }

    company.works();
    assertThat(scheduled().state().problem()).isNull();
    assertThat(known("ada")).hasSize(8);
    assertThat(known("ada").getFirst().from()).isEqualTo(midnight(6));
    assertThat(known("ada").getLast().from()).isEqualTo(midnight(40));
  }

  @Test
  void anAnswerThatWouldTakeMostAwayIsNotBelievedUnlessAnAdminSaysSo() {
    for (int i = 1; i <= 9; i++) {
      grant(Integer.toString(i), "1001", i * 3, i * 3, Map.of());
    }
    connectAndMatch();
    read();
    for (int i = 1; i <= 5; i++) {
      company.cancels(Integer.toString(i));
    }

    State doubted = read().state();
    assertThat(doubted.problem()).startsWith("HiBob tells no more of most of the time off");
    assertThat(doubted.isDoubted()).isTrue();
    assertThat(known("ada")).hasSize(9);

    assertThat(done(hiBob.refresh(admin, true)).state().problem()).isNull();
    assertThat(known("ada")).hasSize(4);
  }

  @Test
  void whoWorksFromElsewhereIsNotAway() {
    connectAndMatch();
    read();
    grant("1", "1001", 3, 3, Map.of("policyTypeDisplayName", "WFH"));
    company.works("1");
    grant("2", "1001", 4, 4, Map.of());

    scheduled();
    assertThat(only().from()).isEqualTo(midnight(4));
    read();
    assertThat(only().from()).isEqualTo(midnight(4));
  }

  @Test
  void whoHasNoMatchIsFoundByIdAloneAndMatchedByHand() {
    connectAndMatch();

    Unmatched.Found found = (Unmatched.Found) unmatched.find(admin);
    assertThat(found.employees()).containsExactly("1002");
    assertThat(found.accounts())
        .extracting(Unmatched.Stranger::account)
        .contains("ben")
        .doesNotContain("ada");
    assertThat(found.toString()).doesNotContain("example.com");

    done(hiBob.match(admin, connection, "ben", "1002"));
    assertThat(((Unmatched.Found) unmatched.find(admin)).employees()).isEmpty();
    company.fails("people", 403, "", "", "{}");
    assertThat(unmatched.find(admin)).isInstanceOf(Unmatched.Failed.class);
    hiBob.disconnect(admin);
    assertThat(unmatched.find(admin)).isEqualTo(new Unmatched.NotConnected());
  }

  @Test
  void itIsLeftAloneForAsLongAsItAsks() {
    connectAndMatch();
    read();

    assertThat(next()).isBetween(Duration.ofMinutes(14), Duration.ofMinutes(16));
    company.fails("", 429, "Retry-After", "7200", "{}");
    assertThat(next()).isBetween(Duration.ofMinutes(119), Duration.ofMinutes(121));
    long reset = clock.instant().plus(Duration.ofHours(3)).getEpochSecond();
    company.fails("", 429, "X-RateLimit-Reset", Long.toString(reset), "{}");
    assertThat(next()).isBetween(Duration.ofMinutes(178), Duration.ofMinutes(182));
    company.fails("", 401, "", "", "{}");
    assertThat(next()).isBetween(Duration.ofHours(5), Duration.ofHours(7));
  }

  /// The trial room tells an address for each of its people, as other networks do.
  @Test
  void whoHasTheSameAddressIsFoundAndTheAddressIsNowhere(CapturedOutput output) {
    String address = "ada@example.test";
    company.employee("1003", "Ada@Example.TEST");
    grant("7", "1003", 3, 3, Map.of());
    done(hiBob.connect(admin, company.user, company.token));
    settle();

    State state = read().state();
    scheduled();

    assertThat(state.counts().matched()).isEqualTo(1);
    assertThat(state.counts().nobody()).isPositive();
    assertThat(state.counts().noAddress()).isZero();
    assertThat(known("ada")).hasSize(1);
    assertThat(RowsOf.naming(workspace.id().value(), List.of("(?i)" + address, company.token)))
        .isEmpty();
    assertThat(output.getAll().toLowerCase(Locale.ROOT))
        .doesNotContain(address)
        .doesNotContain(company.token);
    assertThat(hiBob.find(admin).toString()).doesNotContain(company.token);
  }

  @Test
  void whoIsLinkedToSomebodyWithTheSameAddressIsFound() {
    PersonId ben =
        in(() ->
            members.provision(
                new Members.Profile("Ben", "ben-" + workspace.slug(), "Ben@example.com"),
                new Actor.System()));
    in(() ->
        links.link(new LinkedAccount(connection, "ben", ben), LinkedBy.ADMIN, new Actor.System()));
    grant("8", "1002", 3, 3, Map.of());
    done(hiBob.connect(admin, company.user, company.token));
    settle();

    read();

    assertThat(known("ben")).hasSize(1);
  }

  @Test
  void theTrialSaysWhatWorksAndKeepsNothing() {
    grant("1", "1001", 3, 3, Map.of());
    done(hiBob.connect(admin, company.user, company.token));
    company.fails("timeoff/whosout", 403, "", "", "{}");

    assertThat(hiBob.test(admin))
        .containsExactly(
            new Trial("People", true, "2 seen, 2 with an address to be known by."),
            new Trial(
                "Time off",
                false,
                "HiBob lets the service user see too little (403): look at its permissions."),
            new Trial("Changes", true, "1 within a day."));
    assertThat(known("ada")).isEmpty();
  }

  @Test
  void whatItToldGoesWithIt() {
    grant("1", "1001", 3, 3, Map.of());
    connectAndMatch();
    read();

    assertThat(hiBob.disconnect(admin)).isInstanceOf(HiBobOutcome.Done.class);
    assertThat(known("ada")).isEmpty();
    assertThat(hiBob.matches(admin)).isEmpty();
    assertThat(hiBob.find(admin)).isEmpty();
    assertThat(hiBob.disconnect(admin)).isInstanceOf(HiBobOutcome.NotConnected.class);
    assertThat(actions())
        .contains(
            "calendar.hibob-disconnected",
            "calendar.hibob-read",
            "calendar.hibob-matched",
            "calendar.hibob-connected");
  }

  @Test
  void whomAnAdminTakesFromAnEmployeeIsToldOfNoMore() {
    grant("1", "1001", 3, 3, Map.of());
    connectAndMatch();
    read();

    done(hiBob.unmatch(admin, connection, "ada"));
    read();

    assertThat(known("ada")).isEmpty();
  }

  @Test
  void onlyAdminsSeeIt() {
    Viewer manager = viewer(Role.MANAGER);
    assertThatThrownBy(() -> hiBob.find(manager)).isInstanceOf(NotAllowed.class);
    assertThatThrownBy(() -> hiBob.connect(manager, "user", "token"))
        .isInstanceOf(NotAllowed.class);
    assertThat(hiBob.connect(admin, "", "a b")).isInstanceOf(HiBobOutcome.Refused.class);
  }

  private void connectAndMatch() {
    done(hiBob.connect(admin, company.user, company.token));
    done(hiBob.match(admin, connection, "ada", "1001"));
    settle();
  }

  private void grant(
      String request, String employee, int first, int last, Map<String, Object> more) {
    Map<String, Object> all = new HashMap<>(more);
    all.put("startDate", today.plusDays(first).toString());
    all.put("endDate", today.plusDays(last).toString());
    company.grants(request, employee, all);
  }

  private HiBobConnection read() {
    return done(hiBob.refresh(admin, false));
  }

  private HiBobConnection scheduled() {
    next();
    return found();
  }

  private Duration next() {
    Due due = new Due(found().id(), clock.instant(), clock.instant());
    sync.prepare(workspace.id(), due);
    return Duration.between(due.now(), in(() -> sync.run(due)).orElseThrow());
  }

  private HiBobConnection found() {
    return hiBob.find(admin).orElseThrow();
  }

  private Absence only() {
    List<Absence> all = known("ada");
    assertThat(all).hasSize(1);
    return all.getFirst();
  }

  private List<Absence> known(String account) {
    return in(() -> absences.of(connection, Set.of(account), midnight(-40), midnight(400)));
  }

  private List<String> actions() {
    return in(() ->
            audit
                .page(new AuditFilter("calendar", null, null, null, null, null, null), null, 20)
                .entries())
        .stream()
        .map(AuditEntry::action)
        .toList();
  }

  private Viewer viewer(Role role) {
    TestPeople.Someone someone = people.signedIn(workspace, "Somebody " + role, role);
    return new Viewer(someone.id(), someone.name(), workspace.id(), workspace.slug(), Set.of(role));
  }

  /// In the zone that the account has.
  private Instant midnight(int days) {
    ZoneId zone = in(this::sandboxZone);
    return today.plusDays(days).atStartOfDay(zone).toInstant();
  }

  private ZoneId sandboxZone() {
    return chat.account(connection, "ada").orElseThrow().zone();
  }

  /// What was due at once was done by a worker of the server: nothing of it comes in between.
  private void settle() {
    await()
        .atMost(Duration.ofSeconds(20))
        .until(() ->
            in(() ->
                jdbc.sql(
                        "select count(*) from scheduled_item where kind = 'hibob' and due_at <= now()")
                    .query(Integer.class)
                    .single())
                == 0);
  }

  private <T> T in(Supplier<T> work) {
    return workspaces.inWorkspace(workspace.id(), work);
  }

  private static HiBobConnection done(HiBobOutcome outcome) {
    assertThat(outcome).isInstanceOf(HiBobOutcome.Done.class);
    return ((HiBobOutcome.Done) outcome).connection();
  }
}
