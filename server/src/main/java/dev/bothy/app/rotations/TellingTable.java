package dev.bothy.app.rotations;

import dev.bothy.platform.kernel.ConnectionId;
import dev.bothy.platform.workspace.Workspaces;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// What each rotation tells. Called within a transaction of the workspace.
@Component
class TellingTable {
  private static final int LONGEST_PROBLEM = 500;

  private final JdbcClient jdbc;
  private final Workspaces workspaces;

  TellingTable(JdbcClient jdbc, Workspaces workspaces) {
    this.jdbc = jdbc;
    this.workspaces = workspaces;
  }

  /// What the network refused.
  ///
  /// @param message our id of the message that it would not take
  record Refused(UUID message, String reason) {}

  Telling of(UUID rotation) {
    return jdbc.sql("select * from rotation_telling where rotation_id = ?")
        .param(rotation)
        .query(TellingTable::toTelling)
        .optional()
        .orElse(Telling.DEFAULT);
  }

  /// Whether anything that it tells depends on who is on duty at the moment.
  boolean followsDuty(UUID rotation) {
    return jdbc.sql(
            "select exists (select from rotation_telling where rotation_id = ?"
                + " and (topic or group_id is not null or note_reminder))")
        .param(rotation)
        .query(Boolean.class)
        .single();
  }

  /// Topic and group are set anew after it.
  ///
  /// @param revision the one that was changed; null for whichever there is
  /// @return false when there is another by now; nothing was written then
  boolean save(UUID rotation, Telling telling, @Nullable Long revision) {
    Telling.LookAhead ahead = telling.lookAhead();
    Telling.DutyGroup group = telling.group();
    Duration reminder = telling.reminder();
    HandoffRules handoff = telling.handoff();
    return jdbc.sql(
                "insert into rotation_telling (workspace_id, rotation_id, reminder_minutes,"
                    + " look_ahead_day, look_ahead_time, topic, group_id, group_role, note_reminder,"
                    + " checklist, note_reminder_minutes, acknowledge_minutes, note_readers, revision)"
                    + " values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 1)"
                    + " on conflict (workspace_id, rotation_id) do update set"
                    + " reminder_minutes = excluded.reminder_minutes,"
                    + " look_ahead_day = excluded.look_ahead_day,"
                    + " look_ahead_time = excluded.look_ahead_time, topic = excluded.topic,"
                    + " group_id = excluded.group_id, group_role = excluded.group_role,"
                    + " note_reminder = excluded.note_reminder, checklist = excluded.checklist,"
                    + " note_reminder_minutes = excluded.note_reminder_minutes,"
                    + " acknowledge_minutes = excluded.acknowledge_minutes,"
                    + " note_readers = excluded.note_readers,"
                    + " revision = rotation_telling.revision + 1, shown = null"
                    + " where cast(? as bigint) is null or rotation_telling.revision = ?")
            .param(workspaces.current().value())
            .param(rotation)
            .param(reminder == null ? null : (int) reminder.toMinutes())
            .param(ahead == null ? null : ahead.day().getValue())
            .param(ahead == null ? null : ahead.time().toString())
            .param(telling.topic())
            .param(group == null ? null : group.id())
            .param(group == null ? null : group.role())
            .param(handoff.noteExpected())
            .param(handoff.checklist().toArray(String[]::new))
            .param((int) handoff.noteReminder().toMinutes())
            .param((int) handoff.acknowledgeReminder().toMinutes())
            .param(handoff.readers().word())
            .param(revision)
            .param(revision)
            .update()
        == 1;
  }

  /// How often it was saved: what a form was opened at.
  long revision(UUID rotation) {
    return jdbc.sql("select revision from rotation_telling where rotation_id = ?")
        .param(rotation)
        .query(Long.class)
        .optional()
        .orElse(0L);
  }

  /// What topic and group were made from last; empty when they have yet to be set.
  Optional<String> shown(UUID rotation) {
    return jdbc.sql(
            "select shown from rotation_telling where rotation_id = ? and shown is not null")
        .param(rotation)
        .query(String.class)
        .optional();
  }

  void show(UUID rotation, String shown) {
    jdbc.sql(
            "update rotation_telling set shown = ?, problem = null, problem_message = null"
                + " where rotation_id = ?")
        .param(shown)
        .param(rotation)
        .update();
  }

  Optional<Refused> refused(UUID rotation) {
    return jdbc.sql(
            "select problem_message, problem from rotation_telling"
                + " where rotation_id = ? and problem is not null")
        .param(rotation)
        .query((row, _) ->
            new Refused(row.getObject("problem_message", UUID.class), row.getString("problem")))
        .optional();
  }

  /// The rotation whose card this message is, if one has it in this conversation.
  List<UUID> withCard(ConnectionId connection, String conversation, UUID message) {
    return ids("r.conversation = ? and r.card_message = ?", connection, conversation, message);
  }

  /// The rotations that keep the topic of this conversation.
  List<UUID> withTopic(ConnectionId connection, String conversation) {
    return ids("r.conversation = ? and t.topic", connection, conversation);
  }

  /// The rotations that fill this group.
  List<UUID> withGroup(ConnectionId connection, String group) {
    return ids("t.group_id = ?", connection, group);
  }

  private List<UUID> ids(String condition, ConnectionId connection, Object... parameters) {
    return jdbc.sql(
            "select r.id from rotation r left join rotation_telling t"
                + " on t.workspace_id = r.workspace_id and t.rotation_id = r.id"
                + " where r.connection_id = ? and r.deleted_at is null and "
                + condition)
        .param(connection.value())
        .params(parameters)
        .query((row, _) -> row.getObject("id", UUID.class))
        .list();
  }

  void refuse(UUID rotation, UUID message, String reason) {
    jdbc.sql(
            "insert into rotation_telling (workspace_id, rotation_id, problem, problem_message)"
                + " values (?, ?, ?, ?) on conflict (workspace_id, rotation_id) do update set"
                + " problem = excluded.problem, problem_message = excluded.problem_message")
        .param(workspaces.current().value())
        .param(rotation)
        .param(reason.length() > LONGEST_PROBLEM ? reason.substring(0, LONGEST_PROBLEM) : reason)
        .param(message)
        .update();
  }

  private static Telling toTelling(ResultSet row, int number) throws SQLException {
    Integer reminder = row.getObject("reminder_minutes", Integer.class);
    Integer day = row.getObject("look_ahead_day", Integer.class);
    @Nullable String group = row.getString("group_id");
    return new Telling(
        reminder == null ? null : Duration.ofMinutes(reminder),
        day == null
            ? null
            : new Telling.LookAhead(
                DayOfWeek.of(day), LocalTime.parse(row.getString("look_ahead_time"))),
        row.getBoolean("topic"),
        group == null ? null : new Telling.DutyGroup(group, row.getString("group_role")),
        new HandoffRules(
            List.of((String[]) row.getArray("checklist").getArray()),
            row.getBoolean("note_reminder"),
            Duration.ofMinutes(row.getInt("note_reminder_minutes")),
            Duration.ofMinutes(row.getInt("acknowledge_minutes")),
            // A word of a newer server lets nobody read more than by default.
            NoteReaders.of(row.getString("note_readers")).orElse(NoteReaders.NEXT)));
  }
}
