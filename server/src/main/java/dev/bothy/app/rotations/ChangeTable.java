package dev.bothy.app.rotations;

import dev.bothy.app.rotations.plan.Change;
import dev.bothy.app.rotations.plan.Participant;
import dev.bothy.app.rotations.plan.Span;
import dev.bothy.app.rotations.plan.Why;
import dev.bothy.platform.workspace.Workspaces;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// The rows of changes of plans. Called within a transaction of the workspace.
@Component
class ChangeTable {
  private static final String SELECT =
      "select id, rotation_id, kind, starts_at, ends_at, role, account_in, account_out, why,"
          + " made_at from plan_change";

  private final JdbcClient jdbc;
  private final Workspaces workspaces;

  ChangeTable(JdbcClient jdbc, Workspaces workspaces) {
    this.jdbc = jdbc;
    this.workspaces = workspaces;
  }

  /// Those of a rotation that end after an instant, in the order in which they were made.
  List<PlanChange> of(UUID rotation, Instant endingAfter) {
    return withShifts(
        jdbc.sql(SELECT + " where rotation_id = ? and ends_at > ? order by made_at, id")
            .params(rotation, utc(endingAfter))
            .query(ChangeTable::row)
            .list());
  }

  Optional<PlanChange> find(UUID rotation, UUID id) {
    return withShifts(
            jdbc.sql(SELECT + " where rotation_id = ? and id = ?")
                .params(rotation, id)
                .query(ChangeTable::row)
                .list())
        .stream()
        .findFirst();
  }

  void add(PlanChange planned) {
    Change change = planned.change();
    UUID workspace = workspaces.current().value();
    Row row = Row.of(planned);
    jdbc.sql(
            "insert into plan_change (workspace_id, id, rotation_id, kind, starts_at, ends_at, role,"
                + " account_in, account_out, why, made_at) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")
        .param(workspace)
        .param(row.id())
        .param(row.rotation())
        .param(row.kind())
        .param(utc(row.span().start()))
        .param(utc(row.span().end()))
        .param(row.role())
        .param(row.in())
        .param(row.out())
        .param(row.why())
        .param(utc(row.madeAt()))
        .update();
    if (change instanceof Change.Temporary temporary) {
      int number = 0;
      for (Change.TemporaryShift shift : temporary.shifts()) {
        jdbc.sql(
                "insert into temporary_shift (workspace_id, change_id, number, role, account,"
                    + " starts_at, ends_at) values (?, ?, ?, ?, ?, ?, ?)")
            .params(
                workspace,
                row.id(),
                number++,
                shift.role(),
                shift.person().account(),
                utc(shift.span().start()),
                utc(shift.span().end()))
            .update();
      }
    }
  }

  /// Takes a change back that has not begun.
  void delete(UUID id) {
    jdbc.sql("delete from plan_change where id = ?").param(id).update();
  }

  /// Ends a change that has begun.
  void endAt(UUID id, Instant at) {
    jdbc.sql("delete from temporary_shift where change_id = ? and starts_at >= ?")
        .params(id, utc(at))
        .update();
    jdbc.sql("update temporary_shift set ends_at = ? where change_id = ? and ends_at > ?")
        .params(utc(at), id, utc(at))
        .update();
    jdbc.sql("update plan_change set ends_at = ? where id = ?").params(utc(at), id).update();
  }

  private List<PlanChange> withShifts(List<Row> rows) {
    List<UUID> temporary =
        rows.stream().filter(row -> row.kind().equals("temporary")).map(Row::id).toList();
    Map<UUID, List<Change.TemporaryShift>> shifts = new HashMap<>();
    if (!temporary.isEmpty()) {
      jdbc.sql(
              "select change_id, role, account, starts_at, ends_at from temporary_shift"
                  + " where change_id = any (?) order by change_id, number")
          .param(temporary.toArray(UUID[]::new))
          .query(row -> {
            shifts
                .computeIfAbsent(row.getObject("change_id", UUID.class), _ -> new ArrayList<>())
                .add(
                    new Change.TemporaryShift(
                        span(row), row.getString("role"), person(row.getString("account"))));
          });
    }
    return rows.stream().map(row -> row.toChange(shifts)).toList();
  }

  private static Row row(ResultSet row, int number) throws SQLException {
    return new Row(
        row.getObject("id", UUID.class),
        row.getObject("rotation_id", UUID.class),
        row.getString("kind"),
        span(row),
        row.getString("role"),
        row.getString("account_in"),
        row.getString("account_out"),
        row.getString("why"),
        instant(row, "made_at"));
  }

  private static Span span(ResultSet row) throws SQLException {
    return new Span(instant(row, "starts_at"), instant(row, "ends_at"));
  }

  private static Instant instant(ResultSet row, String column) throws SQLException {
    return row.getObject(column, OffsetDateTime.class).toInstant();
  }

  private static Participant person(String account) {
    return new Participant(account);
  }

  private static OffsetDateTime utc(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }

  private record Row(
      UUID id,
      UUID rotation,
      String kind,
      Span span,
      @Nullable String role,
      @Nullable String in,
      @Nullable String out,
      @Nullable String why,
      Instant madeAt) {
    static Row of(PlanChange planned) {
      Change change = planned.change();
      return switch (change) {
        case Change.Set set -> row(planned, "set", set.role(), set.person().account(), null, null);
        case Change.Add add -> row(planned, "add", add.role(), add.person().account(), null, null);
        case Change.Remove remove ->
            row(planned, "remove", remove.role(), null, remove.person().account(), null);
        case Change.Replace replace ->
            row(
                planned,
                "replace",
                replace.role(),
                replace.in().account(),
                replace.out().account(),
                replace.why().name().toLowerCase(Locale.ROOT).replace('_', '-'));
        case Change.Temporary _ -> row(planned, "temporary", null, null, null, null);
      };
    }

    private static Row row(
        PlanChange planned,
        String kind,
        @Nullable String role,
        @Nullable String in,
        @Nullable String out,
        @Nullable String why) {
      return new Row(
          planned.change().id(),
          planned.rotation(),
          kind,
          planned.change().span(),
          role,
          in,
          out,
          why,
          planned.madeAt());
    }

    PlanChange toChange(Map<UUID, List<Change.TemporaryShift>> shifts) {
      return new PlanChange(
          rotation,
          switch (kind) {
            case "set" -> new Change.Set(id, span, text(role), person(text(in)));
            case "add" -> new Change.Add(id, span, text(role), person(text(in)));
            case "remove" -> new Change.Remove(id, span, role, person(text(out)));
            case "replace" ->
                new Change.Replace(
                    id,
                    span,
                    role,
                    person(text(out)),
                    person(text(in)),
                    Why.valueOf(text(why).toUpperCase(Locale.ROOT).replace('-', '_')));
            case "temporary" -> new Change.Temporary(id, span, shifts.getOrDefault(id, List.of()));
            default -> throw new IllegalStateException("No such kind of change: " + kind);
          },
          madeAt);
    }

    private String text(@Nullable String value) {
      if (value == null) {
        throw new IllegalStateException("Change " + id + " lacks what its kind has");
      }
      return value;
    }
  }
}
