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
  private final HandoffNotes notes;
  private final Schedule schedule;
  private final RotationLog log;
  private final Workspaces workspaces;
  private final Clock clock;

  Tellings(
      RotationTable rotations,
      TellingTable table,
      HandoffNotes notes,
      Schedule schedule,
      RotationLog log,
      Workspaces workspaces,
      Clock clock) {
    this.rotations = rotations;
    this.table = table;
    this.notes = notes;
    this.schedule = schedule;
    this.log = log;
    this.workspaces = workspaces;
    this.clock = clock;
  }

  /// How it stands.
  ///
  /// @param revision how often it was saved
  /// @param problem what the network refused lately and why, in words; null when nothing
  public record Standing(Telling telling, long revision, @Nullable String problem) {}

  /// What became of it. Only [Done] has written anything.
  public sealed interface Outcome {
    record Done(Standing standing) implements Outcome {}

    /// @param problems at least one
    record Refused(List<Problem> problems) implements Outcome {}

    /// Somebody else changed it since that revision.
    ///
    /// @param standing as it is now
    record Outdated(Standing standing) implements Outcome {}

    record NotFound() implements Outcome {}
  }

  /// Empty when there is no such rotation; of a deleted one too.
  public Optional<Standing> find(WorkspaceId workspace, UUID rotation) {
    return workspaces.inWorkspace(workspace, () -> rotations.byId(rotation).map(this::standing));
  }

  /// Sets all of it. Reminders, topic and group follow at once; with other readers of hand-off
  /// notes those that were handed over go, since they were written for others.
  ///
  /// @param revision the one that was changed; null for whichever there is
  public Outcome save(
      WorkspaceId workspace, Actor actor, UUID id, Telling telling, @Nullable Long revision) {
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
          NoteReaders before = table.of(id).handoff().readers();
          if (!table.save(id, telling, revision)) {
            return new Outcome.Outdated(standing(rotation));
          }
          if (before != telling.handoff().readers()) {
            notes.forgetHandedOver(id);
          }
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
        table.revision(rotation.id()),
        table
            .refused(rotation.id())
            .filter(refused ->
                sets || rotation.cardMessage().filter(refused.message()::equals).isPresent())
            .map(TellingTable.Refused::reason)
            .orElse(null));
  }
}
