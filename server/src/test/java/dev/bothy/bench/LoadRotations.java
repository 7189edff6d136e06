package dev.bothy.bench;

import dev.bothy.platform.chat.slack.FakeSlack;
import dev.bothy.platform.chat.slack.SlackCall;
import dev.bothy.platform.chat.slack.SlackRequests;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/// Commands that each make a rotation of a name that no other has, also not in another run on the
/// same database, and what became of them.
final class LoadRotations {
  /// Longer than the longest pause between two attempts (`bothy.work.longest-retry`): what is not
  /// there then is lost, and not only late.
  private static final Duration PATIENCE = Duration.ofMinutes(8);

  private static final Duration POLL = Duration.ofMillis(500);

  private final SlackScene scene;
  private final FakeSlack slack;
  private final String prefix;

  LoadRotations(Clock clock, SlackScene scene, FakeSlack slack) {
    this.scene = scene;
    this.slack = slack;
    this.prefix = "Load-" + Long.toString(clock.instant().getEpochSecond(), 36) + "-";
  }

  SlackRequests.Request delivery(int number) {
    return request(prefix, number);
  }

  /// One that [#awaitEffects] does not look for.
  SlackRequests.Request warmUp(int number) {
    return request("Warm-" + prefix, number);
  }

  private SlackRequests.Request request(String beginning, int number) {
    List<String> channels = scene.channels();
    return scene.newRotation(
        channels.get(number % channels.size()), beginning + "%06d".formatted(number));
  }

  /// Waits until all of these have their effect and no work is left, or [#PATIENCE] is over.
  ///
  /// @param database its JDBC address
  /// @return the number of a delivery for each time that it was carried out
  List<Integer> awaitEffects(String database, String migratePassword, Collection<Integer> expected)
      throws SQLException, InterruptedException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    List<Integer> effects;
    try (Connection connection =
        DriverManager.getConnection(database, "bothy_migrate", migratePassword)) {
      effects = made(connection);
      while (!(effects.containsAll(expected) && left(connection) == 0) && System.nanoTime() < end) {
        Thread.sleep(POLL);
        effects = made(connection);
      }
    }
    effects.addAll(refused());
    return effects;
  }

  private List<Integer> made(Connection connection) throws SQLException {
    try (PreparedStatement query =
        connection.prepareStatement("select name from bothy.rotation where name like ?")) {
      query.setString(1, prefix + "%");
      List<Integer> numbers = new ArrayList<>();
      try (ResultSet rows = query.executeQuery()) {
        while (rows.next()) {
          numbers.add(number(rows.getString(1)));
        }
      }
      return numbers;
    }
  }

  private long left(Connection connection) throws SQLException {
    try (PreparedStatement query =
        connection.prepareStatement(
            "select (select count(*) from bothy.inbox_item"
                + " where workspace_id = ? and state = 'waiting')"
                + " + (select count(*) from bothy.outbox_item"
                + " where workspace_id = ? and state in ('waiting', 'sending'))")) {
      query.setObject(1, scene.workspace().value());
      query.setObject(2, scene.workspace().value());
      try (ResultSet rows = query.executeQuery()) {
        rows.next();
        return rows.getLong(1);
      }
    }
  }

  /// Whoever asks for a rotation a second time is told that there is one of this name. Rows cannot
  /// tell: a name is there once.
  private Set<Integer> refused() {
    Pattern name = Pattern.compile("(?<!Warm-)" + Pattern.quote(prefix) + "\\d{6}");
    Set<Integer> numbers = new TreeSet<>();
    for (SlackCall call : slack.calls()) {
      if (call.method().equals("response_url") || call.method().equals("chat.postEphemeral")) {
        name.matcher(call.arguments().toString())
            .results()
            .forEach(found -> numbers.add(number(found.group())));
      }
    }
    return numbers;
  }

  private int number(String name) {
    return Integer.parseInt(name.substring(prefix.length()));
  }
}
