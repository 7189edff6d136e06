package dev.bothy.platform.calendar;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bothy.platform.audit.Actor;
import dev.bothy.platform.audit.Audit;
import dev.bothy.platform.audit.AuditEntry;
import dev.bothy.platform.audit.AuditFilter;
import dev.bothy.platform.bin.Bin;
import dev.bothy.platform.kernel.Problem;
import dev.bothy.platform.work.ScheduleHandler;
import dev.bothy.platform.workspace.Workspace;
import dev.bothy.platform.workspace.Workspaces;
import dev.bothy.testkit.BothyTest;
import dev.bothy.testkit.TestWorkspaces;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
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
  @Autowired HolidayFilling filling;
  @Autowired HolidayYears years;
  @Autowired Bin bin;
  @Autowired Audit audit;
  @Autowired Clock clock;

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
  void theYearsToComeAreAddedByThemselves() {
    HolidayCalendar made = done(create("Bavaria", ""));
    int year = clock.instant().atOffset(ZoneOffset.UTC).getYear();
    HolidayCalendar filled =
        done(in(() -> filling.add(SYSTEM, made.id(), "de-by", Set.of(year), true)));
    assertThat(christmases(filled)).containsExactly(year, year + 1, year + 2);
    assertThat(in(() -> filling.followed(made.id())))
        .containsExactly(new FollowedRegion("DE-BY", year + 2));

    // What somebody took out stays out, and what they put in stays in.
    SortedMap<LocalDate, String> fewer = new TreeMap<>(filled.days());
    fewer.remove(LocalDate.of(year + 2, 12, 25));
    fewer.put(LocalDate.of(year + 3, 12, 24), "Our party");
    done(
        in(() ->
            calendars.change(
                SYSTEM, made.id(), new HolidayInput("Bavaria", HolidayInput.lines(fewer)))));
    Instant later = clock.instant().atOffset(ZoneOffset.UTC).plusYears(1).toInstant();
    assertThat(run(made.id(), clock.instant())).isPresent();
    assertThat(christmases(find(made.id()))).containsExactly(year, year + 1);
    assertThat(run(made.id(), later)).contains(later.plus(Duration.ofDays(30)));
    assertThat(christmases(find(made.id()))).containsExactly(year, year + 1, year + 3);
    assertThat(find(made.id()).days()).containsEntry(LocalDate.of(year + 3, 12, 24), "Our party");

    done(in(() -> calendars.delete(SYSTEM, made.id())));
    Instant twoYears = clock.instant().atOffset(ZoneOffset.UTC).plusYears(2).toInstant();
    assertThat(run(made.id(), twoYears)).isPresent();
    done(in(() -> calendars.restore(SYSTEM, made.id())));
    assertThat(christmases(find(made.id()))).hasSize(3);
    done(in(() -> filling.stop(SYSTEM, made.id(), "DE-BY")));
    assertThat(in(() -> filling.stop(SYSTEM, made.id(), "DE-BY")))
        .isInstanceOf(HolidayOutcome.NotFound.class);
    assertThat(run(made.id(), twoYears)).isEmpty();
    assertThat(christmases(find(made.id()))).hasSize(3);
  }

  private Optional<Instant> run(UUID calendar, Instant now) {
    return in(() -> years.run(new ScheduleHandler.Due(calendar, now, now)));
  }

  private HolidayCalendar find(UUID id) {
    return in(() -> calendars.find(id)).orElseThrow();
  }

  private static List<Integer> christmases(HolidayCalendar calendar) {
    return calendar.days().keySet().stream()
        .filter(day -> day.getMonthValue() == 12 && day.getDayOfMonth() == 25)
        .map(LocalDate::getYear)
        .toList();
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
    return in(() -> filling.add(SYSTEM, id, region, years, false));
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
