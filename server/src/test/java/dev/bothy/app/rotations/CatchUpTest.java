package dev.bothy.app.rotations;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bothy.app.rotations.Roster.Turn;
import dev.bothy.app.rotations.plan.Cadence;
import dev.bothy.app.rotations.plan.HandoffTimes;
import dev.bothy.app.rotations.plan.Participant;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CatchUpTest {
  private static final Participant ADA = new Participant("ada");
  private static final Participant GRACE = new Participant("grace");
  private static final Participant KATHERINE = new Participant("katherine");
  private static final Roster ROSTER = Roster.of(List.of(ADA, GRACE, KATHERINE));
  private static final HandoffTimes DAILY =
      new HandoffTimes(
          new Cadence.Daily(), LocalDate.of(2026, 1, 1), LocalTime.of(9, 0), ZoneId.of("UTC"));
  private static final Instant DUE = Instant.parse("2026-03-02T09:00:00Z");
  private static final Turn ADAS = new Turn(ADA, 0);

  @Test
  void onTimeThereIsOneHandoffAndNothingMissed() {
    CatchUp result = CatchUp.run(DAILY, ROSTER, DUE, ADAS, DUE, person -> true);
    assertThat(result.missed()).isEmpty();
    assertThat(result.current())
        .contains(new CatchUp.Handoff(DUE, DUE.plus(Duration.ofDays(1)), new Turn(GRACE, 1)));
  }

  @Test
  void beforeTheTimeThereIsNone() {
    CatchUp result = CatchUp.run(DAILY, ROSTER, DUE, ADAS, DUE.minusMillis(1), person -> true);
    assertThat(result).isEqualTo(new CatchUp(List.of(), 0, Optional.empty()));
  }

  @Test
  void anOutageOfThreeDaysMissesThreeAndAnnouncesTheFourth() {
    Instant now = DUE.plus(Duration.ofDays(3)).plusSeconds(60);
    CatchUp result = CatchUp.run(DAILY, ROSTER, DUE, ADAS, now, person -> true);
    assertThat(result.missed())
        .extracting(handoff -> handoff.turn().person())
        .containsExactly(GRACE, KATHERINE, ADA);
    CatchUp.Handoff current = result.current().orElseThrow();
    assertThat(current.turn().person()).isEqualTo(GRACE);
    assertThat(current.at()).isEqualTo(DUE.plus(Duration.ofDays(3)));
    assertThat(current.until()).isEqualTo(DUE.plus(Duration.ofDays(4)));
  }

  @Test
  void whoLeftMeanwhileIsPassedOver() {
    Instant now = DUE.plus(Duration.ofDays(1));
    CatchUp result = CatchUp.run(DAILY, ROSTER, DUE, ADAS, now, person -> !person.equals(GRACE));
    assertThat(result.missed().getFirst().turn().person()).isEqualTo(KATHERINE);
    assertThat(result.current().orElseThrow().turn().person()).isEqualTo(ADA);
  }

  @Test
  void withNobodyAvailableTheShiftIsNobodys() {
    CatchUp result = CatchUp.run(DAILY, ROSTER, DUE, ADAS, DUE, person -> false);
    assertThat(result.current().orElseThrow().turn()).isEqualTo(new Turn(null, 0));
  }

  @Test
  void theTurnPassesThroughALongOutageButOnlyItsEndIsLoggedOneByOne() {
    HandoffTimes hourly =
        new HandoffTimes(
            new Cadence.Custom(1, Cadence.Unit.HOURS),
            LocalDate.of(2024, 1, 1),
            LocalTime.of(0, 0),
            ZoneId.of("UTC"));
    Instant due = Instant.parse("2024-01-01T01:00:00Z");
    Instant now = due.plus(Duration.ofHours(12_345));
    CatchUp result = CatchUp.run(hourly, ROSTER, due, ADAS, now, person -> true);
    assertThat(result.missed()).hasSize(CatchUp.MOST_LOGGED);
    assertThat(result.older()).isEqualTo(2_345);
    assertThat(result.missed().getFirst().at()).isEqualTo(due.plus(Duration.ofHours(2_345)));
    assertThat(result.current().orElseThrow().at()).isEqualTo(now);
    assertThat(result.current().orElseThrow().turn().place()).isEqualTo((12_345 + 1) % 3);
  }

  /// However the outages fall, the one who is on duty in the end is the same as if each hand-off
  /// had been done on time.
  @Test
  void catchingUpEndsWhereBeingOnTimeWould() {
    Random random = new Random(42);
    for (int trial = 0; trial < 300; trial++) {
      HandoffTimes times =
          new HandoffTimes(
              new Cadence.Custom(1 + random.nextInt(30), Cadence.Unit.HOURS),
              LocalDate.of(2026, 3, 1),
              LocalTime.of(random.nextInt(24), random.nextInt(60)),
              ZoneId.of(random.nextBoolean() ? "Europe/Berlin" : "America/Chicago"));
      Instant due = times.nextAfter(Instant.parse("2026-03-20T00:00:00Z"));
      Instant end = due.plus(Duration.ofDays(20));
      Turn turn = ADAS;
      Instant next = due;
      Instant now = due;
      while (now.isBefore(end)) {
        now = now.plus(Duration.ofMinutes(random.nextInt(6_000)));
        now = now.isAfter(end) ? end : now;
        CatchUp result = CatchUp.run(times, ROSTER, next, turn, now, person -> true);
        if (result.current().isPresent()) {
          turn = result.current().get().turn();
          next = result.current().get().until();
        }
      }
      int handoffs = times.between(due, end.plusNanos(1), 10_000).size();
      assertThat(turn.place()).isEqualTo(handoffs % 3);
    }
  }
}
