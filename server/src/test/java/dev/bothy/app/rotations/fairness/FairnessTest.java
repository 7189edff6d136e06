package dev.bothy.app.rotations.fairness;

import static dev.bothy.app.rotations.fairness.Shifts.ADA;
import static dev.bothy.app.rotations.fairness.Shifts.EDSGER;
import static dev.bothy.app.rotations.fairness.Shifts.GRACE;
import static dev.bothy.app.rotations.fairness.Shifts.hours;
import static dev.bothy.app.rotations.fairness.Shifts.range;
import static dev.bothy.app.rotations.fairness.Shifts.shift;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bothy.app.rotations.plan.Assignment;
import dev.bothy.app.rotations.plan.Participant;
import dev.bothy.app.rotations.plan.Span;
import dev.bothy.app.rotations.plan.Why;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FairnessTest {
  private static final UUID DESK = new UUID(0, 1);
  private static final UUID ESCALATION = new UUID(0, 2);
  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
  private static final DayKinds PLAIN = DayKinds.of(BERLIN, Set.of());

  private static Served only(Assignment assignment, DayKinds days) {
    return Fairness.served(
            List.of(new RotationShifts(DESK, List.of(assignment))),
            List.of(),
            range("2000-01-01T00:00:00Z", "2100-01-01T00:00:00Z"),
            days)
        .getFirst();
  }

  /// Hours on working days, on weekends, on holidays and at night.
  @ParameterizedTest(name = "{0} {1}: {2} to {3}")
  @CsvSource({
    // Friday 08:00 to Monday 08:00: 16 + 8 hours of working days, two whole days.
    "Europe/Berlin,        ,           2026-11-27T07:00:00Z, 2026-11-30T07:00:00Z, 24, 48,  0, 24",
    // The same with a holiday on the Saturday, which is no weekend then.
    "Europe/Berlin,        2026-11-28, 2026-11-27T07:00:00Z, 2026-11-30T07:00:00Z, 24, 24, 24, 24",
    // Seen from Auckland, 13 hours ahead, it begins on Friday at 20:00.
    "Pacific/Auckland,     ,           2026-11-27T07:00:00Z, 2026-11-30T07:00:00Z, 24, 48,  0, 24",
    // A Sunday of 23 hours, and its night of 7.
    "Europe/Berlin,        ,           2026-03-28T21:00:00Z, 2026-03-29T22:00:00Z,  0, 25,  0, 9",
    // A Sunday of 25 hours, and its night of 9.
    "Europe/Berlin,        ,           2026-10-24T20:00:00Z, 2026-10-25T23:00:00Z,  0, 27,  0, 11",
    // The day begins at 01:00, since the clock skips midnight.
    "America/Sao_Paulo,    2018-11-04, 2018-11-03T12:00:00Z, 2018-11-05T12:00:00Z, 10, 15, 23, 15",
    // Apia skipped the whole of Friday, 2011-12-30.
    "Pacific/Apia,         2011-12-30, 2011-12-29T10:00:00Z, 2011-12-31T10:00:00Z, 24, 24,  0, 16",
    "UTC,                  ,           2026-11-25T06:00:00Z, 2026-11-25T22:00:00Z, 16,  0,  0, 0",
  })
  void timeFallsOnLocalDays(
      String zone,
      LocalDate holiday,
      String from,
      String to,
      int work,
      int weekend,
      int free,
      int night) {
    Set<LocalDate> holidays = holiday == null ? Set.of() : Set.of(holiday);
    Served served = only(shift(ADA, from, to), DayKinds.of(ZoneId.of(zone), holidays));
    assertThat(served.workdays()).isEqualTo(hours(work));
    assertThat(served.weekends()).isEqualTo(hours(weekend));
    assertThat(served.holidays()).isEqualTo(hours(free));
    assertThat(served.nights()).isEqualTo(hours(night));
    assertThat(served.total()).isEqualTo(hours(work + weekend + free));
  }

  @Test
  void whoReallyServedHasTheHours() {
    Assignment covered =
        new Assignment(
            "Primary",
            GRACE,
            Shifts.at("2026-11-24T12:00:00Z"),
            Shifts.at("2026-11-24T16:00:00Z"),
            Shifts.at("2026-11-24T08:00:00Z"),
            Why.COVER,
            ADA,
            UUID.randomUUID());
    Assignment rest = shift(ADA, "2026-11-24T08:00:00Z", "2026-11-24T12:00:00Z");
    List<Served> served =
        Fairness.served(
            List.of(new RotationShifts(DESK, List.of(rest, covered))),
            List.of(EDSGER),
            range("2026-11-01T00:00:00Z", "2026-12-01T00:00:00Z"),
            PLAIN);
    Duration none = Duration.ZERO;
    assertThat(served)
        .containsExactly(
            new Served(ADA, 1, hours(4), none, none, none, none, 0, hours(4), 1),
            new Served(GRACE, 1, hours(4), none, none, none, hours(4), 1, none, 0),
            new Served(EDSGER, 0, none, none, none, none, none, 0, none, 0));
  }

  @Test
  void aShiftThatReachesOutOfTheRangeCountsInPart() {
    Served served =
        Fairness.served(
                List.of(
                    new RotationShifts(
                        DESK, List.of(shift(ADA, "2026-11-23T00:00:00Z", "2026-11-28T00:00:00Z")))),
                List.of(),
                range("2026-11-24T00:00:00Z", "2026-11-25T00:00:00Z"),
                DayKinds.of(ZoneId.of("UTC"), Set.of()))
            .getFirst();
    assertThat(served.total()).isEqualTo(hours(24));
    assertThat(served.nights()).isEqualTo(hours(8));
  }

  @Test
  void piecesOfOneTurnAreOneTurnAndRotationsAreApart() {
    Assignment morning = shift(ADA, "2026-11-24T08:00:00Z", "2026-11-24T12:00:00Z");
    Assignment evening =
        new Assignment(
            "Primary",
            ADA,
            Shifts.at("2026-11-24T13:00:00Z"),
            Shifts.at("2026-11-24T16:00:00Z"),
            morning.turn(),
            Why.TURN,
            null,
            null);
    List<Served> served =
        Fairness.served(
            List.of(
                new RotationShifts(DESK, List.of(morning, evening)),
                new RotationShifts(ESCALATION, List.of(morning))),
            List.of(),
            range("2026-11-01T00:00:00Z", "2026-12-01T00:00:00Z"),
            PLAIN);
    assertThat(served).singleElement().extracting(Served::turns).isEqualTo(2);
  }

  @Property(tries = 300)
  void theHoursOfAllAreTheCoveredTime(@ForAll long seed) {
    List<Assignment> plan = Shifts.random(seed);
    Span range = range("2026-03-20T07:30:00Z", "2026-04-10T11:10:00Z");
    DayKinds days = DayKinds.of(BERLIN, Set.of(LocalDate.of(2026, 4, 3), LocalDate.of(2026, 4, 6)));
    List<Served> served =
        Fairness.served(List.of(new RotationShifts(DESK, plan)), List.of(), range, days);
    Duration covered =
        plan.stream()
            .filter(each -> each.person() != null)
            .flatMap(each -> Spans.common(each.span(), range).stream())
            .map(Span::length)
            .reduce(Duration.ZERO, Duration::plus);
    assertThat(sum(served, Served::total)).isEqualTo(covered);
    assertThat(sum(served, Served::forOthers)).isEqualTo(sum(served, Served::byOthers));
    assertThat(served)
        .allSatisfy(each -> {
          assertThat(each.nights()).isBetween(Duration.ZERO, each.total());
          assertThat(each.forOthers()).isBetween(Duration.ZERO, each.total());
          assertThat(each.covers()).isLessThanOrEqualTo(each.turns());
        });
    Map<Participant, Duration> lengths = Fairness.lengths(plan, range);
    assertThat(served)
        .allSatisfy(each ->
            assertThat(each.total()).isEqualTo(lengths.getOrDefault(each.person(), Duration.ZERO)));
  }

  private static Duration sum(
      List<Served> served, java.util.function.Function<Served, Duration> what) {
    return served.stream().map(what).reduce(Duration.ZERO, Duration::plus);
  }
}
