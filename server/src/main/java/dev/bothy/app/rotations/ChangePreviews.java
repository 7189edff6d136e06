package dev.bothy.app.rotations;

import dev.bothy.app.rotations.fairness.PlanDifference;
import dev.bothy.app.rotations.plan.Assignment;
import dev.bothy.app.rotations.plan.Change;
import dev.bothy.app.rotations.plan.Plan;
import dev.bothy.app.rotations.plan.Span;
import dev.bothy.app.rotations.plan.Timeline;
import dev.bothy.platform.kernel.Problem;
import dev.bothy.platform.kernel.WorkspaceId;
import dev.bothy.platform.workspace.Workspaces;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Service;

/// What a change of the plan would come to, by the same rules as when it is made.
@Service
public class ChangePreviews {
  private final RotationTable table;
  private final PlanChanges changes;
  private final Plans plans;
  private final Workspaces workspaces;
  private final Clock clock;

  ChangePreviews(
      RotationTable table, PlanChanges changes, Plans plans, Workspaces workspaces, Clock clock) {
    this.table = table;
    this.changes = changes;
    this.plans = plans;
    this.workspaces = workspaces;
    this.clock = clock;
  }

  /// @param input with people as account ids of the rotation's connection
  public ChangePreview of(WorkspaceId workspace, UUID rotation, ChangeInput input) {
    return workspaces.inWorkspace(
        workspace,
        () -> {
          Optional<RotationEntity> found =
              table.byId(rotation).filter(each -> each.deletedAt().isEmpty());
          if (found.isEmpty()) {
            return new ChangePreview.NotFound();
          }
          Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
          List<Problem> problems = new ArrayList<>();
          Optional<Change> change = changes.checked(found.get(), input, now, problems);
          return change.isEmpty()
              ? new ChangePreview.Refused(problems)
              : foreseen(found.get(), change.get(), now);
        });
  }

  private ChangePreview foreseen(RotationEntity rotation, Change change, Instant now) {
    RotationEntity tried = rotation.copy();
    boolean paused = tried.paused();
    if (paused) {
      tried.resume();
      tried.stand(Timeline.begin(plans.of(tried, plans.since(tried, now))), now);
    } else {
      tried.stand(Timeline.advance(plans.of(tried), now), now);
    }
    Plan plan = plans.of(tried);
    Span span = change.span();
    List<Change> with = new ArrayList<>(plan.changes());
    with.add(change);
    Plan changed = new Plan(plan.layers(), plan.cursors(), with, plan.away(), plan.gone());
    return new ChangePreview.Foreseen(
        tried.layers().getFirst().times().zone(),
        span,
        paused,
        PlanDifference.of(assignments(plan, span), assignments(changed, span), span));
  }

  private static List<Assignment> assignments(Plan plan, Span span) {
    return Timeline.of(plan, span.start(), span.end());
  }
}
