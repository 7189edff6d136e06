package dev.bothy.app.rotations;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bothy.platform.workspace.ModuleMigrations;
import dev.bothy.testkit.TestDatabase;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.SortedMap;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// What the migration to layers makes of rotations that were there before it.
@Tag("real")
class LayersMigrationTest {
  @Test
  void aRotationBecomesOneWithASingleLayerAndItsHistoryStays() throws SQLException {
    TestDatabase database = TestDatabase.create();
    Flyway flyway =
        Flyway.configure()
            .dataSource(database.url(), "bothy_migrate", TestDatabase.PASSWORD)
            .defaultSchema("bothy")
            .createSchemas(false)
            .load();
    SortedMap<String, String> versions = ModuleMigrations.newest();
    versions.put("rotations", "7");
    ModuleMigrations.migrateTo(flyway, versions);
    run(
        database,
        """
        insert into bothy.rotation (workspace_id, id, version, name, connection_id, conversation,
            cadence, weekdays, every, unit, first_day, handoff_time, zone, paused, turn_place,
            turn_account, shift_id, next_handoff_at, direct_message, direct_account, created_at)
          values ('00000000-0000-7000-8000-000000000001', '00000000-0000-7000-8000-000000000002', 3,
            'Desk', '00000000-0000-7000-8000-000000000003', 'C1', 'weekly', 17, 0, '', '2026-01-05',
            '09:00', 'Europe/Berlin', false, 1, 'grace', '00000000-0000-7000-8000-000000000005',
            '2026-03-06T08:00Z', '00000000-0000-7000-8000-000000000006', 'grace', '2026-01-01T08:00Z');
        insert into bothy.rotation_participant (workspace_id, rotation_id, place, account)
          values ('00000000-0000-7000-8000-000000000001', '00000000-0000-7000-8000-000000000002', 0, 'ada'),
            ('00000000-0000-7000-8000-000000000001', '00000000-0000-7000-8000-000000000002', 1, 'grace');
        insert into bothy.shift (workspace_id, id, rotation_id, account, starts_at, ends_at, ended_at,
            missed, version)
          values ('00000000-0000-7000-8000-000000000001', '00000000-0000-7000-8000-000000000004',
            '00000000-0000-7000-8000-000000000002', null, '2026-02-27T08:00Z', '2026-03-02T08:00Z',
            '2026-03-02T08:00Z', false, 1),
           ('00000000-0000-7000-8000-000000000001', '00000000-0000-7000-8000-000000000005',
            '00000000-0000-7000-8000-000000000002', 'grace', '2026-03-02T08:00Z', '2026-03-06T08:00Z',
            null, false, 0);
        """);

    ModuleMigrations.migrateTo(flyway, ModuleMigrations.newest());

    assertThat(
            one(
                database,
                """
                select concat_ws(' ', l.role, l.cadence, l.weekdays, l.first_day, l.handoff_time, l.zone,
                  l.active_days, l.turn_order, l.absence_mode, l.turn_started_at at time zone 'UTC',
                  l.turn_place, l.turn_account, r.settled_at at time zone 'UTC', r.waiting)
                from bothy.rotation r join bothy.rotation_layer l on l.rotation_id = r.id
                """))
        .isEqualTo(
            "Primary weekly 17 2026-01-05 09:00:00 Europe/Berlin 127 queue skip 2026-03-02 08:00:00 1"
                + " grace 2026-03-02 08:00:00 f");
    assertThat(
            one(
                database,
                """
                select string_agg(concat_ws(' ', place, account, owed, served_seconds,
                  layer_id = rotation_id), ', ' order by place) from bothy.rotation_participant
                """))
        .isEqualTo("0 ada 0 0 t, 1 grace 0 0 t");
    assertThat(
            one(
                database,
                """
                select string_agg(concat_ws(' ', role, account, why, turn_at = starts_at,
                  direct_message is not null), ', ' order by starts_at) from bothy.shift
                """))
        .isEqualTo("Primary nobody t f, Primary grace turn t t");
  }

  private static void run(TestDatabase database, String sql) throws SQLException {
    try (Connection connection = database.connect("postgres");
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static String one(TestDatabase database, String query) throws SQLException {
    try (Connection connection = database.connect("postgres");
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(query)) {
      row.next();
      return String.valueOf(row.getString(1));
    }
  }
}
