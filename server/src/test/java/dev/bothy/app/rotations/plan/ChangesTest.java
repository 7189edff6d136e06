package dev.bothy.app.rotations.plan;

import static dev.bothy.app.rotations.plan.Draft.ADA;
import static dev.bothy.app.rotations.plan.Draft.DOROTHY;
import static dev.bothy.app.rotations.plan.Draft.GRACE;
import static dev.bothy.app.rotations.plan.Draft.KATHERINE;
import static dev.bothy.app.rotations.plan.Draft.WORKING_DAYS;
import static dev.bothy.app.rotations.plan.Draft.lines;
import static dev.bothy.app.rotations.plan.Draft.span;
import static dev.bothy.app.rotations.plan.Draft.timeline;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// What people decide against the turns: Ada on Monday, Grace on Tuesday, Katherine on Wednesday,
/// each from 09:00. 2026-01-05 is a Monday.
class ChangesTest {
  private static final String MONDAY = "2026-01-05T09:00:00Z";
  private static final String TUESDAY = "2026-01-06T09:00:00Z";
  private static final String WEDNESDAY = "2026-01-07T09:00:00Z";
  private static final String NOON = "2026-01-05T12:00:00Z";
  private static final String EVENING = "2026-01-05T18:00:00Z";

  @Test
  void oneAloneIsSetForATime() {
    assertThat(planned(set(NOON, EVENING, GRACE)))
        .containsExactly(
            "Mon 05 09:00 - Mon 05 12:00 ada TURN",
            "Mon 05 12:00 - Mon 05 18:00 grace SET",
            "Mon 05 18:00 - Tue 06 09:00 ada TURN",
            "Tue 06 09:00 - Wed 07 09:00 grace TURN");
  }

  @Test
  void aSetOverAHandoffCutsBothTurnsAndMovesNone() {
    assertThat(planned(set(EVENING, "2026-01-06T10:00:00Z", DOROTHY)))
        .containsExactly(
            "Mon 05 09:00 - Mon 05 18:00 ada TURN",
            "Mon 05 18:00 - Tue 06 10:00 dorothy SET",
            "Tue 06 10:00 - Wed 07 09:00 grace TURN");
  }

  @Test
  void aSetOfAWholeTurnLeavesNothingOfIt() {
    assertThat(planned(set(MONDAY, TUESDAY, KATHERINE)))
        .containsExactly(
            "Mon 05 09:00 - Tue 06 09:00 katherine SET", "Tue 06 09:00 - Wed 07 09:00 grace TURN");
  }

  @Test
  void oneStandsInWhereverAnotherWouldBe() {
    assertThat(planned(replace(MONDAY, "2026-01-06T12:00:00Z", null, ADA, KATHERINE, Why.COVER)))
        .containsExactly(
            "Mon 05 09:00 - Tue 06 09:00 katherine COVER for ada",
            "Tue 06 09:00 - Wed 07 09:00 grace TURN");
    assertThat(planned(replace(NOON, EVENING, "Backup", ADA, KATHERINE, Why.COVER)))
        .as("in another role she does not")
        .containsExactly(
            "Mon 05 09:00 - Tue 06 09:00 ada TURN", "Tue 06 09:00 - Wed 07 09:00 grace TURN");
  }

  @Test
  void aSwapIsTwoReplacements() {
    assertThat(
            planned(
                replace(MONDAY, TUESDAY, Layer.PRIMARY, ADA, GRACE, Why.SWAP),
                replace(TUESDAY, WEDNESDAY, Layer.PRIMARY, GRACE, ADA, Why.SWAP)))
        .containsExactly(
            "Mon 05 09:00 - Tue 06 09:00 grace SWAP for ada",
            "Tue 06 09:00 - Wed 07 09:00 ada SWAP for grace");
  }

  @Test
  void whoIsTakenOffLeavesNobody() {
    assertThat(planned(remove(NOON, EVENING, ADA)))
        .containsExactly(
            "Mon 05 09:00 - Mon 05 12:00 ada TURN",
            "Mon 05 12:00 - Mon 05 18:00 - REMOVED for ada",
            "Mon 05 18:00 - Tue 06 09:00 ada TURN",
            "Tue 06 09:00 - Wed 07 09:00 grace TURN");
    assertThat(planned(remove(NOON, EVENING, GRACE))).as("she is not on duty then").hasSize(2);
  }

  @Test
  void whoIsAddedServesBesideTheOther() {
    assertThat(planned(add(NOON, EVENING, GRACE)))
        .containsExactly(
            "Mon 05 09:00 - Tue 06 09:00 ada TURN",
            "Mon 05 12:00 - Mon 05 18:00 grace ADD",
            "Tue 06 09:00 - Wed 07 09:00 grace TURN");
  }

  @Test
  void nobodyHasARoleTwice() {
    assertThat(planned(add(EVENING, "2026-01-06T12:00:00Z", ADA)))
        .as("she is on duty already, until Tuesday")
        .containsExactly(
            "Mon 05 09:00 - Tue 06 09:00 ada TURN",
            "Tue 06 09:00 - Tue 06 12:00 ada ADD",
            "Tue 06 09:00 - Wed 07 09:00 grace TURN");
    assertThat(
            planned(
                add(NOON, EVENING, GRACE),
                replace(MONDAY, TUESDAY, null, ADA, GRACE, Why.TAKE_OVER)))
        .as("who was added and takes over too")
        .containsExactly(
            "Mon 05 09:00 - Tue 06 09:00 grace TAKE_OVER for ada",
            "Tue 06 09:00 - Wed 07 09:00 grace TURN");
  }

  @Test
  void nobodyIsMissingWhereSomebodyIs() {
    assertThat(planned(add(NOON, EVENING, GRACE), remove(MONDAY, TUESDAY, ADA)))
        .containsExactly(
            "Mon 05 09:00 - Mon 05 12:00 - REMOVED for ada",
            "Mon 05 12:00 - Mon 05 18:00 grace ADD",
            "Mon 05 18:00 - Tue 06 09:00 - REMOVED for ada",
            "Tue 06 09:00 - Wed 07 09:00 grace TURN");
    assertThat(
            planned(
                add(MONDAY, TUESDAY, GRACE),
                remove(MONDAY, EVENING, ADA),
                remove(NOON, TUESDAY, GRACE)))
        .as("two are taken off: one gap, told once")
        .containsExactly(
            "Mon 05 09:00 - Mon 05 12:00 grace ADD",
            "Mon 05 12:00 - Mon 05 18:00 - REMOVED for ada",
            "Mon 05 18:00 - Tue 06 09:00 ada TURN",
            "Tue 06 09:00 - Wed 07 09:00 grace TURN");
  }

  @Test
  void aTemporaryScheduleClearsItsTimeAndPutsItsOwn() {
    Change temporary =
        new Change.Temporary(
            UUID.randomUUID(),
            span(NOON, "2026-01-06T12:00:00Z"),
            List.of(
                new Change.TemporaryShift(span(EVENING, TUESDAY), Layer.PRIMARY, DOROTHY),
                new Change.TemporaryShift(span(NOON, "2026-01-05T13:00:00Z"), "Backup", ADA)));
    assertThat(planned(temporary))
        .containsExactly(
            "Mon 05 09:00 - Mon 05 12:00 ada TURN",
            "Mon 05 12:00 - Mon 05 13:00 Backup ada TEMPORARY",
            "Mon 05 18:00 - Tue 06 09:00 dorothy TEMPORARY",
            "Tue 06 12:00 - Wed 07 09:00 grace TURN");
  }

  @Test
  void aTemporaryShiftEndsWithItsSchedule() {
    Change temporary =
        new Change.Temporary(
            UUID.randomUUID(),
            span(NOON, EVENING),
            List.of(new Change.TemporaryShift(span(MONDAY, TUESDAY), Layer.PRIMARY, DOROTHY)));
    assertThat(planned(temporary))
        .containsExactly(
            "Mon 05 09:00 - Mon 05 12:00 ada TURN",
            "Mon 05 12:00 - Mon 05 18:00 dorothy TEMPORARY",
            "Mon 05 18:00 - Tue 06 09:00 ada TURN",
            "Tue 06 09:00 - Wed 07 09:00 grace TURN");
  }

  @Test
  void whatWasDecidedLastCounts() {
    Change set = set(NOON, EVENING, GRACE);
    Change other = set("2026-01-05T15:00:00Z", "2026-01-05T21:00:00Z", KATHERINE);
    assertThat(planned(set, other))
        .contains(
            "Mon 05 12:00 - Mon 05 15:00 grace SET", "Mon 05 15:00 - Mon 05 21:00 katherine SET");
    assertThat(planned(other, set))
        .contains(
            "Mon 05 12:00 - Mon 05 18:00 grace SET", "Mon 05 18:00 - Mon 05 21:00 katherine SET");
    assertThat(
            planned(
                replace(MONDAY, TUESDAY, null, ADA, GRACE, Why.COVER),
                replace(MONDAY, TUESDAY, null, GRACE, KATHERINE, Why.TAKE_OVER)))
        .contains("Mon 05 09:00 - Tue 06 09:00 katherine TAKE_OVER for grace");
    assertThat(planned(remove(MONDAY, TUESDAY, ADA), set(MONDAY, TUESDAY, ADA)))
        .contains("Mon 05 09:00 - Tue 06 09:00 ada SET");
    assertThat(planned(set(MONDAY, TUESDAY, ADA), remove(MONDAY, TUESDAY, ADA)))
        .contains("Mon 05 09:00 - Tue 06 09:00 - REMOVED for ada");
  }

  @Test
  void aChangeOutsideOfTheHoursPutsSomebodyThere() {
    Draft draft =
        Draft.daily("09:00", "UTC")
            .hours(WORKING_DAYS, "09:00", "12:00")
            .change(set("2026-01-05T11:00:00Z", EVENING, GRACE));
    assertThat(lines(timeline(draft.from(MONDAY), MONDAY, TUESDAY), "UTC"))
        .containsExactly(
            "Mon 05 09:00 - Mon 05 11:00 ada TURN", "Mon 05 11:00 - Mon 05 18:00 grace SET");
    Draft replaced =
        Draft.daily("09:00", "UTC")
            .hours(WORKING_DAYS, "09:00", "12:00")
            .change(replace(MONDAY, TUESDAY, null, ADA, GRACE, Why.REPLACE));
    assertThat(lines(timeline(replaced.from(MONDAY), MONDAY, TUESDAY), "UTC"))
        .as("a replacement serves where the other would")
        .containsExactly("Mon 05 09:00 - Mon 05 12:00 grace REPLACE for ada");
  }

  @Test
  void aChangeThatEndsBeforeOrBeginsAfterDoesNothing() {
    assertThat(planned(set("2026-01-04T09:00:00Z", MONDAY, DOROTHY))).hasSize(2);
    assertThat(planned(set(WEDNESDAY, "2026-01-08T09:00:00Z", DOROTHY))).hasSize(2);
  }

  @Test
  void theEndOfWhatIsOnAndTheNextMomentSeeChanges() {
    Plan plan =
        Draft.daily("09:00", "UTC").change(set(NOON, "2026-01-07T10:00:00Z", GRACE)).from(MONDAY);
    assertThat(Timeline.endOfCurrent(plan, Instant.parse(MONDAY))).isEqualTo(TUESDAY);
    assertThat(Timeline.nextBoundary(plan, Instant.parse(MONDAY))).isEqualTo(NOON);
    assertThat(Timeline.endOfCurrent(plan, Instant.parse(NOON))).isEqualTo("2026-01-07T10:00:00Z");
    assertThat(Timeline.nextBoundary(plan, Instant.parse(NOON))).isEqualTo(TUESDAY);
  }

  /// Random changes in a random order: taking all back gives the plan as it was, what is cut where
  /// one looks is the same as what is cut out of the whole, and nobody has a role twice.
  @Test
  void removingAChangeRestoresThePlanExactly() {
    Random random = new Random(3);
    for (int trial = 0; trial < 300; trial++) {
      Draft draft = Draft.daily("09:00", "UTC").hours(WORKING_DAYS, "06:00", "20:00");
      Plan plan = draft.from(MONDAY);
      List<Change> changes =
          random.ints(random.nextInt(6), 0, 5).mapToObj(kind -> any(kind, random)).toList();
      Plan changed = new Plan(plan.layers(), plan.cursors(), changes, plan.away(), plan.gone());
      List<Assignment> whole = timeline(changed, MONDAY, "2026-01-19T09:00:00Z");
      Instant from = Instant.parse(MONDAY).plusSeconds(random.nextInt(200) * 3_600L);
      Instant until = from.plusSeconds((1 + random.nextInt(100)) * 3_600L);
      assertThat(untold(Timeline.of(changed, from, until)))
          .isEqualTo(
              untold(
                  whole.stream()
                      .flatMap(
                          each -> each.span().and(new Span(from, until)).map(each::during).stream())
                      .toList()));
      for (Assignment each : whole) {
        assertThat(whole)
            .filteredOn(other ->
                other != each
                    && other.role().equals(each.role())
                    && other.span().overlaps(each.span())
                    && (other.person() == null || other.person().equals(each.person())))
            .isEmpty();
      }
      Plan undone =
          new Plan(changed.layers(), changed.cursors(), List.of(), changed.away(), changed.gone());
      assertThat(timeline(undone, MONDAY, "2026-01-19T09:00:00Z"))
          .isEqualTo(timeline(plan, MONDAY, "2026-01-19T09:00:00Z"));
    }
  }

  /// As who, when and why alone, in the one order that there is.
  private static List<String> untold(List<Assignment> assignments) {
    return lines(assignments, "UTC").stream().sorted().toList();
  }

  private static Change any(int kind, Random random) {
    List<Participant> people = List.of(ADA, GRACE, KATHERINE, DOROTHY);
    Participant person = people.get(random.nextInt(4));
    Instant from = Instant.parse(MONDAY).plusSeconds(random.nextInt(240) * 3_600L);
    Instant to = from.plusSeconds((1 + random.nextInt(72)) * 3_600L);
    return switch (kind) {
      case 0 -> set(from.toString(), to.toString(), person);
      case 1 -> add(from.toString(), to.toString(), person);
      case 2 -> remove(from.toString(), to.toString(), person);
      case 3 ->
          new Change.Temporary(
              UUID.randomUUID(),
              new Span(from, to),
              List.of(
                  new Change.TemporaryShift(
                      new Span(from, from.plusSeconds(3_600)), Layer.PRIMARY, person)));
      default ->
          replace(
              from.toString(),
              to.toString(),
              null,
              person,
              people.get(random.nextInt(4)),
              Why.REPLACE);
    };
  }

  /// What is planned from Monday to Wednesday.
  private static List<String> planned(Change... changes) {
    Plan plan = Draft.daily("09:00", "UTC").from(MONDAY);
    Plan changed = new Plan(plan.layers(), plan.cursors(), List.of(changes), Map.of(), plan.gone());
    return lines(timeline(changed, MONDAY, WEDNESDAY), "UTC");
  }

  private static Change set(String from, String to, Participant person) {
    return new Change.Set(UUID.randomUUID(), span(from, to), Layer.PRIMARY, person);
  }

  private static Change add(String from, String to, Participant person) {
    return new Change.Add(UUID.randomUUID(), span(from, to), Layer.PRIMARY, person);
  }

  private static Change remove(String from, String to, Participant person) {
    return new Change.Remove(UUID.randomUUID(), span(from, to), null, person);
  }

  private static Change replace(
      String from, String to, @Nullable String role, Participant out, Participant in, Why why) {
    return new Change.Replace(UUID.randomUUID(), span(from, to), role, out, in, why);
  }
}
