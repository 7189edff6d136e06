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
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class PlanDifferenceTest {
  private static final Span RANGE = range("2026-03-20T07:30:00Z", "2026-04-10T11:10:00Z");

  @Test
  void aSwapOfAnAfternoonIsOnePiece() {
    List<Assignment> before = List.of(shift(ADA, "2026-03-24T08:00:00Z", "2026-03-24T16:00:00Z"));
    List<Assignment> after =
        List.of(
            shift(ADA, "2026-03-24T08:00:00Z", "2026-03-24T12:00:00Z"),
            shift(GRACE, "2026-03-24T12:00:00Z", "2026-03-24T14:00:00Z"),
            shift(GRACE, "2026-03-24T14:00:00Z", "2026-03-24T16:00:00Z"));
    PlanDifference difference = PlanDifference.of(before, after, RANGE);
    assertThat(difference.pieces())
        .containsExactly(
            new PlanDifference.Piece(
                "Primary",
                range("2026-03-24T12:00:00Z", "2026-03-24T16:00:00Z"),
                Set.of(ADA),
                Set.of(GRACE)));
    assertThat(difference.hours())
        .containsExactly(
            new PlanDifference.Hours(ADA, hours(8), hours(4)),
            new PlanDifference.Hours(GRACE, hours(0), hours(4)));
    assertThat(difference.concerned()).containsExactly(ADA, GRACE);
    assertThat(difference.of(EDSGER)).isEmpty();
  }

  @Test
  void whoIsAddedMovesNobodyElse() {
    List<Assignment> before = List.of(shift(ADA, "2026-03-24T08:00:00Z", "2026-03-24T16:00:00Z"));
    List<Assignment> after =
        List.of(before.getFirst(), shift(GRACE, "2026-03-24T10:00:00Z", "2026-03-24T12:00:00Z"));
    PlanDifference difference = PlanDifference.of(before, after, RANGE);
    assertThat(difference.concerned()).containsExactly(GRACE);
    assertThat(difference.of(ADA)).isEmpty();
  }

  @Test
  void nobodyIsLikeNothing() {
    List<Assignment> nobody =
        List.of(shift((Participant) null, "2026-03-24T08:00:00Z", "2026-03-24T16:00:00Z"));
    assertThat(PlanDifference.of(List.of(), nobody, RANGE).isEmpty()).isTrue();
    assertThat(
            PlanDifference.of(
                    nobody,
                    List.of(shift(ADA, "2026-03-24T08:00:00Z", "2026-03-24T16:00:00Z")),
                    RANGE)
                .pieces())
        .singleElement()
        .satisfies(piece -> assertThat(piece.before()).isEmpty());
  }

  @Test
  void aGapIsWhereSomebodyWasAndNobodyIs() {
    List<Assignment> before = List.of(shift(ADA, "2026-03-24T08:00:00Z", "2026-03-24T16:00:00Z"));
    List<Assignment> after =
        List.of(
            shift(GRACE, "2026-03-24T08:00:00Z", "2026-03-24T12:00:00Z"),
            shift((Participant) null, "2026-03-24T12:00:00Z", "2026-03-24T14:00:00Z"));
    assertThat(PlanDifference.of(before, after, RANGE).gaps())
        .extracting(PlanDifference.Piece::span)
        .containsExactly(range("2026-03-24T12:00:00Z", "2026-03-24T16:00:00Z"));
    assertThat(PlanDifference.of(after, before, RANGE).gaps()).isEmpty();
  }

  @Test
  void rolesAreApart() {
    List<Assignment> before = List.of(shift(ADA, "2026-03-24T08:00:00Z", "2026-03-24T16:00:00Z"));
    List<Assignment> after =
        List.of(shift("Secondary", ADA, "2026-03-24T08:00:00Z", "2026-03-24T16:00:00Z"));
    PlanDifference difference = PlanDifference.of(before, after, RANGE);
    assertThat(difference.pieces()).hasSize(2);
    assertThat(difference.hours()).isEmpty();
    assertThat(difference.concerned()).containsExactly(ADA);
  }

  @Property(tries = 200)
  void equalPlansDoNotDiffer(@ForAll long seed) {
    assertThat(PlanDifference.of(Shifts.random(seed), Shifts.random(seed), RANGE))
        .isEqualTo(new PlanDifference(List.of(), List.of()));
  }

  @Property(tries = 200)
  void theWayBackIsTheReverse(@ForAll long one, @ForAll long other) {
    List<Assignment> before = Shifts.random(one);
    List<Assignment> after = Shifts.random(other);
    PlanDifference difference = PlanDifference.of(before, after, RANGE);
    assertThat(PlanDifference.of(after, before, RANGE)).isEqualTo(difference.reversed());
    assertThat(difference.reversed().reversed()).isEqualTo(difference);
    assertThat(difference.concerned())
        .containsAll(difference.hours().stream().map(PlanDifference.Hours::person).toList());
  }

  /// Brute force: at each minute the pieces say what the plans say.
  @Property(tries = 20)
  void eachMinuteIsInAPieceOrTheSame(@ForAll long one, @ForAll long other) {
    List<Assignment> before = Shifts.random(one);
    List<Assignment> after = Shifts.random(other);
    PlanDifference difference = PlanDifference.of(before, after, RANGE);
    for (Instant minute = RANGE.start();
        minute.isBefore(RANGE.end());
        minute = minute.plusSeconds(60)) {
      Instant now = minute;
      Set<Participant> was = on(before, now);
      Set<Participant> is = on(after, now);
      List<PlanDifference.Piece> found =
          difference.pieces().stream().filter(piece -> piece.span().contains(now)).toList();
      if (was.equals(is)) {
        assertThat(found).isEmpty();
      } else {
        assertThat(found).hasSize(1);
        assertThat(found.getFirst().before()).isEqualTo(was);
        assertThat(found.getFirst().after()).isEqualTo(is);
      }
    }
  }

  @Property(tries = 100)
  void piecesAccountForTheHours(@ForAll long one, @ForAll long other) {
    List<Assignment> before = Shifts.random(one);
    List<Assignment> after = Shifts.random(other);
    PlanDifference difference = PlanDifference.of(before, after, RANGE);
    Map<Participant, Duration> was = Fairness.lengths(before, RANGE);
    Map<Participant, Duration> is = Fairness.lengths(after, RANGE);
    for (Participant person : List.of(ADA, GRACE, EDSGER)) {
      Duration change = Duration.ZERO;
      for (PlanDifference.Piece piece : difference.of(person)) {
        change =
            piece.after().contains(person)
                ? change.plus(piece.span().length())
                : change.minus(piece.span().length());
      }
      assertThat(was.getOrDefault(person, Duration.ZERO).plus(change))
          .isEqualTo(is.getOrDefault(person, Duration.ZERO));
    }
  }

  private static Set<Participant> on(List<Assignment> plan, Instant instant) {
    Set<Participant> people = new HashSet<>();
    for (Assignment each : plan) {
      if (each.person() != null && each.span().contains(instant)) {
        people.add(each.person());
      }
    }
    return people;
  }
}
