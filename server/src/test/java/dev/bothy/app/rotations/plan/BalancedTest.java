package dev.bothy.app.rotations.plan;

import static dev.bothy.app.rotations.plan.Draft.ADA;
import static dev.bothy.app.rotations.plan.Draft.DOROTHY;
import static dev.bothy.app.rotations.plan.Draft.GRACE;
import static dev.bothy.app.rotations.plan.Draft.KATHERINE;
import static dev.bothy.app.rotations.plan.Draft.people;
import static dev.bothy.app.rotations.plan.Draft.span;
import static dev.bothy.app.rotations.plan.Draft.timeline;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bothy.app.rotations.plan.Roster.Place;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/// Whoever has served the fewest hours is next. 2026-01-05 is a Monday.
class BalancedTest {
  private static final String MONDAY = "2026-01-05T09:00:00Z";

  @Test
  void equalTurnsGoRound() {
    Plan plan = Draft.daily("09:00", "UTC").balanced().from(MONDAY);
    assertThat(people(timeline(plan, MONDAY, "2026-01-11T09:00:00Z")))
        .isEqualTo("ada grace katherine ada grace katherine");
  }

  /// Monday to Friday is 96 hours, Friday to Monday 72.
  @Test
  void unequalTurnsAreBalancedByTheirHours() {
    Plan plan =
        Draft.weekly("09:00", "UTC", DayOfWeek.MONDAY, DayOfWeek.FRIDAY)
            .of(ADA, GRACE)
            .balanced()
            .from(MONDAY);
    assertThat(people(timeline(plan, MONDAY, "2026-02-02T09:00:00Z")))
        .as("96:72, 96:168, 192:168, 192:240, and so on")
        .isEqualTo("ada grace grace ada grace ada ada grace");
    Map<Participant, Duration> hours = hours(plan, "2027-01-04T09:00:00Z");
    assertThat(
            hours
                .getOrDefault(ADA, Duration.ZERO)
                .minus(hours.getOrDefault(GRACE, Duration.ZERO))
                .abs())
        .isLessThan(Duration.ofHours(97));
  }

  @Test
  void hoursOutsideOfTheTurnsCountForWhoeverServedThem() {
    Plan plan =
        Draft.daily("09:00", "UTC")
            .balanced()
            .change(
                new Change.Replace(
                    UUID.randomUUID(),
                    span(MONDAY, "2026-01-06T09:00:00Z"),
                    null,
                    ADA,
                    KATHERINE,
                    Why.COVER))
            .from(MONDAY);
    assertThat(people(timeline(plan, MONDAY, "2026-01-10T09:00:00Z")))
        .as("Katherine covered, so that Ada comes before her")
        .isEqualTo("katherine grace ada grace katherine");
  }

  @Test
  void whoServesInAnotherRoleHasNotServedInThisOne() {
    Plan plan =
        Draft.daily("09:00", "UTC")
            .balanced()
            .change(
                new Change.Set(
                    UUID.randomUUID(), span(MONDAY, "2026-01-12T09:00:00Z"), "Backup", GRACE))
            .from(MONDAY);
    assertThat(
            people(
                timeline(plan, MONDAY, "2026-01-08T09:00:00Z").stream()
                    .filter(each -> each.role().equals(Layer.PRIMARY))
                    .toList()))
        .isEqualTo("ada grace katherine");
  }

  @Test
  void whoWasAwayServesUntilTheHoursAreEvenAgain() {
    Plan plan =
        Draft.daily("09:00", "UTC")
            .balanced()
            .away(GRACE, MONDAY, "2026-01-09T09:00:00Z")
            .from(MONDAY);
    assertThat(people(timeline(plan, MONDAY, "2026-01-13T09:00:00Z")))
        .isEqualTo("ada katherine ada katherine grace grace katherine ada");
  }

  /// Ada and Grace have served three days each before Dorothy joins.
  @Test
  void whoJoinsDoesNotServeTheNextDaysAlone() {
    Plan plan =
        Draft.daily("09:00", "UTC")
            .places(
                Place.of(0, ADA),
                Place.of(1, GRACE),
                new Place(2, DOROTHY, LocalDate.of(2026, 1, 11), null))
            .balanced()
            .from(MONDAY);
    assertThat(people(timeline(plan, "2026-01-11T09:00:00Z", "2026-01-17T09:00:00Z")))
        .isEqualTo("dorothy ada grace dorothy ada grace");
  }

  /// Katherine left after her first day, and what she had served is nobody's measure.
  @Test
  void whoLeftIsNoMeasureForWhoJoins() {
    Plan plan =
        Draft.daily("09:00", "UTC")
            .places(
                new Place(0, KATHERINE, null, LocalDate.of(2026, 1, 6)),
                Place.of(1, ADA),
                Place.of(2, GRACE),
                new Place(3, DOROTHY, LocalDate.of(2026, 1, 14), null))
            .balanced()
            .from(MONDAY);
    assertThat(people(timeline(plan, "2026-01-14T09:00:00Z", "2026-01-20T09:00:00Z")))
        .isEqualTo("dorothy ada grace dorothy ada grace");
  }

  /// Dorothy stands in by a change before her first day.
  @Test
  void servingBeforeJoiningIsNoMeasureEither() {
    Plan plan =
        Draft.daily("09:00", "UTC")
            .places(
                Place.of(0, ADA),
                Place.of(1, GRACE),
                new Place(2, DOROTHY, LocalDate.of(2026, 1, 11), null))
            .balanced()
            .change(
                new Change.Set(
                    UUID.randomUUID(),
                    span(MONDAY, "2026-01-05T10:00:00Z"),
                    Layer.PRIMARY,
                    DOROTHY))
            .from(MONDAY);
    assertThat(people(timeline(plan, "2026-01-12T09:00:00Z", "2026-01-18T09:00:00Z")))
        .doesNotContain("dorothy dorothy");
  }

  /// What is stored of served hours is whole seconds above zero, and counts the same as before.
  @Test
  void whatIsStoredBetweenTurnsChangesNothing() {
    Draft draft =
        Draft.weekly("09:00", "UTC", DayOfWeek.MONDAY, DayOfWeek.FRIDAY, DayOfWeek.SATURDAY)
            .of(ADA, GRACE, KATHERINE, DOROTHY)
            .balanced();
    Plan plan = draft.from("2026-01-05T10:11:12.345678Z");
    StringBuilder stepwise = new StringBuilder();
    Instant at = Instant.parse("2026-01-05T10:11:12.345678Z");
    Map<UUID, Cursor> cursors = plan.cursors();
    while (at.isBefore(Instant.parse("2026-06-01T09:00:00Z"))) {
      Cursor cursor = Objects.requireNonNull(cursors.get(draft.id()));
      Map<Participant, Duration> stored = new HashMap<>();
      cursor
          .served()
          .forEach((person, served) -> {
            if (served.toSeconds() > 0) {
              stored.put(person, Duration.ofSeconds(served.toSeconds()));
            }
          });
      Cursor read =
          new Cursor(cursor.since(), cursor.person(), cursor.place(), cursor.owed(), stored);
      Plan now = draft.standing(Map.of(draft.id(), read));
      Instant next = draft.times().nextAfter(at);
      stepwise.append(people(Timeline.of(now, at, next))).append(' ');
      cursors = Timeline.advance(now, next);
      at = next;
    }
    assertThat(stepwise.toString().strip())
        .isEqualTo(people(Timeline.of(plan, Instant.parse("2026-01-05T10:11:12.345678Z"), at)));
  }

  private static Map<Participant, Duration> hours(Plan plan, String until) {
    Map<Participant, Duration> hours = new HashMap<>();
    for (Assignment each : timeline(plan, MONDAY, until)) {
      if (each.person() != null) {
        hours.merge(each.person(), each.span().length(), Duration::plus);
      }
    }
    return hours;
  }
}
