package dev.bothy.platform.chatlinks;

import dev.bothy.platform.kernel.ConnectionId;
import dev.bothy.platform.kernel.PersonId;
import dev.bothy.platform.privacy.AccountsOfPerson;
import dev.bothy.platform.privacy.ChatAccount;
import dev.bothy.platform.workspace.Workspaces;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// The rows of links. Called within a transaction of the workspace.
@Component
class ChatLinkTable implements AccountsOfPerson {
  private static final String SELECT =
      "select connection_id, account, person_id, linked_by, linked_at, ended_at from chat_link";

  private final JdbcClient jdbc;
  private final Workspaces workspaces;

  ChatLinkTable(JdbcClient jdbc, Workspaces workspaces) {
    this.jdbc = jdbc;
    this.workspaces = workspaces;
  }

  /// Lets nobody else link this person's accounts, nor end their links, until the transaction ends:
  /// a link that is made while the place ends would outlive it.
  void lock(PersonId person) {
    jdbc.sql("select pg_advisory_xact_lock(hashtextextended('chat_link ' || ?, 0))")
        .param(person.toString())
        .query(row -> {});
  }

  Optional<ChatLink> find(ConnectionId connection, String account) {
    return jdbc.sql(SELECT + " where connection_id = ? and account = ?")
        .params(connection.value(), account)
        .query(ChatLinkTable::toLink)
        .optional();
  }

  /// Whether an address may link the account: it is nobody's, and was not taken from anybody.
  boolean mayMatch(ConnectionId connection, String account) {
    return jdbc.sql(
            "select not exists (select from chat_link where connection_id = :connection and account"
                + " = :account) and not exists (select from chat_link_declined where connection_id"
                + " = :connection and account = :account)")
        .param("connection", connection.value())
        .param("account", account)
        .query(Boolean.class)
        .single();
  }

  /// Notes that its address is not to link the account.
  void decline(ConnectionId connection, String account, Instant now) {
    jdbc.sql(
            "insert into chat_link_declined (workspace_id, connection_id, account, declined_at)"
                + " values (?, ?, ?, ?) on conflict do nothing")
        .params(
            workspaces.current().value(), connection.value(), account, now.atOffset(ZoneOffset.UTC))
        .update();
  }

  /// Takes [#decline] back.
  void accept(ConnectionId connection, String account) {
    jdbc.sql("delete from chat_link_declined where connection_id = ? and account = ?")
        .params(connection.value(), account)
        .update();
  }

  List<ChatLink> of(PersonId person) {
    return jdbc.sql(SELECT + " where person_id = ? order by linked_at, connection_id, account")
        .param(person.value())
        .query(ChatLinkTable::toLink)
        .list();
  }

  @Override
  public List<ChatAccount> everyAccountOf(PersonId person) {
    return of(person).stream()
        .map(link -> new ChatAccount(link.linked().connection(), link.linked().account()))
        .toList();
  }

  List<ChatLink> all() {
    return jdbc.sql(SELECT).query(ChatLinkTable::toLink).list();
  }

  /// @return false when the account is linked already
  boolean insert(LinkedAccount linked, LinkedBy by, Instant now) {
    return jdbc.sql(
                "insert into chat_link (workspace_id, connection_id, account, person_id, linked_by,"
                    + " linked_at) values (?, ?, ?, ?, ?, ?)"
                    + " on conflict (workspace_id, connection_id, account) do nothing")
            .params(
                workspaces.current().value(),
                linked.connection().value(),
                linked.account(),
                linked.person().value(),
                by.name(),
                now.atOffset(ZoneOffset.UTC))
            .update()
        > 0;
  }

  /// @return what there was
  Optional<ChatLink> delete(ConnectionId connection, String account) {
    return jdbc.sql(
            "delete from chat_link where connection_id = ? and account = ?"
                + " returning connection_id, account, person_id, linked_by, linked_at, ended_at")
        .params(connection.value(), account)
        .query(ChatLinkTable::toLink)
        .optional();
  }

  /// @return the accounts whose link ended now
  List<LinkedAccount> end(PersonId person, Instant now) {
    return jdbc.sql(
            "update chat_link set ended_at = ? where person_id = ? and ended_at is null"
                + " returning connection_id, account, person_id")
        .params(now.atOffset(ZoneOffset.UTC), person.value())
        .query(ChatLinkTable::toLinked)
        .list();
  }

  /// @return the accounts whose link came back now
  List<LinkedAccount> giveBack(PersonId person) {
    return jdbc.sql(
            "update chat_link set ended_at = null where person_id = ? and ended_at is not null"
                + " returning connection_id, account, person_id")
        .param(person.value())
        .query(ChatLinkTable::toLinked)
        .list();
  }

  /// All that is known of the accounts of a connection.
  void delete(ConnectionId connection) {
    for (String table : List.of("chat_link_request", "chat_link_declined", "chat_link")) {
      jdbc.sql("delete from " + table + " where connection_id = ?")
          .param(connection.value())
          .update();
    }
  }

  /// @return the accounts that are linked no more
  List<LinkedAccount> delete(PersonId person) {
    return jdbc.sql(
            "delete from chat_link where person_id = ?"
                + " returning connection_id, account, person_id")
        .param(person.value())
        .query(ChatLinkTable::toLinked)
        .list();
  }

  private static LinkedAccount toLinked(ResultSet row, int number) throws SQLException {
    return new LinkedAccount(
        new ConnectionId(row.getObject("connection_id", UUID.class)),
        row.getString("account"),
        new PersonId(row.getObject("person_id", UUID.class)));
  }

  void move(PersonId from, PersonId into) {
    jdbc.sql("update chat_link set person_id = ? where person_id = ?")
        .params(into.value(), from.value())
        .update();
  }

  private static ChatLink toLink(ResultSet row, int number) throws SQLException {
    OffsetDateTime endedAt = row.getObject("ended_at", OffsetDateTime.class);
    return new ChatLink(
        toLinked(row, number),
        LinkedBy.valueOf(row.getString("linked_by")),
        row.getObject("linked_at", OffsetDateTime.class).toInstant(),
        endedAt == null ? null : endedAt.toInstant());
  }
}
