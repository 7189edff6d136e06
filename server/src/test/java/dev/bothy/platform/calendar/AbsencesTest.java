package dev.bothy.platform.calendar;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bothy.platform.audit.Actor;
import dev.bothy.platform.audit.Audit;
import dev.bothy.platform.audit.AuditFilter;
import dev.bothy.platform.chat.Connections;
import dev.bothy.platform.chat.sandbox.SandboxRoom;
import dev.bothy.platform.kernel.ConnectionId;
import dev.bothy.platform.kernel.Problem;
import dev.bothy.platform.workspace.Workspace;
import dev.bothy.platform.workspace.Workspaces;
import dev.bothy.testkit.BothyTest;
import dev.bothy.testkit.TestWorkspaces;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.support.StaticListableBeanFactory;

/// Absences in a workspace, by hand and from a feed.
@BothyTest
class AbsencesTest {
  private static final Actor SYSTEM = new Actor.System();
  private static final ZoneId LONDON = ZoneId.of("Europe/London");

  @Autowired Workspaces workspaces;
  @Autowired SandboxRoom sandbox;
  @Autowired Connections connections;
  @Autowired Absences absences;
  @Autowired AbsenceTable table;
  @Autowired AbsenceRules rules;
  @Autowired AbsenceLog log;
  @Autowired Audit audit;
  @Autowired Clock clock;

  private Workspace workspace;
  private ConnectionId connection;
  private LocalDate today;

  @BeforeEach
  void open() {
    workspace = TestWorkspaces.fresh(workspaces);
    connection = in(sandbox::open).id();
    today = clock.instant().atZone(LONDON).toLocalDate();
  }

  @Test
  void anAbsenceIsEnteredChangedAndRemovedAndEachIsAuditedOnce() {
    Absence made = done(add("ada", days(3, 5)));
    assertThat(made.from()).isEqualTo(midnight(3));
    assertThat(made.to()).isEqualTo(midnight(6));
    assertThat(found("ada", 0, 30)).containsExactly(made);
    assertThat(found("ada", 6, 30)).isEmpty();
    assertThat(found("ada", 0, 3)).isEmpty();
    assertThat(found("ben", 0, 30)).isEmpty();

    Absence moved = done(in(() -> absences.change(SYSTEM, made.id(), days(4, 8))));
    assertThat(found("ada", 0, 30)).containsExactly(moved);
    assertThat(moved.id()).isEqualTo(made.id());

    assertThat(done(in(() -> absences.remove(SYSTEM, made.id())))).isEqualTo(moved);
    assertThat(found("ada", 0, 30)).isEmpty();
    assertThat(in(() -> absences.remove(SYSTEM, made.id())))
        .isInstanceOf(AbsenceOutcome.NotFound.class);
    assertThat(in(() -> absences.change(SYSTEM, made.id(), days(4, 8))))
        .isInstanceOf(AbsenceOutcome.NotFound.class);
    assertThat(
            in(() ->
                audit
                    .page(new AuditFilter("calendar", null, null, null, null, null, null), null, 10)
                    .entries()
                    .reversed()))
        .allSatisfy(entry -> assertThat(entry.details()).containsEntry("account", "ada"))
        .extracting(entry -> entry.action())
        .containsExactly(
            "calendar.absence-added", "calendar.absence-changed", "calendar.absence-removed");
  }

  @Test
  void oneThatOverlapsIsRefusedByNameAndNeighboursAreNot() {
    Absence first = done(add("ada", days(3, 5)));
    String words = AbsenceWords.of(first.from(), first.to(), true, LONDON);
    for (AbsenceTimes taken : List.of(days(5, 6), days(1, 3), days(4, 4), days(1, 9))) {
      assertThat(refused(add("ada", taken)))
          .singleElement()
          .satisfies(problem -> {
            assertThat(problem.field()).isEqualTo("from");
            assertThat(problem.message()).contains("absence already, " + words);
          });
    }
    assertThat(done(add("ben", days(4, 4)))).isNotNull();
    Absence next = done(add("ada", days(6, 7)));
    done(add("ada", days(2, 2)));
    assertThat(refused(in(() -> absences.change(SYSTEM, next.id(), days(5, 7))))).hasSize(1);
    done(in(() -> absences.change(SYSTEM, next.id(), days(6, 9))));
    assertThat(found("ada", 0, 30)).hasSize(3);
  }

  @Test
  void onlyPeopleWithAnActiveAccountHereAreAway() {
    for (String account : List.of("nobody", "bothy", "", "x".repeat(300))) {
      assertThat(refused(add(account, days(1, 1))))
          .singleElement()
          .satisfies(problem -> assertThat(problem.field()).isEqualTo("person"));
    }
    ConnectionId elsewhere = new ConnectionId(UUID.randomUUID());
    assertThat(
            refused(
                in(() ->
                    absences.add(
                        SYSTEM,
                        new NewAbsence(elsewhere, "ada", days(1, 1), AbsenceSource.CONSOLE)))))
        .singleElement()
        .satisfies(problem -> assertThat(problem.field()).isEqualTo("person"));
  }

  @Test
  void whatAFeedToldIsTheFeedsToChange() {
    AbsenceOrigin feed = new AbsenceOrigin(AbsenceSource.HIBOB, UUID.randomUUID());
    Told told = new Told("a", connection, "ada", midnight(3), midnight(6), true, "holiday");
    Told hers = new Told("b", connection, "ben", midnight(40), midnight(41), true, null);
    assertThat(in(() -> absences.tell(feed, List.of(told, hers)))).isEqualTo(2);
    assertThat(in(() -> absences.tell(feed, List.of(told, hers)))).isZero();
    Absence kept = found("ada", 0, 30).getFirst();
    assertThat(kept.leaveType()).isEqualTo("holiday");
    for (AbsenceOutcome outcome :
        List.of(
            in(() -> absences.change(SYSTEM, kept.id(), days(1, 2))),
            in(() -> absences.remove(SYSTEM, kept.id())))) {
      assertThat(refused(outcome))
          .singleElement()
          .satisfies(problem -> assertThat(problem.message()).contains("comes from HiBob"));
    }
    // People may have entered by hand what the feed tells as well.
    Absence byHand = done(add("ada", days(4, 4)));
    assertThat(in(() -> absences.known(feed, midnight(0), midnight(30)))).containsExactly("a");
    assertThat(in(() -> absences.known(feed, midnight(0), midnight(60))))
        .containsExactlyInAnyOrder("a", "b");

    Told moved = new Told("a", connection, "ben", midnight(3), midnight(5), true, null);
    assertThat(in(() -> absences.tell(feed, List.of(moved)))).isEqualTo(1);
    assertThat(found("ada", 0, 30)).containsExactly(byHand);
    assertThat(found("ben", 0, 30)).extracting(Absence::id).containsExactly(kept.id());

    AbsenceOrigin other = new AbsenceOrigin(AbsenceSource.HIBOB, UUID.randomUUID());
    assertThat(in(() -> absences.forget(other, List.of("a")))).isZero();
    assertThat(in(() -> absences.forget(feed, List.of("a", "never")))).isEqualTo(1);
    assertThat(in(() -> absences.forgetAll(feed))).isEqualTo(1);
    assertThat(found("ben", 0, 60)).isEmpty();
  }

  @Test
  void anAccountHasFiveHundredAtMostThatAreNotOver() {
    in(() -> {
      for (int day = 1; day <= AbsenceRules.MOST; day++) {
        done(
            absences.add(
                SYSTEM,
                new NewAbsence(connection, "ada", days(2 * day, 2 * day), AbsenceSource.API)));
      }
      return true;
    });
    assertThat(refused(add("ada", days(1, 1))))
        .singleElement()
        .satisfies(problem ->
            assertThat(problem.message()).contains("has 500 absences that are not over"));
    done(add("ben", days(1, 1)));
    done(in(() -> absences.remove(SYSTEM, found("ada", 2, 3).getFirst().id())));
    done(add("ada", days(1, 1)));
  }

  @Test
  void oneLastsTwoYearsAtMostAndIsNotTooFarAway() {
    LocalDate last = today.plusDays(1).plusYears(2).minusDays(1);
    done(add("ada", AbsenceTimes.ofDays(today.plusDays(1), last, LONDON)));
    AbsenceTimes longer = AbsenceTimes.ofDays(today.plusDays(1), last.plusDays(1), LONDON);
    assertThat(refused(add("ben", longer)))
        .singleElement()
        .satisfies(problem -> assertThat(problem.message()).contains("Allowed: at most 2 years"));
    for (int days : List.of(2000, -2000)) {
      assertThat(refused(add("ben", days(days, days))))
          .extracting(Problem::field)
          .containsExactly("from");
    }
    AbsenceTimes inverted = new AbsenceTimes(midnight(2), midnight(1), false, LONDON);
    assertThat(refused(add("ben", inverted))).extracting(Problem::field).containsExactly("to");
    AbsenceTimes nothing = new AbsenceTimes(midnight(2), midnight(2), false, LONDON);
    assertThat(refused(add("ben", nothing))).extracting(Problem::field).containsExactly("to");
    AbsenceTimes blink = new AbsenceTimes(midnight(2), midnight(2).plusNanos(10), false, LONDON);
    assertThat(refused(add("ben", blink))).extracting(Problem::field).containsExactly("to");
    assertThat(found("ben", -3000, 3000)).isEmpty();
  }

  @Test
  void ofTwoThatOverlapAndAreEnteredAtOnceOneIsKept() throws Exception {
    List<AbsenceOutcome> outcomes = new CopyOnWriteArrayList<>();
    List<Thread> both =
        List.of(
            Thread.startVirtualThread(() -> outcomes.add(add("ada", days(1, 4)))),
            Thread.startVirtualThread(() -> outcomes.add(add("ada", days(3, 6)))));
    for (Thread each : both) {
      each.join();
    }
    assertThat(outcomes).hasSize(2).filteredOn(AbsenceOutcome.Done.class::isInstance).hasSize(1);
    assertThat(found("ada", 0, 30)).hasSize(1);
  }

  @Test
  void whoWatchesHearsOfEachChangeInItsTransaction() {
    List<String> heard = new ArrayList<>();
    AbsenceWatcher watcher =
        (at, accounts) -> {
          assertThat(at).isEqualTo(connection);
          assertThat(workspaces.current()).isEqualTo(workspace.id());
          return () -> heard.add(String.join("+", new TreeSet<>(accounts)));
        };
    StaticListableBeanFactory beans = new StaticListableBeanFactory(Map.of("watcher", watcher));
    Absences watched =
        new Absences(table, rules, log, beans.getBeanProvider(AbsenceWatcher.class), clock);
    AbsenceOrigin feed = new AbsenceOrigin(AbsenceSource.ICALENDAR, UUID.randomUUID());
    Told first = new Told("1", connection, "ben", midnight(1), midnight(2), true, null);
    Told moved = new Told("1", connection, "chen", midnight(1), midnight(2), true, null);
    in(() -> {
      NewAbsence wanted = new NewAbsence(connection, "ada", days(3, 5), AbsenceSource.CHAT);
      Absence made = done(watched.add(SYSTEM, wanted));
      refused(watched.add(SYSTEM, wanted));
      done(watched.change(SYSTEM, made.id(), days(4, 5)));
      done(watched.remove(SYSTEM, made.id()));
      watched.tell(feed, List.of(first));
      watched.tell(feed, List.of(first));
      watched.tell(feed, List.of(moved));
      watched.forget(feed, List.of("1"));
      return watched.forgetAll(feed);
    });
    assertThat(heard).containsExactly("ada", "ada", "ada", "ben", "ben+chen", "chen");
  }

  @Test
  void anotherWorkspaceSeesNothingOfIt() {
    Absence absence = done(add("ada", days(1, 1)));
    Workspace other = TestWorkspaces.fresh(workspaces);
    assertThat(workspaces.inWorkspace(other.id(), () -> absences.find(absence.id()))).isEmpty();
    assertThat(workspaces.inWorkspace(other.id(), () -> absences.remove(SYSTEM, absence.id())))
        .isInstanceOf(AbsenceOutcome.NotFound.class);
    assertThat(
            workspaces.inWorkspace(
                other.id(),
                () -> absences.of(connection, List.of("ada"), midnight(0), midnight(30))))
        .isEmpty();
  }

  @Test
  void absencesGoWithTheirConnection() {
    done(add("ada", days(1, 1)));
    in(() -> connections.end(connection, "disconnected"));
    assertThat(found("ada", 0, 30)).hasSize(1);
    in(() -> connections.remove(connection));
    assertThat(found("ada", 0, 30)).isEmpty();
  }

  private AbsenceOutcome add(String account, AbsenceTimes times) {
    return in(() ->
        absences.add(SYSTEM, new NewAbsence(connection, account, times, AbsenceSource.CONSOLE)));
  }

  private List<Absence> found(String account, int first, int end) {
    return in(() -> absences.of(connection, List.of(account), midnight(first), midnight(end)));
  }

  private AbsenceTimes days(int first, int last) {
    return AbsenceTimes.ofDays(today.plusDays(first), today.plusDays(last), LONDON);
  }

  private Instant midnight(int day) {
    return today.plusDays(day).atStartOfDay(LONDON).toInstant();
  }

  private <T> T in(Supplier<T> work) {
    return workspaces.inWorkspace(workspace.id(), work);
  }

  private static Absence done(AbsenceOutcome outcome) {
    assertThat(outcome).isInstanceOf(AbsenceOutcome.Done.class);
    return ((AbsenceOutcome.Done) outcome).absence();
  }

  private static List<Problem> refused(AbsenceOutcome outcome) {
    assertThat(outcome).isInstanceOf(AbsenceOutcome.Refused.class);
    return ((AbsenceOutcome.Refused) outcome).problems();
  }
}
