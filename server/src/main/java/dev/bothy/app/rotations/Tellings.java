package dev.bothy.app.rotations;

import dev.bothy.app.rotations.plan.Layer;
import dev.bothy.platform.audit.Actor;
import dev.bothy.platform.kernel.Problem;
import dev.bothy.platform.kernel.WorkspaceId;
import dev.bothy.platform.work.Schedule;
import dev.bothy.platform.workspace.Workspaces;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/// What rotations tell people beside hand-offs: read and set. Every method works in a transaction
/// of the workspace, joining the caller's if there is one.
@Service
public class Tellings {
  private final RotationTable rotations;
  private final TellingTable table;
  private final Schedule schedule;
  private final RotationLog log;
  private final Workspaces workspaces;
  private final Clock clock;

  Tellings(
      RotationTable rotations,
      TellingTable table,
      Schedule schedule,
      RotationLog log,
      Workspaces workspaces,
      Clock clock) {
    this.rotations = rotations;
    this.table = table;
    this.schedule = schedule;
    this.log = log;
    this.workspaces = workspaces;
    this.clock = clock;
  }

  /// How it stands.
  ///
  /// @param problem what the network refused lately and why, in words; null when nothing
  public record Standing(Telling telling, @Nullable String problem) {}

  /// What became of it. Only [Done] has written anything.
  public sealed interface Outcome {
    record Done(Standing standing) implements Outcome {}

    /// @param problems at least one
    record Refused(List<Problem> problems) implements Outcome {}

    record NotFound() implements Outcome {}
  }

  /// Empty when there is no such rotation; of a deleted one too.
  public Optional<Standing> find(WorkspaceId workspace, UUID rotation) {
    return workspaces.inWorkspace(workspace, () -> rotations.byId(rotation).map(this::standing));
  }

  /// Sets all of it. Reminders, topic and group follow at once.
  public Outcome save(WorkspaceId workspace, Actor actor, UUID id, Telling telling) {
    return workspaces.inWorkspace(
        workspace,
        () -> {
          Optional<RotationEntity> found =
              rotations.byId(id).filter(rotation -> rotation.deletedAt().isEmpty());
          if (found.isEmpty()) {
            return new Outcome.NotFound();
          }
          RotationEntity rotation = found.get();
          List<Problem> problems =
              telling.problems(rotation.layers().stream().map(Layer::role).distinct().toList());
          if (!problems.isEmpty()) {
            return new Outcome.Refused(problems);
          }
          table.save(id, telling);
          plan(rotation, telling);
          log.tellingChanged(actor, rotation);
          return new Outcome.Done(standing(rotation));
        });
  }

  private void plan(RotationEntity rotation, Telling telling) {
    Instant now = clock.instant();
    if (rotation.active()) {
      schedule.set(TellingWork.KIND, rotation.id(), now);
    }
    Telling.LookAhead ahead = telling.lookAhead();
    if (ahead == null) {
      schedule.clear(LookAheads.KIND, rotation.id());
    } else {
      schedule.set(
          LookAheads.KIND,
          rotation.id(),
          LookAheads.next(ahead, rotation.layers().getFirst().times().zone(), now));
    }
  }

  private Standing standing(RotationEntity rotation) {
    Telling telling = table.of(rotation.id());
    boolean sets = telling.topic() || telling.group() != null;
    return new Standing(
        telling,
        table
            .refused(rotation.id())
            .filter(refused ->
                sets || rotation.cardMessage().filter(refused.message()::equals).isPresent())
            .map(TellingTable.Refused::reason)
            .orElse(null));
  }
}
