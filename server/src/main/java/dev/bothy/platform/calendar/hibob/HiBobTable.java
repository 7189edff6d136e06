package dev.bothy.platform.calendar.hibob;

import dev.bothy.platform.calendar.hibob.HiBobConnection.Counts;
import dev.bothy.platform.calendar.hibob.HiBobConnection.State;
import dev.bothy.platform.kernel.ConnectionId;
import dev.bothy.platform.keys.Keys;
import dev.bothy.platform.keys.Purpose;
import dev.bothy.platform.keys.Sealed;
import dev.bothy.platform.workspace.Workspaces;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/// The tables of HiBob. Called within a transaction of the workspace.
@Component
class HiBobTable {
  static final Purpose CREDENTIALS = new Purpose(Purpose.PLATFORM, "calendar.hibob-credentials");

  private static final String SELECT =
      "select id, changes_until_at, compared_at, read_at, asked_at, failures, failing_since_at,"
          + " problem, matched, no_address, nobody, left_out, created_at from hibob_connection";

  private final JdbcClient jdbc;
  private final Workspaces workspaces;
  private final Keys keys;
  private final JsonMapper json;

  HiBobTable(JdbcClient jdbc, Workspaces workspaces, Keys keys, JsonMapper json) {
    this.jdbc = jdbc;
    this.workspaces = workspaces;
    this.keys = keys;
    this.json = json;
  }

  Optional<HiBobConnection> find() {
    return jdbc.sql(SELECT).query(HiBobTable::toConnection).optional();
  }

  /// The same, and nobody else changes it until the transaction has ended.
  Optional<HiBobConnection> lock() {
    return jdbc.sql(SELECT + " for update").query(HiBobTable::toConnection).optional();
  }

  /// @throws dev.bothy.platform.keys.CannotOpen if their key is gone
  Credentials credentials(UUID id) {
    byte[] sealed =
        jdbc.sql("select credentials from hibob_connection where id = ?")
            .param(id)
            .query(byte[].class)
            .single();
    return json.readValue(keys.open(CREDENTIALS, id, new Sealed(sealed)), Credentials.class);
  }

  void insert(UUID id, Credentials credentials, Instant now) {
    jdbc.sql(
            "insert into hibob_connection (workspace_id, id, credentials, created_at)"
                + " values (?, ?, ?, ?)")
        .param(workspaces.current().value())
        .param(id)
        .param(keys.seal(CREDENTIALS, id, json.writeValueAsBytes(credentials)).bytes())
        .param(utc(now))
        .update();
  }

  void setState(UUID id, State state) {
    jdbc.sql(
            "update hibob_connection set changes_until_at = ?, compared_at = ?, read_at = ?,"
                + " asked_at = ?, failures = ?, failing_since_at = ?, problem = ?, matched = ?,"
                + " no_address = ?, nobody = ?, left_out = ? where id = ?")
        .param(utcOrNull(state.changesUntil()))
        .param(utcOrNull(state.comparedAt()))
        .param(utcOrNull(state.readAt()))
        .param(utcOrNull(state.askedAt()))
        .param(state.failures())
        .param(utcOrNull(state.failingSince()))
        .param(state.problem())
        .param(state.counts().matched())
        .param(state.counts().noAddress())
        .param(state.counts().nobody())
        .param(state.counts().leftOut())
        .param(id)
        .update();
  }

  /// Whether people were told that it fails.
  boolean isTold(UUID id) {
    return jdbc.sql("select told_at is not null from hibob_connection where id = ?")
        .param(id)
        .query(Boolean.class)
        .optional()
        .orElse(false);
  }

  /// @param at null once it works again
  void setTold(UUID id, @Nullable Instant at) {
    jdbc.sql("update hibob_connection set told_at = ? where id = ?")
        .param(utcOrNull(at))
        .param(id)
        .update();
  }

  /// All is compared at the next time that HiBob is asked.
  void compareAnew(UUID id) {
    jdbc.sql("update hibob_connection set compared_at = null where id = ?").param(id).update();
  }

  void delete() {
    jdbc.sql("delete from hibob_connection").update();
    jdbc.sql("delete from hibob_match").update();
  }

  List<HiBobMatch> matches() {
    return jdbc.sql(
            "select connection_id, account, employee, by_hand from hibob_match"
                + " order by connection_id, account")
        .query((row, _) ->
            new HiBobMatch(
                new ConnectionId(row.getObject("connection_id", UUID.class)),
                row.getString("account"),
                row.getString("employee"),
                row.getBoolean("by_hand")))
        .list();
  }

  /// What an admin says takes the place of what was found; what is found does not replace anything.
  void put(HiBobMatch match, Instant now) {
    jdbc.sql(
            "insert into hibob_match (workspace_id, connection_id, account, employee, by_hand,"
                + " matched_at) values (?, ?, ?, ?, ?, ?) on conflict (workspace_id, connection_id,"
                + " account) do "
                + (match.byHand()
                    ? "update set employee = excluded.employee, by_hand = true, matched_at ="
                        + " excluded.matched_at"
                    : "nothing"))
        .param(workspaces.current().value())
        .param(match.connection().value())
        .param(match.account())
        .param(match.employee())
        .param(match.byHand())
        .param(utc(now))
        .update();
  }

  /// @return false if there was none
  boolean deleteMatch(ConnectionId connection, String account) {
    return jdbc.sql("delete from hibob_match where connection_id = ? and account = ?")
            .param(connection.value())
            .param(account)
            .update()
        > 0;
  }

  void deleteMatches(ConnectionId connection) {
    jdbc.sql("delete from hibob_match where connection_id = ?").param(connection.value()).update();
  }

  private static HiBobConnection toConnection(ResultSet row, int number) throws SQLException {
    return new HiBobConnection(
        row.getObject("id", UUID.class),
        new State(
            instant(row, "changes_until_at"),
            instant(row, "compared_at"),
            instant(row, "read_at"),
            instant(row, "asked_at"),
            row.getInt("failures"),
            instant(row, "failing_since_at"),
            row.getString("problem"),
            new Counts(
                row.getInt("matched"),
                row.getInt("no_address"),
                row.getInt("nobody"),
                row.getInt("left_out"))),
        row.getObject("created_at", OffsetDateTime.class).toInstant());
  }

  private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
    OffsetDateTime at = row.getObject(column, OffsetDateTime.class);
    return at == null ? null : at.toInstant();
  }

  private static OffsetDateTime utc(Instant time) {
    return time.atOffset(ZoneOffset.UTC);
  }

  private static @Nullable OffsetDateTime utcOrNull(@Nullable Instant time) {
    return time == null ? null : utc(time);
  }
}
