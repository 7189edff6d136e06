package dev.bothy.app.rotations;

import dev.bothy.app.rotations.Handoff.State;
import dev.bothy.app.rotations.plan.Participant;
import dev.bothy.platform.kernel.Ids;
import dev.bothy.platform.workspace.Workspaces;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// The hand-offs of each rotation. Called within a transaction of the workspace.
@Component
class HandoffTable {
  private final JdbcClient jdbc;
  private final Workspaces workspaces;
  private final Clock clock;

  HandoffTable(JdbcClient jdbc, Workspaces workspaces, Clock clock) {
    this.jdbc = jdbc;
    this.workspaces = workspaces;
    this.clock = clock;
  }

  Optional<Handoff> find(UUID id) {
    return jdbc.sql("select * from handoff where id = ?")
        .param(id)
        .query(HandoffTable::toHandoff)
        .optional();
  }

  /// Those of a role that are not handed over, the oldest first: one for each person at most.
  List<Handoff> open(UUID rotation, String role) {
    return jdbc.sql(
            "select * from handoff where rotation_id = ? and role = ? and state = 'open'"
                + " order by changed_at, id")
        .param(rotation)
        .param(role)
        .query(HandoffTable::toHandoff)
        .list();
  }

  Optional<Handoff> openOf(UUID rotation, String role, Participant from) {
    return open(rotation, role).stream().filter(each -> each.from().equals(from)).findFirst();
  }

  /// The one that somebody prepares; a new one where there is none.
  Handoff opened(UUID rotation, String role, Participant from, @Nullable UUID shift) {
    jdbc.sql(
            "insert into handoff (workspace_id, id, rotation_id, role, account, shift_id, state,"
                + " changed_at) values (?, ?, ?, ?, ?, ?, 'open', ?)"
                + " on conflict (workspace_id, rotation_id, role, account) where state = 'open'"
                + " do update set shift_id = coalesce(excluded.shift_id, handoff.shift_id)")
        .param(workspaces.current().value())
        .param(Ids.next(clock))
        .param(rotation)
        .param(role)
        .param(from.account())
        .param(shift)
        .param(now())
        .update();
    return openOf(rotation, role, from).orElseThrow();
  }

  /// The latest of a shift that was handed over.
  Optional<Handoff> handedOver(UUID shift) {
    return jdbc.sql(
            "select * from handoff where shift_id = ? and state <> 'open'"
                + " order by changed_at desc, id desc limit 1")
        .param(shift)
        .query(HandoffTable::toHandoff)
        .optional();
  }

  /// What somebody who has a role has taken over and not handed on, the latest first.
  List<Handoff> takenOver(UUID rotation, String role, Participant by) {
    return jdbc.sql(
            "select * from handoff where rotation_id = ? and role = ? and next_account = ?"
                + " and state in ('unanswered', 'waiting', 'acknowledged')"
                + " order by changed_at desc, id desc")
        .param(rotation)
        .param(role)
        .param(by.account())
        .query(HandoffTable::toHandoff)
        .list();
  }

  /// Those of a rotation that wait for somebody, the oldest first.
  List<Handoff> pending(UUID rotation) {
    return jdbc.sql(
            "select * from handoff where rotation_id = ? and state in ('unanswered', 'waiting')"
                + " order by changed_at, id")
        .param(rotation)
        .query(HandoffTable::toHandoff)
        .list();
  }

  /// Those that were handed over, the latest first.
  List<Handoff> latest(UUID rotation, int atMost) {
    return jdbc.sql(
            "select * from handoff where rotation_id = ? and state <> 'open'"
                + " order by changed_at desc, id desc limit ?")
        .param(rotation)
        .param(atMost)
        .query(HandoffTable::toHandoff)
        .list();
  }

  void tick(UUID id, Collection<String> ticked) {
    jdbc.sql("update handoff set ticked = ? where id = ?")
        .param(ticked.toArray(String[]::new))
        .param(id)
        .update();
  }

  /// It is with the next person; nobody was reminded of that yet.
  void handedOver(
      UUID id, State state, List<String> ticked, List<String> leftOpen, Participant to) {
    jdbc.sql(
            "update handoff set state = ?, ticked = ?, left_open = ?, next_account = ?,"
                + " changed_at = ?, reminder_message = null where id = ?")
        .param(state.stored())
        .param(ticked.toArray(String[]::new))
        .param(leftOpen.toArray(String[]::new))
        .param(to.account())
        .param(now())
        .param(id)
        .update();
  }

  /// The state of one that was handed over; nobody was reminded of it yet.
  void is(UUID id, State state) {
    jdbc.sql("update handoff set state = ?, changed_at = ?, reminder_message = null where id = ?")
        .param(state.stored())
        .param(now())
        .param(id)
        .update();
  }

  /// @param message null where it reminds of nothing any more
  void remindedBy(UUID id, @Nullable UUID message) {
    jdbc.sql("update handoff set reminder_message = ? where id = ?")
        .param(message)
        .param(id)
        .update();
  }

  void delete(UUID id) {
    jdbc.sql("delete from handoff where id = ?").param(id).update();
  }

  private OffsetDateTime now() {
    return clock.instant().atOffset(ZoneOffset.UTC);
  }

  private static Handoff toHandoff(ResultSet row, int number) throws SQLException {
    @Nullable String next = row.getString("next_account");
    return new Handoff(
        row.getObject("id", UUID.class),
        row.getObject("rotation_id", UUID.class),
        row.getString("role"),
        new Participant(row.getString("account")),
        row.getObject("shift_id", UUID.class),
        State.of(row.getString("state")),
        List.of((String[]) row.getArray("ticked").getArray()),
        List.of((String[]) row.getArray("left_open").getArray()),
        next == null ? null : new Participant(next),
        row.getTimestamp("changed_at").toInstant(),
        row.getObject("reminder_message", UUID.class));
  }
}
