package dev.bothy.app.rotations;

import dev.bothy.app.rotations.plan.Participant;
import dev.bothy.platform.kernel.PersonId;
import dev.bothy.platform.workspace.Workspaces;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// The rows of departures. Called within a transaction of the workspace.
@Component
class DepartureTable {
  private static final String SELECT =
      "select rotation_id, layer_id, account, place, left_at from rotation_departure";

  private final JdbcClient jdbc;
  private final Workspaces workspaces;

  DepartureTable(JdbcClient jdbc, Workspaces workspaces) {
    this.jdbc = jdbc;
    this.workspaces = workspaces;
  }

  void add(
      UUID rotation, UUID layer, PersonId person, Participant participant, int place, Instant now) {
    jdbc.sql(
            "insert into rotation_departure (workspace_id, rotation_id, layer_id, account, person_id, place,"
                + " left_at) values (?, ?, ?, ?, ?, ?, ?)"
                + " on conflict (workspace_id, rotation_id, layer_id, account) do update set"
                + " person_id = excluded.person_id, place = excluded.place,"
                + " left_at = excluded.left_at")
        .params(
            workspaces.current().value(),
            rotation,
            layer,
            participant.account(),
            person.value(),
            place,
            now.atOffset(ZoneOffset.UTC))
        .update();
  }

  /// Those of one rotation, who left first comes first.
  List<Departure> of(UUID rotation) {
    return jdbc.sql(SELECT + " where rotation_id = ? order by left_at, account")
        .param(rotation)
        .query(DepartureTable::toDeparture)
        .list();
  }

  /// Those of one person, which are there no more.
  List<Departure> take(PersonId person) {
    List<Departure> departures =
        jdbc.sql(SELECT + " where person_id = ? order by rotation_id, account for update")
            .param(person.value())
            .query(DepartureTable::toDeparture)
            .list();
    delete(person);
    return departures;
  }

  void move(PersonId from, PersonId into) {
    jdbc.sql("update rotation_departure set person_id = ? where person_id = ?")
        .params(into.value(), from.value())
        .update();
  }

  void delete(PersonId person) {
    jdbc.sql("delete from rotation_departure where person_id = ?").param(person.value()).update();
  }

  private static Departure toDeparture(ResultSet row, int number) throws SQLException {
    return new Departure(
        row.getObject("rotation_id", UUID.class),
        row.getObject("layer_id", UUID.class),
        new Participant(row.getString("account")),
        row.getInt("place"),
        row.getObject("left_at", OffsetDateTime.class).toInstant());
  }
}
