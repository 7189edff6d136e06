package dev.bothy.platform.retention;

import dev.bothy.platform.privacy.Change;
import dev.bothy.platform.privacy.Expiry;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import org.springframework.jdbc.core.simple.JdbcClient;

/// Some rows whose time is over, and what is done with them: one statement.
///
/// @param rows how many they were
/// @param last when the time of the youngest of them began; the next batch begins there, past the
///   places where rows have just gone
record Batch(int rows, Instant last) {
  /// Few enough that nobody waits for long behind them, many enough to pay for a transaction.
  static final int MOST = 1_000;

  /// @param from when the time of its rows began at the earliest
  /// @param until before when
  static Batch of(JdbcClient jdbc, DueRows.Rule rule, Instant from, Instant until) {
    return jdbc.sql(statement(rule))
        .param("from", from.atOffset(ZoneOffset.UTC))
        .param("until", until.atOffset(ZoneOffset.UTC))
        .param("most", MOST)
        .query((row, _) -> {
          OffsetDateTime last = row.getObject("last", OffsetDateTime.class);
          return new Batch(row.getInt("rows"), last == null ? from : last.toInstant());
        })
        .single();
  }

  /// A row that somebody has locked is in use and left for the next night. Places of rows, not
  /// keys: they lead there at once, whatever the table's key is.
  static String statement(DueRows.Rule rule) {
    Expiry expiry = rule.expiry();
    String change =
        switch (expiry.change()) {
          case Change.Delete _ -> "delete from " + rule.table().table();
          case Change.Assign(String assignments) ->
              "update " + rule.table().table() + " set " + assignments;
        };
    return "with picked as materialized (select ctid as place, %s as since from %s and %s >= :from order by %s limit :most for update skip locked), changed as (%s where ctid = any (array(select place from picked))) select count(*) as rows, max(since) as last from picked"
        .formatted(expiry.since(), rule.rows(":until"), expiry.since(), expiry.since(), change);
  }
}
