package dev.bothy.bench;

import dev.bothy.platform.kernel.WorkspaceId;
import dev.bothy.testkit.RotationRows;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// Fills a database with what years of use leave: what was sealed is as random as ciphertext, ids
/// begin with their time, and every index is there.
final class BackupRows {
  /// How many rows of messages one step adds; each has its part in every table.
  private static final int STEP = 100_000;

  /// Of tables with their larger values, without indexes.
  private static final String BYTES =
      "select sum(pg_table_size(c.oid)) from pg_class c"
          + " where c.relnamespace = 'bothy'::regnamespace and c.relkind = 'r'";

  private static final String INDEX_BYTES =
      "select sum(pg_indexes_size(c.oid)) from pg_class c"
          + " where c.relnamespace = 'bothy'::regnamespace and c.relkind = 'r'";

  private final BenchDatabase database;
  private final WorkspaceId workspace;
  private long step;

  BackupRows(BenchDatabase database, WorkspaceId workspace) {
    this.database = database;
    this.workspace = workspace;
  }

  /// Adds rows until tables have this many gigabytes, of 10⁹ bytes.
  ///
  /// @return the bytes that they have
  long fill(double gigabytes) throws SQLException {
    System.err.printf("Making %s GB of rows.%n", Series.number(gigabytes));
    if (step == 0) {
      database.execute(
          RotationRows.ROTATION
              .replace("?, ?, 0, ?, ?", "'%1$s', '%1$s', 0, 'Desk', '%1$s'")
              .formatted(workspace));
    }
    while (database.number(BYTES) < gigabytes * 1e9) {
      for (String insert : INSERTS) {
        database.execute(insert(insert));
      }
      step++;
    }
    database.execute("vacuum analyze", "checkpoint");
    long bytes = database.number(BYTES);
    System.err.printf(
        "%s GB of rows, %s GB of indexes%n",
        Series.number(bytes / 1e9), Series.number(database.number(INDEX_BYTES) / 1e9));
    return bytes;
  }

  /// Each is for the numbers `n` of a step. `:at` is when row `n` came, `:id` begins with that.
  private static final List<String> INSERTS =
      List.of(
          """
          insert into sandbox_message (workspace_id, id, connection_id, conversation, author,
              content, sequence, version, created_at)
            select :workspace, :id, :workspace, 'C' || n % 200, 'U' || n % 500,
              substr(:random, 1, 120 + (n * 7919 % 500)::int), n, 0, :at from :numbers
          """,
          """
          insert into audit_entry (workspace_id, id, occurred_at, actor_kind, actor, action,
              subject_kind, subject_id, details, via, address, address_salt, address_digest)
            select :workspace, :id, :at, 'person', md5('actor ' || n % 500)::uuid::text,
              (array['member.change', 'rotation.change', 'token.use', 'session.begin'])[1 + n % 4],
              'rotation', md5('subject ' || n)::uuid::text,
              jsonb_build_object('field', 'name', 'before', 'Desk ' || n % 90, 'after',
                'Desk ' || n % 70, 'request', md5('request ' || n)),
              'console', '203.0.113.' || n % 250, substr(sha256(('salt ' || n)::bytea), 1, 16),
              sha256(('digest ' || n)::bytea)
            from :numbers where n % 100 < 60
          """,
          // Some of these are so large that PostgreSQL keeps them beside the table.
          """
          insert into inbox_item (workspace_id, id, source, delivery_id, kind, lane, state, payload,
              received_at, settled_at)
            select :workspace, :id, :workspace, 'Ev' || md5('delivery ' || n), 'slack',
              'C' || n % 200, 'dead', substr(:random || :random || :random || :random, 1,
                300 + (n * 7919 % 2300)::int), :at, :at
            from :numbers where n % 100 < 20
          """,
          """
          insert into outbox_item (workspace_id, id, target, kind, lane, state, external_id,
              payload, added_at, settled_at, attempted_at)
            select :workspace, :id, :workspace, 'slack.message', 'C' || n % 200, 'sent',
              '1795.' || n, case when n % 3 = 0 then :random end, :at, :at, :at
            from :numbers where n % 100 < 40
          """,
          """
          insert into shift (workspace_id, id, rotation_id, account, starts_at, ends_at, ended_at,
              role, turn_at, why, missed, version)
            select :workspace, :id, :workspace, 'U' || n % 500, :at, :at, :at, 'Primary', :at,
              'turn', false, 0
            from :numbers where n % 100 < 50
          """);

  /// 640 bytes that nobody could guess from those before.
  private static final String RANDOM =
      IntStream.range(0, 10)
          .mapToObj(part -> "sha512((random() || ' ' || n)::bytea)")
          .collect(Collectors.joining(" || ", "(", ")"));

  private String insert(String template) {
    return template
        .replace(":random", RANDOM)
        .replace(":id", "uuidv7(:at - now())")
        .replace(":at", "(timestamptz '2026-11-01' - n * interval '7 seconds')")
        .replace(":workspace", "'" + workspace + "'::uuid")
        .replace(
            ":numbers",
            "generate_series(%d::bigint, %d::bigint) n"
                .formatted(step * STEP, (step + 1) * STEP - 1));
  }
}
