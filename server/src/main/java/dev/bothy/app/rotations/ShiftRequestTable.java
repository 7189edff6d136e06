package dev.bothy.app.rotations;

import dev.bothy.app.rotations.plan.Participant;
import dev.bothy.app.rotations.plan.Span;
import dev.bothy.platform.kernel.ConnectionId;
import dev.bothy.platform.workspace.Workspaces;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// The rows of requests and of the answers to them. Called within a transaction of the workspace.
@Component
class ShiftRequestTable {
  private static final String SELECT =
      "select id, rotation_id, kind, role, account, asked_by, starts_at, ends_at, asked_at,"
          + " closes_at, state, taken_by, change_id, closed_at, closed_why, closed_by, message_id,"
          + " reminder_id from shift_request";

  private final JdbcClient jdbc;
  private final Workspaces workspaces;

  ShiftRequestTable(JdbcClient jdbc, Workspaces workspaces) {
    this.jdbc = jdbc;
    this.workspaces = workspaces;
  }

  /// What somebody said to a request without taking it.
  ///
  /// @param perhaps whether they may be able to; false when they cannot
  record Answered(Participant person, boolean perhaps) {}

  /// A request, which nobody else changes until the transaction ends.
  Optional<ShiftRequest> locked(UUID id) {
    return jdbc.sql(SELECT + " where id = ? for update")
        .param(id)
        .query(ShiftRequestTable::row)
        .optional();
  }

  Optional<ShiftRequest> find(UUID id) {
    return jdbc.sql(SELECT + " where id = ?").param(id).query(ShiftRequestTable::row).optional();
  }

  /// The one that asks, or reminds last, in a message of ours.
  Optional<ShiftRequest> ofMessage(UUID message) {
    return jdbc.sql(SELECT + " where message_id = ? or reminder_id = ?")
        .params(message, message)
        .query(ShiftRequestTable::row)
        .optional();
  }

  /// The one that became a change of the plan.
  Optional<ShiftRequest> ofChange(UUID change) {
    return jdbc.sql(SELECT + " where change_id = ?")
        .param(change)
        .query(ShiftRequestTable::row)
        .optional();
  }

  /// A rotation's that are open, or are taken and not over, in the order in which they were asked.
  List<ShiftRequest> living(UUID rotation, Instant now) {
    return jdbc.sql(
            SELECT
                + " where rotation_id = ? and (state = 'open' or state = 'taken' and ends_at > ?)"
                + " order by asked_at, id")
        .params(rotation, utc(now))
        .query(ShiftRequestTable::row)
        .list();
  }

  /// A rotation's that are in one of these states, those asked last first.
  List<ShiftRequest> of(UUID rotation, Collection<ShiftRequest.State> states, int atMost) {
    return jdbc.sql(
            SELECT
                + " where rotation_id = ? and state = any (?) order by asked_at desc, id desc"
                + " limit ?")
        .params(rotation, ids(states), atMost)
        .query(ShiftRequestTable::row)
        .list();
  }

  /// Those in one of these states that have to do with an account, of rotations that are not
  /// deleted, those asked last first.
  List<ShiftRequest> of(
      ConnectionId connection, String account, Collection<ShiftRequest.State> states, int atMost) {
    return jdbc.sql(
            SELECT
                + " where ? in (account, asked_by, taken_by) and state = any (?) and rotation_id in"
                + " (select r.id from rotation r where r.connection_id = ? and r.deleted_at is null)"
                + " order by asked_at desc, id desc limit ?")
        .params(account, ids(states), connection.value(), atMost)
        .query(ShiftRequestTable::row)
        .list();
  }

  private static String[] ids(Collection<ShiftRequest.State> states) {
    return states.stream().map(ShiftRequest.State::id).toArray(String[]::new);
  }

  void add(ShiftRequest request) {
    jdbc.sql(
            "insert into shift_request (workspace_id, id, rotation_id, kind, role, account, asked_by,"
                + " starts_at, ends_at, asked_at, closes_at, state, message_id)"
                + " values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")
        .param(workspaces.current().value())
        .param(request.id())
        .param(request.rotation())
        .param(request.kind().id())
        .param(request.role())
        .param(request.person().account())
        .param(request.askedBy().account())
        .param(utc(request.span().start()))
        .param(utc(request.span().end()))
        .param(utc(request.askedAt()))
        .param(utc(request.closesAt()))
        .param(request.state().id())
        .param(request.message())
        .update();
  }

  void taken(UUID id, Participant by, UUID change) {
    jdbc.sql("update shift_request set state = 'taken', taken_by = ?, change_id = ? where id = ?")
        .params(by.account(), change, id)
        .update();
  }

  /// Nobody has it any more, and it is open again.
  void reopen(UUID id) {
    jdbc.sql(
            "update shift_request set state = 'open', taken_by = null, change_id = null where id = ?")
        .param(id)
        .update();
  }

  /// Nobody has it, and nobody will.
  void close(UUID id, ShiftRequest.Closing closing) {
    Participant by = closing.by();
    jdbc.sql(
            "update shift_request set state = ?, taken_by = null, change_id = null, closed_at = ?,"
                + " closed_why = ?, closed_by = ? where id = ?")
        .param(closing.reason().state().id())
        .param(utc(closing.at()))
        .param(closing.reason().id())
        .param(by == null ? null : by.account())
        .param(id)
        .update();
  }

  void remindedBy(UUID id, UUID message) {
    jdbc.sql("update shift_request set reminder_id = ? where id = ?").params(message, id).update();
  }

  /// Notes an answer, in place of an earlier one of the same person.
  void answer(UUID request, Answered answer, Instant now) {
    jdbc.sql(
            "insert into shift_answer (workspace_id, request_id, account, answer, answered_at)"
                + " values (?, ?, ?, ?, ?) on conflict (workspace_id, request_id, account)"
                + " do update set answer = excluded.answer, answered_at = excluded.answered_at")
        .params(
            workspaces.current().value(),
            request,
            answer.person().account(),
            answer.perhaps() ? "perhaps" : "no",
            utc(now))
        .update();
  }

  /// The answers to a request, in the order in which they came.
  List<Answered> answers(UUID request) {
    return jdbc.sql(
            "select account, answer from shift_answer where request_id = ?"
                + " order by answered_at, account")
        .param(request)
        .query((row, _) ->
            new Answered(
                new Participant(row.getString("account")),
                row.getString("answer").equals("perhaps")))
        .list();
  }

  private static ShiftRequest row(ResultSet row, int number) throws SQLException {
    @Nullable String takenBy = row.getString("taken_by");
    return new ShiftRequest(
        row.getObject("id", UUID.class),
        row.getObject("rotation_id", UUID.class),
        ShiftRequest.Kind.valueOf(row.getString("kind").toUpperCase(Locale.ROOT)),
        row.getString("role"),
        new Participant(row.getString("account")),
        new Participant(row.getString("asked_by")),
        new Span(instant(row, "starts_at"), instant(row, "ends_at")),
        instant(row, "asked_at"),
        instant(row, "closes_at"),
        ShiftRequest.State.valueOf(
            row.getString("state").toUpperCase(Locale.ROOT).replace('-', '_')),
        takenBy == null ? null : new Participant(takenBy),
        row.getObject("change_id", UUID.class),
        closing(row),
        row.getObject("message_id", UUID.class),
        row.getObject("reminder_id", UUID.class));
  }

  private static ShiftRequest.@Nullable Closing closing(ResultSet row) throws SQLException {
    @Nullable String why = row.getString("closed_why");
    @Nullable String by = row.getString("closed_by");
    return why == null
        ? null
        : new ShiftRequest.Closing(
            instant(row, "closed_at"),
            ShiftRequest.Reason.valueOf(why.toUpperCase(Locale.ROOT)),
            by == null ? null : new Participant(by));
  }

  private static Instant instant(ResultSet row, String column) throws SQLException {
    return row.getObject(column, OffsetDateTime.class).toInstant();
  }

  private static OffsetDateTime utc(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }
}
