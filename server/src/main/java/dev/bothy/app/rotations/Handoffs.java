package dev.bothy.app.rotations;

import dev.bothy.platform.chat.Chat;
import dev.bothy.platform.kernel.ConnectionId;
import dev.bothy.platform.kernel.WorkspaceId;
import dev.bothy.platform.work.ScheduleHandler;
import dev.bothy.platform.workspace.Workspaces;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// Hands a rotation's turn on when it is due. After an outage it runs once and catches up by
/// itself: every missed hand-off is logged, and only the current one announced.
@Component
class Handoffs implements ScheduleHandler {
  private final RotationTable rotations;
  private final Duty duty;
  private final Chat chat;
  private final JdbcClient jdbc;
  private final Workspaces workspaces;

  Handoffs(RotationTable rotations, Duty duty, Chat chat, JdbcClient jdbc, Workspaces workspaces) {
    this.rotations = rotations;
    this.duty = duty;
    this.chat = chat;
    this.jdbc = jdbc;
    this.workspaces = workspaces;
  }

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
    Map<UUID, List<String>> accounts =
        workspaces.inWorkspace(workspace, () -> accounts(due.subject()));
    accounts.forEach((connection, each) -> chat.refresh(new ConnectionId(connection), each));
  }

  /// The people of a rotation by its connection, without all else of it: this is asked for more
  /// often than a turn is handed on.
  private Map<UUID, List<String>> accounts(UUID rotation) {
    Map<UUID, List<String>> accounts = new HashMap<>();
    jdbc.sql(
            "select distinct r.connection_id, p.account from rotation r join rotation_participant p"
                + " on p.workspace_id = r.workspace_id and p.rotation_id = r.id"
                + " where r.id = ? and p.account is not null")
        .param(rotation)
        .query(row -> {
          accounts
              .computeIfAbsent(row.getObject("connection_id", UUID.class), _ -> new ArrayList<>())
              .add(row.getString("account"));
        });
    return accounts;
  }

  @Override
  public Optional<Instant> run(Due due) {
    return rotations.byId(due.subject()).flatMap(rotation -> duty.catchUp(rotation, due.now()));
  }
}
