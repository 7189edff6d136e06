package dev.bothy.app.rotations.plan;

import static dev.bothy.app.rotations.plan.Draft.ADA;
import static dev.bothy.app.rotations.plan.Draft.DOROTHY;
import static dev.bothy.app.rotations.plan.Draft.GRACE;
import static dev.bothy.app.rotations.plan.Draft.KATHERINE;
import static dev.bothy.app.rotations.plan.Draft.WORKING_DAYS;
import static dev.bothy.app.rotations.plan.Draft.people;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/// However long nobody looked, everything is as if each hand-off had been done on time.
class CatchUpTest {
  private static final Instant BEGIN = Instant.parse("2026-03-02T09:00:00Z");
  private static final int DAYS = 40;

  @Test
  void onTimeThereIsOneHandoff() {
    Draft draft = Draft.daily("09:00", "UTC");
    Plan plan = draft.from(BEGIN.toString());
    Instant due = BEGIN.plus(Duration.ofDays(1));
    assertThat(Timeline.advance(plan, due.minusNanos(1))).isEqualTo(plan.cursors());
    assertThat(Timeline.advance(plan, due).get(draft.id()))
        .isEqualTo(new Cursor(due, GRACE, 1, List.of(), Map.of()));
  }

  @Test
  void anOutageOfThreeDaysPassesThroughThreeTurns() {
    Draft draft = Draft.daily("09:00", "UTC");
    Plan plan = draft.from(BEGIN.toString());
    Instant now = BEGIN.plus(Duration.ofDays(4)).plusSeconds(60);
    assertThat(Timeline.advance(plan, now).get(draft.id()))
        .isEqualTo(new Cursor(BEGIN.plus(Duration.ofDays(4)), GRACE, 1, List.of(), Map.of()));
    assertThat(people(Timeline.of(plan, BEGIN, now))).isEqualTo("ada grace katherine ada grace");
  }

  @Test
  void aLongOutageOfHourlyTurnsPassesThroughAllOfThem() {
    Draft draft = Draft.every(1, Cadence.Unit.HOURS, "2024-01-01T00:00", "UTC");
    Plan plan = draft.from("2024-01-01T00:00:00Z");
    Instant now = Instant.parse("2024-01-01T00:00:00Z").plus(Duration.ofHours(12_345));
    assertThat(Timeline.advance(plan, now).get(draft.id()))
        .extracting(Cursor::since, Cursor::place)
        .containsExactly(now, 12_345 % 3);
  }

  /// Random rules of two layers with absences and changes: in many steps as in one, and what is
  /// shown of a time is the same whenever one looks.
  @Test
  void catchingUpEndsWhereBeingOnTimeWould() {
    Random random = new Random(42);
    for (int trial = 0; trial < 150; trial++) {
      Plan plan = any(random);
      Instant end = BEGIN.plus(Duration.ofDays(DAYS));
      Plan stepwise = plan;
      Instant at = BEGIN;
      Set<Assignment> seen = new HashSet<>();
      Set<Assignment> foreseen = new HashSet<>();
      List<Assignment> whole = Timeline.of(plan, BEGIN, end);
      while (at.isBefore(end)) {
        Instant next = at.plus(Duration.ofMinutes(1 + random.nextInt(6_000)));
        next = next.isAfter(end) ? end : next;
        Span step = new Span(at, next);
        seen.addAll(Timeline.of(stepwise, at, next));
        whole.forEach(each -> each.span().and(step).map(each::during).ifPresent(foreseen::add));
        stepwise = standing(stepwise, Timeline.advance(stepwise, next));
        at = next;
      }
      assertThat(stepwise.cursors()).as("trial %d", trial).isEqualTo(Timeline.advance(plan, end));
      assertThat(seen).as("trial %d", trial).isEqualTo(foreseen);
    }
  }

  /// Whoever looks again at each next moment misses nothing between two.
  @Test
  void nothingChangesBeforeTheNextMoment() {
    Random random = new Random(43);
    for (int trial = 0; trial < 40; trial++) {
      Plan plan = any(random);
      Instant at = BEGIN;
      while (at.isBefore(BEGIN.plus(Duration.ofDays(10)))) {
        plan = standing(plan, Timeline.advance(plan, at));
        Instant next = Timeline.nextBoundary(plan, at);
        assertThat(next).isAfter(at);
        Span whole = new Span(at, next);
        assertThat(Timeline.of(plan, at, next)).allMatch(each -> each.span().equals(whole));
        Instant until = Timeline.endOfCurrent(plan, at);
        Predicate<Assignment> isOn = each -> each.span().contains(whole.start());
        assertThat(Timeline.of(plan, at, until.plus(Duration.ofDays(9))).stream().filter(isOn))
            .allMatch(each -> !each.end().isAfter(until));
        at = next;
      }
    }
  }

  private static Plan standing(Plan plan, Map<UUID, Cursor> cursors) {
    return new Plan(plan.layers(), cursors, plan.changes(), plan.away(), plan.gone());
  }

  private static Plan any(Random random) {
    Draft draft = layer(random).then(layer(random).role(random.nextBoolean() ? "B" : "Primary"));
    List<Participant> people = List.of(ADA, GRACE, KATHERINE, DOROTHY);
    for (int count = random.nextInt(8); count > 0; count--) {
      Span span = span(random, 200);
      draft.away(people.get(random.nextInt(4)), span.start().toString(), span.end().toString());
    }
    for (int count = random.nextInt(4); count > 0; count--) {
      Participant one = people.get(random.nextInt(4));
      draft.change(
          switch (random.nextInt(4)) {
            case 0 -> new Change.Set(UUID.randomUUID(), span(random, 90), "Primary", one);
            case 1 -> new Change.Add(UUID.randomUUID(), span(random, 90), "Primary", one);
            case 2 -> new Change.Remove(UUID.randomUUID(), span(random, 90), null, one);
            default ->
                new Change.Replace(
                    UUID.randomUUID(), span(random, 90), null, one, DOROTHY, Why.COVER);
          });
    }
    return draft.from(BEGIN.toString());
  }

  private static Draft layer(Random random) {
    Cadence cadence =
        switch (random.nextInt(3)) {
          case 0 -> new Cadence.Daily();
          case 1 -> new Cadence.Weekly(Set.of(DayOfWeek.MONDAY, DayOfWeek.FRIDAY));
          default -> new Cadence.Custom(5 + random.nextInt(30), Cadence.Unit.HOURS);
        };
    Draft draft =
        Draft.of(
            new HandoffTimes(
                cadence,
                LocalDate.of(2026, 2, 1),
                LocalTime.of(random.nextInt(24), random.nextInt(60)),
                ZoneId.of(random.nextBoolean() ? "Europe/Berlin" : "America/Chicago")));
    if (random.nextBoolean()) {
      draft.on(WORKING_DAYS).holidays("2026-03-13", "2026-03-16");
    }
    if (random.nextInt(3) == 0) {
      draft.hours(WORKING_DAYS, "08:00", "13:00").hours(WORKING_DAYS, "22:00", "04:00");
    }
    if (random.nextInt(3) == 0) {
      draft.balanced();
    } else if (random.nextInt(3) == 0) {
      draft.places(
          Roster.Place.of(0, ADA),
          new Roster.Place(1, null, null, null),
          Roster.Place.of(2, GRACE),
          Roster.Place.of(3, KATHERINE));
    }
    return draft;
  }

  private static Span span(Random random, int mostHours) {
    Instant from = BEGIN.plus(Duration.ofHours(random.nextInt(DAYS * 24)));
    return new Span(from, from.plus(Duration.ofHours(1 + random.nextInt(mostHours))));
  }
}
