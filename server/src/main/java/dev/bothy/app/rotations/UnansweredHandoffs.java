package dev.bothy.app.rotations;

import dev.bothy.app.rotations.plan.Participant;
import dev.bothy.platform.chat.RichText;
import dev.bothy.platform.kernel.ConnectionId;
import dev.bothy.platform.kernel.WorkspaceId;
import dev.bothy.platform.workspace.Workspaces;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;

/// The hand-offs that wait for somebody longer than their rotation would have them: nobody wrote
/// the note, or nobody acknowledged it.
@Service
public class UnansweredHandoffs {
  private static final RichText EMPTY = new RichText(List.of());

  private final JdbcClient jdbc;
  private final Owners owners;
  private final RotationPeople people;
  private final Workspaces workspaces;
  private final Clock clock;

  UnansweredHandoffs(
      JdbcClient jdbc, Owners owners, RotationPeople people, Workspaces workspaces, Clock clock) {
    this.jdbc = jdbc;
    this.owners = owners;
    this.people = people;
    this.workspaces = workspaces;
    this.clock = clock;
  }

  /// One of them.
  ///
  /// @param name the rotation's
  /// @param from the name of who handed over
  /// @param to the name of who took over
  /// @param noteMissing whether the note is missing; else it is the acknowledgement
  public record Unanswered(
      UUID rotation, String name, String from, String to, Instant since, boolean noteMissing) {
    /// In words, without the rotation.
    public String words() {
      return noteMissing
          ? from + " left no note for " + to
          : to + " has not acknowledged what " + from + " handed over";
    }
  }

  /// Those of the workspace, the oldest first.
  public List<Unanswered> all(WorkspaceId workspace) {
    return workspaces.inWorkspace(workspace, () -> of(null));
  }

  /// Those of a connection in words, for an owner's own page there; nothing for anybody else.
  /// Called within a transaction of the workspace.
  RichText forOwner(ConnectionId connection, String account) {
    RichText text = EMPTY;
    if (!owners.accounts(connection).contains(account)) {
      return text;
    }
    List<Unanswered> all = of(connection);
    if (!all.isEmpty()) {
      text = text.bold("Hand-offs that wait");
    }
    for (Unanswered each : all) {
      text = text.plain("\n• ").bold(each.name()).plain(": " + each.words());
    }
    return text;
  }

  private List<Unanswered> of(@Nullable ConnectionId connection) {
    return jdbc.sql(
            """
            select r.id, r.name, r.connection_id, h.account, h.next_account, h.changed_at, h.state
            from handoff h
            join rotation r on r.workspace_id = h.workspace_id and r.id = h.rotation_id
            join rotation_telling t on t.workspace_id = h.workspace_id and t.rotation_id = h.rotation_id
            where r.deleted_at is null and not r.paused and t.note_reminder
              and (cast(? as uuid) is null or r.connection_id = ?)
              and (h.state = 'unanswered' or h.state = 'waiting' and t.acknowledge_minutes > 0
                and h.changed_at <= cast(? as timestamptz) - make_interval(mins => t.acknowledge_minutes))
            order by h.changed_at, h.id
            """)
        .param(connection == null ? null : connection.value())
        .param(connection == null ? null : connection.value())
        .param(clock.instant().atOffset(ZoneOffset.UTC))
        .query(this::toUnanswered)
        .list();
  }

  private Unanswered toUnanswered(ResultSet row, int number) throws SQLException {
    ConnectionId connection = new ConnectionId(row.getObject("connection_id", UUID.class));
    return new Unanswered(
        row.getObject("id", UUID.class),
        row.getString("name"),
        people.names(connection).apply(new Participant(row.getString("account"))),
        people.names(connection).apply(new Participant(row.getString("next_account"))),
        row.getTimestamp("changed_at").toInstant(),
        row.getString("state").equals("unanswered"));
  }
}
