package dev.bothy.bench;

import dev.bothy.BothyServer;
import dev.bothy.platform.kernel.WorkspaceId;
import dev.bothy.testkit.RotationRows;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/// A server in this process, with workspaces in which a rotation has been served for years.
final class PrivacyServer implements AutoCloseable {
  private final BenchDatabase database;
  private final ConfigurableApplicationContext server;

  /// @param folder is emptied first
  PrivacyServer(Path folder) throws Exception {
    database = BenchDatabase.start(folder);
    List<String> settings = new ArrayList<>(database.settings(BenchDatabase.NAME));
    settings.addAll(
        List.of(
            "server.port=0",
            "server.address=127.0.0.1",
            "logging.level.root=warn",
            "bothy.installation.mode=embedded",
            "bothy.sign-on.issuer=http://127.0.0.1:1/realms/bothy",
            "bothy.egress.region=test",
            "bothy.egress.on-premises-hosts=http://127.0.0.1:*",
            "bothy.privacy.ledger=" + folder.resolve("ledger"),
            "bothy.keys.local-file=" + folder.resolve("key")));
    server =
        new SpringApplicationBuilder(BothyServer.class)
            .run(settings.stream().map(setting -> "--" + setting).toArray(String[]::new));
  }

  <T> T bean(Class<T> type) {
    return server.getBean(type);
  }

  BenchDatabase database() {
    return database;
  }

  UUID rotation(WorkspaceId workspace, UUID connection) throws SQLException {
    UUID rotation = UUID.randomUUID();
    database.execute(
        RotationRows.ROTATION
            .replace("?, ?, 0, ?, ?", "'%s', '%s', 0, 'Desk', '%s'")
            .formatted(workspace, rotation, connection));
    return rotation;
  }

  /// One shift every ten seconds until now: no clock ends any of them.
  ///
  /// @param account whose, as an expression of `n`, 1 to `rows`
  void shifts(WorkspaceId workspace, UUID rotation, int rows, String account) throws SQLException {
    database.execute(
        ("insert into shift (workspace_id, id, rotation_id, account, starts_at, ends_at, ended_at, "
                + RotationRows.SHIFT_COLUMNS
                + ") select '%s', uuidv7(at - now()), '%s', %s, at, at, at, "
                + RotationRows.shiftValues("at")
                + " from (select n, now() - n * interval '10 seconds' as at from"
                + " generate_series(1, %d) n) old")
            .formatted(workspace, rotation, account, rows),
        "analyze shift",
        "checkpoint");
  }

  @Override
  public void close() throws Exception {
    server.close();
    database.close();
  }
}
