package dev.bothy.app.rotations;

import dev.bothy.app.rotations.plan.Assignment;
import dev.bothy.app.rotations.plan.Layer;
import dev.bothy.app.rotations.plan.Plan;
import dev.bothy.app.rotations.plan.Timeline;
import dev.bothy.platform.kernel.WorkspaceId;
import dev.bothy.platform.workspace.Workspaces;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Service;

/// How the layers of a rotation stand, each by itself.
@Service
public class LayerTurns {
  /// How far ahead the next turn is looked for, in steps: nearly always the first finds it.
  private static final List<Duration> FURTHER =
      List.of(Duration.ofDays(1), Duration.ofDays(40), Duration.ofDays(366));

  private final RotationTable rotations;
  private final Plans plans;
  private final Workspaces workspaces;

  LayerTurns(RotationTable rotations, Plans plans, Workspaces workspaces) {
    this.rotations = rotations;
    this.plans = plans;
    this.workspaces = workspaces;
  }

  /// One for each layer, by position; empty for a rotation that is paused, deleted or not there.
  public List<LayerTurn> of(WorkspaceId workspace, UUID rotation) {
    return workspaces.inWorkspace(
        workspace,
        () ->
            rotations
                .byId(rotation)
                .filter(RotationEntity::active)
                .map(this::turns)
                .orElse(List.of()));
  }

  private List<LayerTurn> turns(RotationEntity rotation) {
    Plan plan = plans.of(rotation);
    return plan.layers().stream().map(layer -> turn(plan, layer, rotation.settledAt())).toList();
  }

  private static LayerTurn turn(Plan plan, Layer layer, Instant since) {
    Plan alone = new Plan(List.of(layer), plan.cursors(), List.of(), plan.away(), plan.gone());
    Instant turn = Objects.requireNonNull(plan.cursors().get(layer.id())).since();
    Optional<Assignment> now = Optional.empty();
    Optional<Assignment> next = Optional.empty();
    for (Duration further : FURTHER) {
      Instant until = layer.times().nextAfter(layer.times().nextAfter(since).plus(further));
      List<Assignment> found = Timeline.of(alone, since, until);
      now = found.stream().filter(each -> each.start().equals(since)).findFirst();
      next =
          found.stream()
              .filter(each -> each.person() != null && each.turn().isAfter(turn))
              .findFirst();
      if (next.isPresent()) {
        break;
      }
    }
    return new LayerTurn(
        layer.id(),
        now.map(Assignment::person).orElse(null),
        now.isEmpty(),
        next.map(Assignment::start).orElse(null),
        next.map(Assignment::person).orElse(null));
  }
}
