package dev.bothy.platform.chat;

import dev.bothy.platform.kernel.ConnectionId;
import dev.bothy.platform.workspace.Workspaces;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
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
  private final LookedUp lookedUp;
  private final Clock clock;

  Directory(JdbcClient jdbc, Workspaces workspaces, LookedUp lookedUp, Clock clock) {
    this.jdbc = jdbc;
    this.workspaces = workspaces;
    this.lookedUp = lookedUp;
    this.clock = clock;
  }

  /// The account, if the directory has it. Called within a transaction of the workspace.
  Optional<Account> find(ConnectionId connection, String account) {
    return jdbc.sql(
            "select account, name, zone, active, bot, network_updated_at from chat_account"
                + " where connection_id = ? and account = ?")
        .params(connection.value(), account)
        .query(Directory::toAccount)
        .optional();
  }

  /// Those of the accounts that the directory has, by id. Called within a transaction of the
  /// workspace.
  Map<String, Account> find(ConnectionId connection, Collection<String> accounts) {
    Map<String, Account> found = new HashMap<>();
    jdbc.sql(
            "select account, name, zone, active, bot, network_updated_at from chat_account"
                + " where connection_id = ? and account = any (?)")
        .params(connection.value(), accounts.toArray(String[]::new))
        .query(Directory::toAccount)
        .list()
        .forEach(account -> found.put(account.id(), account));
    return found;
  }

  /// The active accounts that the directory has, programs apart, by name. Called within a
  /// transaction of the workspace.
  List<Account> active(ConnectionId connection) {
    return jdbc.sql(
            "select account, name, zone, active, bot, network_updated_at from chat_account"
                + " where connection_id = ? and active and not bot order by name, account")
        .param(connection.value())
        .query(Directory::toAccount)
        .list();
  }

  /// Asks the network about the accounts whose last answer is too old; without a query when this
  /// process knows that none is. Called outside of any transaction. When it cannot be asked an old
  /// answer stays; without any the caller must try again.
  ///
  /// @throws UncheckedIOException when nothing is known of an account and the network cannot be
  ///   asked
  void refresh(ChatConnector connector, ChatConnection connection, Collection<String> accounts) {
    Instant oldest = clock.instant().minus(FRESH);
    List<String> unsure =
        accounts.stream()
            .filter(account -> !lookedUp.isAfter(oldest, connection.id(), account))
            .toList();
    if (unsure.isEmpty()) {
      return;
    }
    Map<String, Instant> known =
        workspaces.inWorkspace(connection.workspace(), () -> lookedUpAt(connection, unsure));
    for (String account : unsure) {
      Instant before = known.get(account);
      if (before != null && before.isAfter(oldest)) {
        lookedUp.note(connection.id(), account, before);
        continue;
      }
      try {
        Optional<Account> found = connector.lookUp(connection, account);
        workspaces.inWorkspace(connection.workspace(), () -> keep(connection, account, found));
      } catch (IOException e) {
        if (before == null) {
          throw new UncheckedIOException(e);
        }
        LOG.warn("{} would not tell of an account; the last answer stays", connection.network(), e);
      }
    }
  }

  private Map<String, Instant> lookedUpAt(ChatConnection connection, Collection<String> accounts) {
    Map<String, Instant> known = new HashMap<>();
    jdbc.sql(
            "select account, looked_up_at from chat_account"
                + " where connection_id = ? and account = any (?)")
        .params(connection.id().value(), accounts.toArray(String[]::new))
        .query(row -> {
          known.put(
              row.getString("account"),
              row.getObject("looked_up_at", OffsetDateTime.class).toInstant());
        });
    return known;
  }

  /// The active accounts that were not looked up since. Called within a transaction of the
  /// workspace.
  List<String> unheardOf(ConnectionId connection, Instant since, int most) {
    return jdbc.sql(
            "select account from chat_account where connection_id = ? and active"
                + " and looked_up_at < ? order by account limit ?")
        .params(connection.value(), since.atOffset(ZoneOffset.UTC), most)
        .query((row, number) -> row.getString("account"))
        .list();
  }

  /// Keeps what the network answered when it was asked. Called within a transaction of the
  /// workspace.
  ///
  /// @param found empty when the network knows no such account (networks forget deleted ones)
  void keep(ChatConnection connection, String account, Optional<Account> found) {
    Instant now = clock.instant();
    if (found.filter(Account::active).isEmpty()) {
      left(connection, account, found.map(Account::changedAt).orElse(null), now);
    } else if (!write(connection, found.get(), now)) {
      // A newer event overtook the answer; that it was asked counts all the same.
      jdbc.sql("update chat_account set looked_up_at = ? where connection_id = ? and account = ?")
          .params(now.atOffset(ZoneOffset.UTC), connection.id().value(), account)
          .update();
    }
    workspaces.afterCommit(() -> lookedUp.note(connection.id(), account, now));
  }

  /// Keeps what the network told without being asked, unless something newer is known. Called
  /// within a transaction of the workspace.
  void changed(ChatConnection connection, Account account) {
    Instant now = clock.instant();
    boolean known =
        account.active()
            ? write(connection, account, now)
            : left(connection, account.id(), account.changedAt(), now);
    if (known) {
      workspaces.afterCommit(() -> lookedUp.note(connection.id(), account.id(), now));
    }
  }

  /// Who has left keeps the name that is known here, for what refers to them, until its clock ends;
  /// that clock runs from the first word of it, however often the network repeats it. Of somebody
  /// unknown, such as one who was erased, nothing is kept.
  ///
  /// @return false when something newer is known, or nothing, and nothing was written
  private boolean left(
      ChatConnection connection, String account, @Nullable Instant changedAt, Instant now) {
    return jdbc.sql(
                "update chat_account set looked_up_at = case when active then :now else looked_up_at"
                    + " end, active = false, network_updated_at ="
                    + " coalesce(:changed::timestamptz, network_updated_at)"
                    + " where connection_id = :connection and account = :account"
                    + " and coalesce(network_updated_at <= :changed::timestamptz, true)")
            .param("now", now.atOffset(ZoneOffset.UTC))
            .param("changed", changedAt == null ? null : changedAt.atOffset(ZoneOffset.UTC))
            .param("connection", connection.id().value())
            .param("account", account)
            .update()
        > 0;
  }

  /// @return false when something newer is known, and nothing was written
  private boolean write(ChatConnection connection, Account account, Instant now) {
    Instant changedAt = account.changedAt();
    return jdbc.sql(
                "insert into chat_account (workspace_id, connection_id, account, name, zone,"
                    + " active, bot, looked_up_at, network_updated_at)"
                    + " values (?, ?, ?, ?, ?, ?, ?, ?, ?::timestamptz)"
                    + " on conflict (workspace_id, connection_id, account) do update set"
                    + " name = excluded.name, zone = excluded.zone, active = excluded.active,"
                    + " bot = excluded.bot, looked_up_at = excluded.looked_up_at,"
                    + " network_updated_at = excluded.network_updated_at"
                    + " where coalesce(chat_account.network_updated_at"
                    + " <= excluded.network_updated_at, true)")
            .param(connection.workspace().value())
            .param(connection.id().value())
            .param(account.id())
            .param(account.name())
            .param(account.zone().getId())
            .param(account.active())
            .param(account.bot())
            .param(now.atOffset(ZoneOffset.UTC))
            .param(changedAt == null ? null : changedAt.atOffset(ZoneOffset.UTC))
            .update()
        > 0;
  }

  private static Account toAccount(ResultSet row, int number) throws SQLException {
    OffsetDateTime changedAt = row.getObject("network_updated_at", OffsetDateTime.class);
    return new Account(
        row.getString("account"),
        row.getString("name"),
        ZoneId.of(row.getString("zone")),
        row.getBoolean("active"),
        row.getBoolean("bot"),
        changedAt == null ? null : changedAt.toInstant());
  }
}
