package dev.bothy.platform.retention;

import dev.bothy.platform.privacy.Expiry;
import dev.bothy.platform.privacy.Held;
import dev.bothy.platform.privacy.HeldTable;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// Finds rows whose time is over, in one statement for all tables. Called within a transaction of a
/// workspace, for its tables, or of the installation, for those that carry no workspace.
@Component
class DueRows {
  private final Held held;
  private final JdbcClient jdbc;

  DueRows(Held held, JdbcClient jdbc) {
    this.held = held;
    this.jdbc = jdbc;
  }

  /// Rules of the tables of the workspaces.
  List<Rule> ofWorkspaces() {
    return rules(false);
  }

  /// Rules of the tables of the installation.
  List<Rule> ofInstallation() {
    return rules(true);
  }

  /// When rows of a table go.
  record Rule(HeldTable table, Expiry expiry) {
    /// How long rows are kept by it.
    Duration kept(List<ClockSetting> settings) {
      return switch (expiry.after()) {
        case Expiry.After.Always(Duration duration) -> duration;
        case Expiry.After.OfClock(var clock) -> settings.get(clock.ordinal()).kept();
      };
    }

    /// Since when a row is overdue whose time began then: not before somebody chose the clock.
    Instant overdue(Instant since, List<ClockSetting> settings) {
      Instant over = since.plus(kept(settings));
      return switch (expiry.after()) {
        case Expiry.After.Always _ -> over;
        case Expiry.After.OfClock(var clock) -> {
          Instant changed = settings.get(clock.ordinal()).changedAt();
          yield changed != null && changed.isAfter(over) ? changed : over;
        }
      };
    }

    /// Its rows in SQL, in which `:until` is the time before which theirs began.
    String rows(String until) {
      String old = expiry.since() + " < " + until;
      String only = expiry.only();
      return table.table() + " where " + old + (only == null ? "" : " and (" + only + ")");
    }
  }

  private List<Rule> rules(boolean installation) {
    return held.tables()
        .filter(table -> table.installation() == installation)
        .flatMap(table -> table.expiries().stream().map(expiry -> new Rule(table, expiry)))
        .toList();
  }

  /// What is due at this time, by these rules.
  ///
  /// @param most how many rows of each rule are counted
  List<Due> find(List<Rule> rules, List<ClockSetting> settings, Instant at, int most) {
    if (rules.isEmpty()) {
      return List.of();
    }
    List<String> parts = new ArrayList<>();
    for (int number = 0; number < rules.size(); number++) {
      Rule rule = rules.get(number);
      parts.add(
          "select %d as rule, count(*) as found, min(since) as oldest from (select %s as since from %s order by %s limit :most) of_%d"
              .formatted(
                  number,
                  rule.expiry().since(),
                  rule.rows(":until" + number),
                  rule.expiry().since(),
                  number));
    }
    JdbcClient.StatementSpec asked =
        jdbc.sql(String.join(" union all ", parts)).param("most", most + 1);
    for (int number = 0; number < rules.size(); number++) {
      asked =
          asked.param(
              "until" + number,
              at.minus(rules.get(number).kept(settings)).atOffset(ZoneOffset.UTC));
    }
    List<Due> due = new ArrayList<>();
    asked.query(row -> {
      long found = row.getLong("found");
      if (found > 0) {
        Rule rule = rules.get(row.getInt("rule"));
        Instant oldest = row.getObject("oldest", OffsetDateTime.class).toInstant();
        due.add(
            new Due(
                rule.table(),
                rule.expiry(),
                Math.min(found, most),
                found > most,
                oldest,
                rule.overdue(oldest, settings)));
      }
    });
    return due;
  }
}
