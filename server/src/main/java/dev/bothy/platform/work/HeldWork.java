package dev.bothy.platform.work;

import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;

/// What waits while work is held after a restore. Its methods are called within a transaction of a
/// workspace.
@Service
public class HeldWork {
  /// After so many failures a kind that is to run first holds nobody up any more.
  private static final int FAILURES = 3;

  private final List<ScheduleHandler> handlers;
  private final JdbcClient jdbc;
  private final Clock clock;

  HeldWork(List<ScheduleHandler> handlers, JdbcClient jdbc, Clock clock) {
    this.handlers = List.copyOf(handlers);
    this.jdbc = jdbc;
    this.clock = clock;
  }

  /// How much of a workspace waits.
  ///
  /// @param deliveries that were not handled yet
  /// @param messages that were not sent yet
  /// @param due work of the schedule whose time has come
  /// @param oldDeliveries those of the deliveries that the backup had already
  /// @param oldMessages those of the messages that the backup had already
  public record Waiting(
      long deliveries, long messages, long due, long oldDeliveries, long oldMessages) {
    public static final Waiting NOTHING = new Waiting(0, 0, 0, 0, 0);

    /// Both together.
    public Waiting and(Waiting other) {
      return new Waiting(
          deliveries + other.deliveries,
          messages + other.messages,
          due + other.due,
          oldDeliveries + other.oldDeliveries,
          oldMessages + other.oldMessages);
    }
  }

  /// What waits now.
  ///
  /// @param backup when the backup's snapshot was taken
  public Waiting waiting(Instant backup) {
    return jdbc.sql(
            """
            select
              (select count(*) from inbox_item where state = 'waiting') as deliveries,
              (select count(*) from outbox_item where state in ('waiting', 'sending')) as messages,
              (select count(*) from scheduled_item where due_at <= :now) as due,
              (select count(*) from inbox_item where state = 'waiting' and received_at <= :backup) as old_deliveries,
              (select count(*) from outbox_item where state in ('waiting', 'sending') and added_at <= :backup) as old_messages
            """)
        .param("now", column(clock.instant()))
        .param("backup", column(backup))
        .query((row, _) ->
            new Waiting(
                row.getLong("deliveries"),
                row.getLong("messages"),
                row.getLong("due"),
                row.getLong("old_deliveries"),
                row.getLong("old_messages")))
        .single();
  }

  /// What a restore of an older backup would lose of a workspace's work, as far as it is still
  /// here.
  ///
  /// @param deliveries that came since
  /// @param messages that were written since
  public record Since(long deliveries, long messages) {
    public static final Since NOTHING = new Since(0, 0);

    /// Both together.
    public Since and(Since other) {
      return new Since(deliveries + other.deliveries, messages + other.messages);
    }
  }

  /// What came and went since this time.
  public Since since(Instant time) {
    return jdbc.sql(
            "select (select count(*) from inbox_item where received_at > :time) as deliveries,"
                + " (select count(*) from outbox_item where added_at > :time) as messages")
        .param("time", column(time))
        .query((row, _) -> new Since(row.getLong("deliveries"), row.getLong("messages")))
        .single();
  }

  /// How much is due of what runs first. What has failed several times is not counted: it is tried
  /// again and again, and a log line says why.
  public long first() {
    return jdbc.sql(
            "select count(*) from scheduled_item where kind = any (?) and due_at <= ?"
                + " and attempts < ?")
        .param(
            handlers.stream()
                .filter(handler -> handler.whileHeld() == ScheduleHandler.WhileHeld.RUNS_FIRST)
                .map(ScheduleHandler::kind)
                .toArray(String[]::new))
        .param(column(clock.instant()))
        .param(FAILURES)
        .query(Long.class)
        .single();
  }

  /// Messages that waited when the backup was made have most likely been sent since. From now on
  /// each counts as begun, so that it is looked up at its network, where the network allows that,
  /// before it is sent again.
  ///
  /// @return how many
  public int doubt(Instant backup) {
    return jdbc.sql(
            "update outbox_item set state = 'sending', attempts = greatest(attempts, 1),"
                + " attempted_at = coalesce(attempted_at, added_at)"
                + " where state = 'waiting' and added_at <= ?")
        .param(column(backup))
        .update();
  }

  /// Gives up what the backup had already: deliveries are not handled, messages are not sent. Their
  /// content is erased, their rows stay.
  ///
  /// @return how many
  public int drop(Instant backup) {
    int deliveries =
        jdbc.sql(
                "update inbox_item set state = 'dropped', payload = null, problem = 'Restored',"
                    + " settled_at = clock_timestamp()"
                    + " where state = 'waiting' and received_at <= ?")
            .param(column(backup))
            .update();
    int messages =
        jdbc.sql(
                "update outbox_item set state = 'dropped', payload = null, problem = 'Restored',"
                    + " settled_at = clock_timestamp(), lane = ''"
                    + " where state in ('waiting', 'sending') and added_at <= ?")
            .param(column(backup))
            .update();
    return deliveries + messages;
  }

  private static OffsetDateTime column(Instant at) {
    return at.atOffset(ZoneOffset.UTC);
  }
}
