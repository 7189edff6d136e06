package dev.bothy.app.rotations;

import dev.bothy.platform.calendar.Absence;
import dev.bothy.platform.workspace.Workspaces;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// What people answered who were asked whether they keep a turn that they are absent for. Called
/// within a transaction of the workspace.
@Component
class AbsenceAnswers {
  private final JdbcClient jdbc;
  private final Workspaces workspaces;

  AbsenceAnswers(JdbcClient jdbc, Workspaces workspaces) {
    this.jdbc = jdbc;
    this.workspaces = workspaces;
  }

  /// A question that was asked.
  ///
  /// @param message our id of the message that asks
  record Asked(String account, UUID message) {}

  /// The absences that somebody of this rotation serves through.
  Set<UUID> kept(UUID rotation) {
    return new HashSet<>(
        jdbc.sql("select absence_id from absence_answer where rotation_id = ? and answer = 'keep'")
            .param(rotation)
            .query(UUID.class)
            .list());
  }

  Optional<Asked> asked(UUID rotation, UUID absence) {
    return jdbc.sql(
            "select account, asked_message from absence_answer"
                + " where rotation_id = ? and absence_id = ?")
        .params(rotation, absence)
        .query((row, _) ->
            new Asked(row.getString("account"), row.getObject("asked_message", UUID.class)))
        .optional();
  }

  void ask(UUID rotation, Absence absence, UUID message) {
    jdbc.sql(
            "insert into absence_answer (workspace_id, rotation_id, absence_id, account,"
                + " asked_message, absence_ends_at) values (?, ?, ?, ?, ?, ?)")
        .params(
            workspaces.current().value(),
            rotation,
            absence.id(),
            absence.account(),
            message,
            absence.to().atOffset(ZoneOffset.UTC))
        .update();
  }

  void answer(UUID rotation, UUID absence, boolean keep) {
    jdbc.sql("update absence_answer set answer = ? where rotation_id = ? and absence_id = ?")
        .params(keep ? "keep" : "skip", rotation, absence)
        .update();
  }
}
