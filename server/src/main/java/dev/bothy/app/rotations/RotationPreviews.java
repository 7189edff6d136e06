package dev.bothy.app.rotations;

import dev.bothy.app.rotations.fairness.PlanDifference;
import dev.bothy.app.rotations.plan.Assignment;
import dev.bothy.app.rotations.plan.Span;
import dev.bothy.app.rotations.plan.Timeline;
import dev.bothy.platform.kernel.ConnectionId;
import dev.bothy.platform.kernel.Ids;
import dev.bothy.platform.kernel.Problem;
import dev.bothy.platform.kernel.WorkspaceId;
import dev.bothy.platform.workspace.Workspaces;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/// What settings would come to, by the same rules as when they are saved.
@Service
public class RotationPreviews {
  /// How far a preview looks ahead: every day of the week four times.
  public static final Duration AHEAD = Duration.ofDays(28);

  private final RotationTable table;
  private final RotationChecks checks;
  private final Plans plans;
  private final Workspaces workspaces;
  private final Clock clock;

  RotationPreviews(
      RotationTable table, RotationChecks checks, Plans plans, Workspaces workspaces, Clock clock) {
    this.table = table;
    this.checks = checks;
    this.plans = plans;
    this.workspaces = workspaces;
    this.clock = clock;
  }

  /// What a new rotation with these settings would come to.
  ///
  /// @param input with people as account ids of the connection
  public RotationPreview ofNew(
      WorkspaceId workspace, ConnectionId connection, RotationInput input) {
    return workspaces.inWorkspace(
        workspace,
        () ->
            switch (checks.check(connection, input, Optional.empty())) {
              case RotationChecks.Checked.Wrong(List<Problem> problems) ->
                  new RotationPreview.Refused(problems);
              case RotationChecks.Checked.Good(RotationPlan plan) -> {
                Instant now = clock.instant();
                RotationEntity tried =
                    new RotationEntity(
                        new WorkspaceKey(workspace.value(), newId()),
                        plan.name(),
                        connection,
                        "",
                        plan.beginningAt(now),
                        this::newId,
                        now);
                tried.stand(Timeline.begin(plans.of(tried)), now);
                yield foreseen(tried, null, now);
              }
            });
  }

  /// What these settings would change about a rotation.
  ///
  /// @param input with people as account ids of the rotation's connection
  public RotationPreview ofChange(WorkspaceId workspace, UUID id, RotationInput input) {
    return workspaces.inWorkspace(
        workspace,
        () -> {
          Optional<RotationEntity> found =
              table.byId(id).filter(rotation -> rotation.deletedAt().isEmpty());
          if (found.isEmpty()) {
            return new RotationPreview.NotFound();
          }
          RotationEntity rotation = found.get();
          return switch (checks.check(rotation.connection(), input, Optional.of(id))) {
            case RotationChecks.Checked.Wrong(List<Problem> problems) ->
                new RotationPreview.Refused(problems);
            case RotationChecks.Checked.Good(RotationPlan plan) -> changed(rotation, plan);
          };
        });
  }

  private RotationPreview changed(RotationEntity rotation, RotationPlan plan) {
    Instant now = clock.instant();
    RotationEntity tried = rotation.copy();
    boolean paused = tried.paused();
    if (paused) {
      tried.resume();
    } else {
      tried.stand(Timeline.advance(plans.of(tried), now), now);
    }
    List<Assignment> before = paused ? List.of() : assignments(tried, now);
    Set<UUID> layers = tried.cursors().keySet();
    tried.change(plan.name(), plan.replacing(tried.layers(), now), this::newId, now);
    tried.stand(
        paused
            ? Timeline.begin(plans.of(tried, plans.since(tried, now)))
            : plans.begunOthers(tried, layers),
        now);
    return foreseen(tried, paused ? null : before, now);
  }

  private RotationPreview foreseen(
      RotationEntity tried, @Nullable List<Assignment> before, Instant now) {
    List<Assignment> after = assignments(tried, now);
    Instant until = now.plus(AHEAD);
    return new RotationPreview.Foreseen(
        tried.layers().getFirst().times().zone(),
        now,
        until,
        after.stream().map(Shift::foreseen).toList(),
        before == null ? null : PlanDifference.of(before, after, new Span(now, until)));
  }

  private List<Assignment> assignments(RotationEntity rotation, Instant now) {
    return Timeline.of(plans.of(rotation), now, now.plus(AHEAD));
  }

  private UUID newId() {
    return Ids.next(clock);
  }
}
