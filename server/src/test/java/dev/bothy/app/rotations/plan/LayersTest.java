package dev.bothy.app.rotations.plan;

import static dev.bothy.app.rotations.plan.Draft.ADA;
import static dev.bothy.app.rotations.plan.Draft.ALL_DAYS;
import static dev.bothy.app.rotations.plan.Draft.DOROTHY;
import static dev.bothy.app.rotations.plan.Draft.GRACE;
import static dev.bothy.app.rotations.plan.Draft.KATHERINE;
import static dev.bothy.app.rotations.plan.Draft.lines;
import static dev.bothy.app.rotations.plan.Draft.span;
import static dev.bothy.app.rotations.plan.Draft.timeline;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.DayOfWeek;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/// Several layers in one rotation. 2026-01-05 is a Monday.
class LayersTest {
  private static final String MONDAY = "2026-01-05T09:00:00Z";
  private static final String WEDNESDAY = "2026-01-07T09:00:00Z";

  @Test
  void layersOfDifferentRolesServeBesideEachOther() {
    Plan plan =
        Draft.daily("09:00", "UTC")
            .of(ADA, GRACE)
            .then(Draft.daily("09:00", "UTC").role("Secondary").of(GRACE, ADA))
            .from(MONDAY);
    assertThat(lines(timeline(plan, MONDAY, WEDNESDAY), "UTC"))
        .containsExactly(
            "Mon 05 09:00 - Tue 06 09:00 ada TURN",
            "Mon 05 09:00 - Tue 06 09:00 Secondary grace TURN",
            "Tue 06 09:00 - Wed 07 09:00 grace TURN",
            "Tue 06 09:00 - Wed 07 09:00 Secondary ada TURN");
  }

  @Test
  void ofOneRoleTheFirstLayerThatHasSomebodyCounts() {
    Plan plan =
        Draft.daily("09:00", "UTC")
            .of(ADA)
            .hours(ALL_DAYS, "12:00", "18:00")
            .away(ADA, "2026-01-06T14:00:00Z", "2026-01-06T15:00:00Z")
            .then(
                Draft.daily("09:00", "UTC").of(GRACE, KATHERINE).hours(ALL_DAYS, "09:00", "14:30"))
            .from(MONDAY);
    assertThat(lines(timeline(plan, MONDAY, WEDNESDAY), "UTC"))
        .containsExactly(
            "Mon 05 09:00 - Mon 05 12:00 grace TURN",
            "Mon 05 12:00 - Mon 05 18:00 ada TURN",
            "Tue 06 09:00 - Tue 06 12:00 katherine TURN",
            "Tue 06 12:00 - Tue 06 14:00 ada TURN",
            "Tue 06 14:00 - Tue 06 14:30 katherine TURN",
            "Tue 06 14:30 - Tue 06 15:00 - NOBODY for ada",
            "Tue 06 15:00 - Tue 06 18:00 ada TURN");
  }

  @Test
  void aGapThatTwoLayersHaveIsToldOnce() {
    Plan plan =
        Draft.daily("09:00", "UTC")
            .of(ADA)
            .hours(ALL_DAYS, "09:00", "15:00")
            .gone(ADA)
            .then(Draft.daily("09:00", "UTC").of(ADA).hours(ALL_DAYS, "12:00", "18:00"))
            .from(MONDAY);
    assertThat(lines(timeline(plan, MONDAY, "2026-01-06T09:00:00Z"), "UTC"))
        .containsExactly(
            "Mon 05 09:00 - Mon 05 15:00 - NOBODY", "Mon 05 15:00 - Mon 05 18:00 - NOBODY");
  }

  @Test
  void aChangeOfOneRoleLeavesTheOther() {
    Plan plan =
        Draft.daily("09:00", "UTC")
            .of(ADA)
            .then(Draft.daily("09:00", "UTC").role("Secondary").of(GRACE))
            .change(
                new Change.Set(
                    UUID.randomUUID(), span(MONDAY, "2026-01-06T09:00:00Z"), "Secondary", DOROTHY))
            .from(MONDAY);
    assertThat(lines(timeline(plan, MONDAY, "2026-01-06T09:00:00Z"), "UTC"))
        .containsExactly(
            "Mon 05 09:00 - Tue 06 09:00 ada TURN",
            "Mon 05 09:00 - Tue 06 09:00 Secondary dorothy SET");
  }

  /// Each of the three serves nine or ten of its own daylight hours, so that their clocks may
  /// change on different days; where two overlap the first counts.
  @Test
  void followTheSunCoversEveryMinuteOfAYearOnce() {
    Plan plan =
        Draft.weekly("09:00", "Australia/Sydney", DayOfWeek.MONDAY)
            .hours(ALL_DAYS, "08:00", "18:00")
            .then(
                Draft.weekly("09:00", "Europe/London", DayOfWeek.MONDAY)
                    .hours(ALL_DAYS, "07:00", "17:00"))
            .then(
                Draft.weekly("09:00", "America/Los_Angeles", DayOfWeek.MONDAY)
                    .hours(ALL_DAYS, "08:00", "16:00"))
            .from("2026-01-01T00:00:00Z");
    Instant at = Instant.parse("2026-01-01T00:00:00Z");
    List<Assignment> year = timeline(plan, "2026-01-01T00:00:00Z", "2027-01-01T00:00:00Z");
    for (Assignment each : year) {
      assertThat(each.start()).as("neither gap nor overlap").isEqualTo(at);
      assertThat(each.person()).isNotNull();
      at = each.end();
    }
    assertThat(at).isEqualTo("2027-01-01T00:00:00Z");
    assertThat(year).hasSizeGreaterThan(3 * 365);
  }
}
