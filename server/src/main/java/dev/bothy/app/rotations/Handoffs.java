package dev.bothy.app.rotations;

import dev.bothy.app.rotations.plan.Participant;
import dev.bothy.platform.chat.Chat;
import dev.bothy.platform.kernel.ConnectionId;
import dev.bothy.platform.kernel.WorkspaceId;
import dev.bothy.platform.work.ScheduleHandler;
import dev.bothy.platform.workspace.Workspaces;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/// Hands a rotation's turn on when it is due. After an outage it runs once and catches up by
/// itself: every missed hand-off is logged, and only the current one announced.
@Component
class Handoffs implements ScheduleHandler {
  private final RotationTable rotations;
  private final Duty duty;
  private final Chat chat;
  private final Workspaces workspaces;

  Handoffs(RotationTable rotations, Duty duty, Chat chat, Workspaces workspaces) {
    this.rotations = rotations;
    this.duty = duty;
    this.chat = chat;
    this.workspaces = workspaces;
  }

  /// Whom to ask the network about.
  private record Roll(ConnectionId connection, List<String> accounts) {}

  @Override
  public String kind() {
    return Duty.HANDOFF;
  }

  @Override
  public MissedRun missedRun() {
    return new MissedRun.RunOnce();
  }

  /// Asks the network who of the rotation has left.
  @Override
  public void prepare(WorkspaceId workspace, Due due) {
    Optional<Roll> roll =
        workspaces.inWorkspace(
            workspace, () -> rotations.byId(due.subject()).map(Handoffs::toRoll));
    roll.ifPresent(each -> chat.refresh(each.connection(), each.accounts()));
  }

  @Override
  public Optional<Instant> run(Due due) {
    return rotations.byId(due.subject()).flatMap(rotation -> duty.catchUp(rotation, due.now()));
  }

  private static Roll toRoll(RotationEntity rotation) {
    return new Roll(
        rotation.connection(), rotation.people().stream().map(Participant::account).toList());
  }
}
