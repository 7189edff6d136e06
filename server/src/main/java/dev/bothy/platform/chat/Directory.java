package dev.bothy.platform.chat;

import dev.bothy.platform.kernel.ConnectionId;
import dev.bothy.platform.workspace.Workspaces;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// Who is behind each account, as the networks told: asked outside of transactions, read within.
@Component
class Directory {
  private static final Logger LOG = LoggerFactory.getLogger(Directory.class);

  /// How old an answer of the network may be.
  private static final Duration FRESH = Duration.ofHours(1);

  private final JdbcClient jdbc;
  private final Workspaces workspaces;
  private final Clock clock;

  Directory(JdbcClient jdbc, Workspaces workspaces, Clock clock) {
    this.jdbc = jdbc;
    this.workspaces = workspaces;
    this.clock = clock;
  }

  /// The account, if the directory has it. Called within a transaction of the workspace.
  Optional<Account> find(ConnectionId connection, String account) {
    return jdbc.sql(
            "select account, name, zone, active, bot from chat_account"
                + " where connection_id = ? and account = ?")
        .params(connection.value(), account)
        .query(Directory::toAccount)
        .optional();
  }

  /// The active accounts that the directory has, programs apart, by name. Called within a
  /// transaction of the workspace.
  List<Account> active(ConnectionId connection) {
    return jdbc.sql(
            "select account, name, zone, active, bot from chat_account"
                + " where connection_id = ? and active and not bot order by name, account")
        .param(connection.value())
        .query(Directory::toAccount)
        .list();
  }

  /// Asks the network about the accounts whose last answer is too old. When it cannot be asked an
  /// old answer stays; without any the caller must try again.
  ///
  /// @throws UncheckedIOException when nothing is known of an account and the network cannot be
  ///   asked
  void refresh(ChatConnector connector, ChatConnection connection, Collection<String> accounts) {
    Map<String, OffsetDateTime> known =
        workspaces.inWorkspace(connection.workspace(), () -> lookedUpAt(connection, accounts));
    OffsetDateTime oldest = clock.instant().minus(FRESH).atOffset(ZoneOffset.UTC);
    for (String account : accounts) {
      OffsetDateTime lookedUpAt = known.get(account);
      if (lookedUpAt != null && lookedUpAt.isAfter(oldest)) {
        continue;
      }
      try {
        Optional<Account> found = connector.lookUp(connection, account);
        workspaces.inWorkspace(connection.workspace(), () -> keep(connection, account, found));
      } catch (IOException e) {
        if (lookedUpAt == null) {
          throw new UncheckedIOException(e);
        }
        LOG.warn("{} would not tell of an account; the last answer stays", connection.network(), e);
      }
    }
  }

  private Map<String, OffsetDateTime> lookedUpAt(
      ChatConnection connection, Collection<String> accounts) {
    Map<String, OffsetDateTime> known = new HashMap<>();
    jdbc.sql(
            "select account, looked_up_at from chat_account"
                + " where connection_id = ? and account = any (?)")
        .params(connection.id().value(), accounts.toArray(String[]::new))
        .query(row -> {
          known.put(row.getString("account"), row.getObject("looked_up_at", OffsetDateTime.class));
        });
    return known;
  }

  /// Keeps what the network told. Called within a transaction of the workspace.
  ///
  /// @param found empty when the network knows no such account
  void keep(ChatConnection connection, String account, Optional<Account> found) {
    if (found.isEmpty()) {
      // Networks forget deleted accounts; what refers to one still needs its name.
      jdbc.sql(
              "update chat_account set active = false, looked_up_at = ?"
                  + " where connection_id = ? and account = ?")
          .params(clock.instant().atOffset(ZoneOffset.UTC), connection.id().value(), account)
          .update();
      return;
    }
    Account answer = found.get();
    jdbc.sql(
            "insert into chat_account (workspace_id, connection_id, account, name, zone, active,"
                + " bot, looked_up_at) values (?, ?, ?, ?, ?, ?, ?, ?)"
                + " on conflict (workspace_id, connection_id, account) do update set"
                + " name = excluded.name, zone = excluded.zone, active = excluded.active,"
                + " bot = excluded.bot, looked_up_at = excluded.looked_up_at")
        .params(
            connection.workspace().value(),
            connection.id().value(),
            account,
            answer.name(),
            answer.zone().getId(),
            answer.active(),
            answer.bot(),
            clock.instant().atOffset(ZoneOffset.UTC))
        .update();
  }

  private static Account toAccount(ResultSet row, int number) throws SQLException {
    return new Account(
        row.getString("account"),
        row.getString("name"),
        ZoneId.of(row.getString("zone")),
        row.getBoolean("active"),
        row.getBoolean("bot"));
  }
}
