package dev.bothy.platform.calendar;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bothy.platform.audit.Actor;
import dev.bothy.platform.audit.Audit;
import dev.bothy.platform.audit.AuditEntry;
import dev.bothy.platform.audit.AuditFilter;
import dev.bothy.platform.bin.Bin;
import dev.bothy.platform.kernel.Problem;
import dev.bothy.platform.workspace.Workspace;
import dev.bothy.platform.workspace.Workspaces;
import dev.bothy.testkit.BothyTest;
import dev.bothy.testkit.TestWorkspaces;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/// The holiday calendars of a workspace.
@BothyTest
class HolidayCalendarsTest {
  private static final Actor SYSTEM = new Actor.System();

  @Autowired Workspaces workspaces;
  @Autowired HolidayCalendars calendars;
  @Autowired Bin bin;
  @Autowired Audit audit;

  private Workspace workspace;

  @BeforeEach
  void open() {
    workspace = TestWorkspaces.fresh(workspaces);
  }

  @Test
  void aCalendarIsMadeChangedDeletedAndBroughtBackAndEachIsAuditedOnce() {
    HolidayCalendar made = done(create("Germany", "2026-12-25 Christmas"));
    assertThat(made.days()).containsEntry(LocalDate.of(2026, 12, 25), "Christmas");
    HolidayCalendar changed =
        done(
            in(() ->
                calendars.change(
                    SYSTEM, made.id(), new HolidayInput("Bavaria", "2026-01-06 Epiphany"))));
    assertThat(changed.name()).isEqualTo("Bavaria");
    assertThat(changed.days()).containsOnlyKeys(LocalDate.of(2026, 1, 6));
    assertThat(in(calendars::all)).containsExactly(changed);

    done(in(() -> calendars.delete(SYSTEM, made.id())));
    assertThat(in(() -> calendars.find(made.id()))).isEmpty();
    assertThat(in(calendars::all)).isEmpty();
    assertThat(in(calendars::deleted)).containsExactly(changed);
    assertThat(in(() -> bin.goesAt("calendar.holidays", made.id().toString()))).isPresent();
    assertThat(in(() -> calendars.delete(SYSTEM, made.id())))
        .isInstanceOf(HolidayOutcome.NotFound.class);

    assertThat(done(in(() -> calendars.restore(SYSTEM, made.id())))).isEqualTo(changed);
    assertThat(in(() -> calendars.find(made.id()))).contains(changed);
    assertThat(in(() -> calendars.restore(SYSTEM, made.id())))
        .isInstanceOf(HolidayOutcome.NotFound.class);
    assertThat(actions())
        .containsExactly(
            "calendar.holidays-created",
            "calendar.holidays-changed",
            "calendar.holidays-deleted",
            "calendar.holidays-restored");
  }

  @Test
  void aNameIsGivenOnce() {
    HolidayCalendar first = done(create("Germany", ""));
    assertThat(refused(create(" germany ", ""))).extracting(Problem::field).containsExactly("name");
    HolidayCalendar other = done(create("France", ""));
    assertThat(
            refused(
                in(() -> calendars.change(SYSTEM, other.id(), new HolidayInput("GERMANY", "")))))
        .hasSize(1);
    done(in(() -> calendars.change(SYSTEM, first.id(), new HolidayInput("GERMANY", ""))));
    done(in(() -> calendars.delete(SYSTEM, first.id())));
    done(create("Germany", ""));
    assertThat(refused(in(() -> calendars.restore(SYSTEM, first.id())))).hasSize(1);
    assertThat(in(calendars::deleted)).hasSize(1);
  }

  @Test
  void aWorkspaceHasFiftyAtMost() {
    in(() -> {
      for (int number = 0; number < HolidayCalendars.MOST; number++) {
        done(calendars.create(SYSTEM, new HolidayInput("Calendar " + number, "")));
      }
      return true;
    });
    assertThat(refused(create("One more", "")))
        .singleElement()
        .satisfies(problem -> assertThat(problem.message()).contains("there are 50 calendars"));
  }

  @Test
  void publicHolidaysAreAddedAndWhatIsThereKeepsItsName() {
    HolidayCalendar made = done(create("Bavaria", "2026-12-25 Our party\n2026-12-24 Closed"));
    HolidayCalendar filled = done(addPublic(made.id(), "de-by", Set.of(2026, 2027)));
    assertThat(filled.days())
        .containsEntry(LocalDate.of(2026, 12, 25), "Our party")
        .containsEntry(LocalDate.of(2026, 12, 24), "Closed")
        .containsKeys(LocalDate.of(2026, 6, 4), LocalDate.of(2027, 5, 27));
    assertThat(done(addPublic(made.id(), "DE-BY", Set.of(2026, 2027)))).isEqualTo(filled);
    assertThat(refused(addPublic(made.id(), "DE-XX", Set.of(2026))))
        .singleElement()
        .satisfies(problem -> assertThat(problem.message()).contains("DE-XX", "DE, DE-BW"));
    for (Set<Integer> years : List.of(Set.<Integer>of(), Set.of(1, 2), Set.of(2026, 99999))) {
      assertThat(refused(addPublic(made.id(), "DE", years)))
          .extracting(Problem::field)
          .containsExactly("years");
    }
    assertThat(addPublic(UUID.randomUUID(), "DE", Set.of(2026)))
        .isInstanceOf(HolidayOutcome.NotFound.class);
    assertThat(in(() -> calendars.find(made.id()))).contains(filled);
  }

  @Test
  void anotherWorkspaceSeesNothingOfIt() {
    HolidayCalendar made = done(create("Germany", "2026-12-25 Christmas"));
    Workspace other = TestWorkspaces.fresh(workspaces);
    workspaces.inWorkspace(
        other.id(),
        () -> {
          assertThat(calendars.all()).isEmpty();
          assertThat(calendars.find(made.id())).isEmpty();
          assertThat(calendars.delete(SYSTEM, made.id()))
              .isInstanceOf(HolidayOutcome.NotFound.class);
          assertThat(calendars.change(SYSTEM, made.id(), new HolidayInput("Mine", "")))
              .isInstanceOf(HolidayOutcome.NotFound.class);
          done(calendars.create(SYSTEM, new HolidayInput("Germany", "")));
        });
    assertThat(in(calendars::all)).containsExactly(made);
  }

  private HolidayOutcome create(String name, String days) {
    return in(() -> calendars.create(SYSTEM, new HolidayInput(name, days)));
  }

  private HolidayOutcome addPublic(UUID id, String region, Set<Integer> years) {
    return in(() -> calendars.addPublic(SYSTEM, id, region, years));
  }

  private List<String> actions() {
    return in(() ->
        audit
            .page(new AuditFilter("calendar", null, null, null, null, null, null), null, 50)
            .entries()
            .reversed()
            .stream()
            .map(AuditEntry::action)
            .toList());
  }

  private <T> T in(Supplier<T> work) {
    return workspaces.inWorkspace(workspace.id(), work);
  }

  private static HolidayCalendar done(HolidayOutcome outcome) {
    assertThat(outcome).isInstanceOf(HolidayOutcome.Done.class);
    return ((HolidayOutcome.Done) outcome).calendar();
  }

  private static List<Problem> refused(HolidayOutcome outcome) {
    assertThat(outcome).isInstanceOf(HolidayOutcome.Refused.class);
    return ((HolidayOutcome.Refused) outcome).problems();
  }
}
