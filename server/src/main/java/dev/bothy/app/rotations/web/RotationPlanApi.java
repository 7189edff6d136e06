package dev.bothy.app.rotations.web;

import dev.bothy.app.rotations.ChangeInput;
import dev.bothy.app.rotations.ChangeOutcome;
import dev.bothy.app.rotations.PlanChange;
import dev.bothy.app.rotations.PlanChanges;
import dev.bothy.app.rotations.Rotation;
import dev.bothy.app.rotations.Rotations;
import dev.bothy.app.rotations.Shift;
import dev.bothy.app.rotations.plan.Participant;
import dev.bothy.app.rotations.web.FairnessDocuments.FairnessDocument;
import dev.bothy.app.rotations.web.PlanDocuments.ChangeDocument;
import dev.bothy.app.rotations.web.PlanDocuments.NewChange;
import dev.bothy.app.rotations.web.PlanDocuments.Timeline;
import dev.bothy.app.rotations.web.PlanDocuments.TimelineShift;
import dev.bothy.platform.api.ApiArea;
import dev.bothy.platform.api.ApiProblem;
import dev.bothy.platform.api.Page;
import dev.bothy.platform.api.Problems;
import dev.bothy.platform.kernel.Problem;
import dev.bothy.platform.people.Role;
import dev.bothy.platform.people.Viewer;
import io.swagger.v3.oas.annotations.Operation;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;

/// A rotation's plan, for programs: who was, is and is going to be on duty, and what was decided
/// against the turns.
@ApiArea(name = "rotations", about = "On-duty rotations")
@RequestMapping(
    path = "/api/v1/workspaces/{workspace}/rotations/{id}",
    produces = MediaType.APPLICATION_JSON_VALUE)
class RotationPlanApi {
  private static final Duration FOUR_WEEKS = Duration.ofDays(28);
  private static final Duration LONGEST = Duration.ofDays(366);

  /// Further ahead nobody plans, and each further day takes time to foresee.
  private static final Duration FURTHEST = Duration.ofDays(2 * 366);

  /// A year of hourly turns is 8,784.
  private static final int MOST_SHIFTS = 10_000;

  private final Rotations rotations;
  private final PlanChanges changes;
  private final CalendarDesk desk;
  private final FairnessDesk fairness;
  private final Clock clock;

  RotationPlanApi(
      Rotations rotations,
      PlanChanges changes,
      CalendarDesk desk,
      FairnessDesk fairness,
      Clock clock) {
    this.rotations = rotations;
    this.changes = changes;
    this.desk = desk;
    this.fairness = fairness;
    this.clock = clock;
  }

  @GetMapping("/timeline")
  @Operation(
      summary = "Show who was, is and is going to be on duty",
      description =
          "Between `from` (now, unless given) and `until` (four weeks later, unless given), at most"
              + " 366 days: what really was, then the plan. Where a role should be held and nobody"
              + " has it there is a shift without a person; where nobody is meant to hold it there"
              + " is none. Of what was and of what is to come at most 10,000 shifts each.")
  Timeline timeline(
      Viewer viewer,
      @PathVariable UUID id,
      @RequestParam(required = false) @Nullable Instant from,
      @RequestParam(required = false) @Nullable Instant until) {
    Rotation rotation = find(viewer, id);
    Instant begin = from == null ? clock.instant() : from;
    FairnessRange.Bounds bounds = checked(begin, until == null ? plus(begin, FOUR_WEEKS) : until);
    List<Shift> shifts =
        rotations.timeline(viewer.workspace(), id, bounds.from(), bounds.until(), MOST_SHIFTS);
    Map<Participant, String> names = desk.names(viewer.workspace(), rotation, shifts);
    return new Timeline(
        bounds.from(),
        bounds.until(),
        rotation.zone().getId(),
        shifts.stream().map(shift -> TimelineShift.of(shift, names)).toList());
  }

  @GetMapping("/fairness")
  @Operation(
      summary = "Show how a rotation's duty is shared out",
      description =
          "Between `from` (four weeks before `until`, unless given) and `until` (now, unless given),"
              + " at most 366 days. Members read of the team and of themselves; `people=true` tells of"
              + " each person, needs the role manager, and is in the audit log.")
  FairnessDocument fairness(
      Viewer viewer,
      @PathVariable UUID id,
      @RequestParam(required = false) @Nullable Instant from,
      @RequestParam(required = false) @Nullable Instant until,
      @RequestParam(defaultValue = "false") boolean people) {
    Rotation rotation = find(viewer, id);
    Instant end = until == null ? clock.instant() : until;
    Instant begin = from != null ? from : end.isBefore(Instant.EPOCH) ? end : end.minus(FOUR_WEEKS);
    FairnessRange.Bounds bounds = checked(begin, end);
    return FairnessDocument.of(
        bounds, fairness.shares(viewer, List.of(rotation), bounds, people).getFirst());
  }

  @GetMapping("/changes")
  @Operation(
      summary = "List the changes of a rotation's plan",
      description =
          "Those that are not over, in the order in which they were made: what was decided last"
              + " counts.")
  Page<ChangeDocument> changes(Viewer viewer, @PathVariable UUID id) {
    Rotation rotation = find(viewer, id);
    List<PlanChange> found = changes.of(viewer.workspace(), id);
    Map<Participant, String> names = names(viewer, rotation, found);
    return Page.of(found.stream().map(each -> ChangeDocument.of(each, names)).toList());
  }

  @PostMapping(path = "/changes", consumes = MediaType.APPLICATION_JSON_VALUE)
  @ResponseStatus(HttpStatus.CREATED)
  @Operation(
      summary = "Change a rotation's plan for a time",
      description =
          "An override or a temporary schedule; the turns themselves go on as they are. Needs the"
              + " role admin.")
  ChangeDocument make(Viewer viewer, @PathVariable UUID id, @RequestBody NewChange wanted) {
    viewer.require(Role.ADMIN);
    Rotation rotation = find(viewer, id);
    ChangeInput input = read(rotations, viewer, rotation, wanted);
    ChangeOutcome outcome =
        changes.make(viewer.workspace(), RotationsController.actor(viewer), id, input);
    return document(viewer, wanted, outcome);
  }

  /// What a program asks for, or the problem that says what is missing.
  static ChangeInput read(Rotations rotations, Viewer viewer, Rotation rotation, NewChange wanted) {
    List<Problem> problems = new ArrayList<>();
    List<String> accounts =
        rotations.accounts(viewer.workspace(), rotation.connection(), wanted.people());
    return wanted.read(accounts, problems).orElseThrow(() -> ApiProblem.invalid(problems));
  }

  @DeleteMapping("/changes/{change}")
  @Operation(
      summary = "Undo a change of a rotation's plan",
      description =
          "From now on the plan is as if it had never been; one that has begun ends now. Needs the"
              + " role admin.")
  ChangeDocument undo(Viewer viewer, @PathVariable UUID id, @PathVariable UUID change) {
    viewer.require(Role.ADMIN);
    find(viewer, id);
    ChangeOutcome outcome =
        changes.undo(viewer.workspace(), RotationsController.actor(viewer), id, change);
    return document(viewer, null, outcome);
  }

  private FairnessRange.Bounds checked(Instant begin, Instant end) {
    if (begin.isBefore(Instant.EPOCH)
        || !begin.isBefore(end)
        || end.isAfter(plus(begin, LONGEST))
        || end.isAfter(clock.instant().plus(FURTHEST))) {
      throw ApiProblem.invalid(
          List.of(
              Problem.ofField(
                  "rotations.range",
                  "until",
                  "until: after `from`, at most 366 days after it and two years from now")));
    }
    return new FairnessRange.Bounds(begin, end);
  }

  private ChangeDocument document(
      Viewer viewer, @Nullable NewChange wanted, ChangeOutcome outcome) {
    return switch (outcome) {
      case ChangeOutcome.Done(PlanChange made, Rotation rotation) ->
          ChangeDocument.of(made, names(viewer, rotation, List.of(made)));
      case ChangeOutcome.Refused(List<Problem> refused) ->
          throw ApiProblem.invalid(wanted == null ? refused : wanted.named(refused));
      case ChangeOutcome.NotFound() -> throw ApiProblem.of(Problems.NOT_FOUND);
    };
  }

  private Map<Participant, String> names(Viewer viewer, Rotation rotation, List<PlanChange> found) {
    Set<Participant> people = new HashSet<>();
    found.forEach(each -> people.addAll(each.change().people()));
    return rotations.names(viewer.workspace(), rotation.connection(), people);
  }

  private Rotation find(Viewer viewer, UUID id) {
    return rotations
        .find(viewer.workspace(), id)
        .filter(rotation -> rotation.deletedAt() == null)
        .orElseThrow(() -> ApiProblem.of(Problems.NOT_FOUND));
  }

  /// The same or, where there is no such instant, the last there is.
  private static Instant plus(Instant instant, Duration duration) {
    return instant.isBefore(Instant.MAX.minus(duration)) ? instant.plus(duration) : Instant.MAX;
  }
}
