package dev.bothy.platform.work;

import dev.bothy.platform.keys.CannotOpen;
import dev.bothy.platform.keys.Keys;
import dev.bothy.platform.keys.Sealed;
import dev.bothy.platform.operation.Metrics;
import dev.bothy.platform.work.DeadLetter.Box;
import dev.bothy.platform.work.DeadLetter.Filter;
import dev.bothy.platform.work.DeadLetter.Group;
import dev.bothy.platform.work.DeadLetter.Place;
import dev.bothy.platform.workspace.Workspaces;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Service;

/// What was put aside, to look at, retry or drop. Called within a transaction of the workspace;
/// whoever calls it writes the audit log.
@Service
public class DeadLetters {
  /// What is retried at once goes through one transaction and then through the network's limits.
  static final int MOST_AT_ONCE = 1_000;

  /// Both boxes as one table. A letter whose content is gone (after 30 days) is history.
  private static final String LETTERS =
      """
      (select 'inbox' as box, id, kind, source as connection, lane, attempts,
          coalesce(problem, '') as problem, received_at as came_at, settled_at
        from inbox_item where state = 'dead' and payload is not null
      union all
      select 'outbox', id, kind, target, lane, attempts,
          coalesce(problem, ''), added_at, settled_at
        from outbox_item where state = 'dead' and payload is not null) letter
      """;

  private static final String MEANT =
      "(cast(:box as text) is null or box = :box)"
          + " and (cast(:problem as text) is null or problem = :problem)";

  private final JdbcClient jdbc;
  private final Workspaces workspaces;
  private final Lanes lanes;
  private final Keys keys;
  private final Metrics metrics;

  DeadLetters(JdbcClient jdbc, Workspaces workspaces, Lanes lanes, Keys keys, Metrics metrics) {
    this.jdbc = jdbc;
    this.workspaces = workspaces;
    this.lanes = lanes;
    this.keys = keys;
    this.metrics = metrics;
  }

  /// A page of the letters, newest first.
  ///
  /// @param after where the page before ended; null for the first
  public List<DeadLetter> page(Filter filter, @Nullable Place after, int limit) {
    return filtered(
            "select * from "
                + LETTERS
                + " where "
                + MEANT
                + " and (cast(:at as timestamptz) is null or (settled_at, id) < (:at, :id))"
                + " order by settled_at desc, id desc limit :limit",
            filter)
        .param("at", after == null ? null : utc(after.diedAt()), Types.TIMESTAMP_WITH_TIMEZONE)
        .param("id", after == null ? null : after.id(), Types.OTHER)
        .param("limit", limit)
        .query(DeadLetters::toLetter)
        .list();
  }

  /// How many letters there are of each problem, the most frequent first.
  public List<Group> groups() {
    return jdbc.sql(
            "select box, problem, count(*) as letters from "
                + LETTERS
                + " group by box, problem order by letters desc, box, problem")
        .query((row, _) -> new Group(box(row), row.getString("problem"), row.getLong("letters")))
        .list();
  }

  /// The letter; empty when it is not (or no longer) a dead one.
  public Optional<DeadLetter> find(Box box, UUID id) {
    return jdbc.sql("select * from " + LETTERS + " where box = ? and id = ?")
        .params(box.word(), id)
        .query(DeadLetters::toLetter)
        .optional();
  }

  /// What the letter says, opened: JSON of the portable model. Empty when it is no dead letter, or
  /// does not open.
  public Optional<byte[]> content(Box box, UUID id) {
    Optional<Sealed> sealed =
        jdbc.sql("select payload from " + table(box) + " where id = ? and state = 'dead'")
            .param(id)
            .query((row, _) -> Optional.ofNullable(row.getBytes("payload")))
            .optional()
            .flatMap(payload -> payload)
            .map(Sealed::new);
    try {
      return sealed.map(payload ->
          switch (box) {
            case INBOX -> keys.openForInstallation(DurableInbox.PAYLOAD, id, payload);
            case OUTBOX -> keys.open(DurableOutbox.PAYLOAD, id, payload);
          });
    } catch (CannotOpen e) {
      return Optional.empty();
    }
  }

  /// Puts the letter back to the head of its lane, with all its attempts before it; false when it
  /// is no dead letter.
  public boolean retry(Box box, UUID id) {
    Optional<DeadLetter> letter = find(box, id);
    letter.ifPresent(this::revive);
    return letter.isPresent();
  }

  /// Retries the letters that are meant, oldest first; returns them. At most a thousand at once:
  /// while as many come back there may be more.
  public List<DeadLetter> retryAll(Filter filter) {
    List<DeadLetter> letters =
        filtered(
                "select * from "
                    + LETTERS
                    + " where "
                    + MEANT
                    + " order by settled_at, id limit "
                    + MOST_AT_ONCE,
                filter)
            .query(DeadLetters::toLetter)
            .list();
    letters.forEach(this::revive);
    return letters;
  }

  /// Gives the letter up for good: its content is erased, its row stays. False when it is no dead
  /// letter.
  public boolean drop(Box box, UUID id) {
    return jdbc.sql(
                "update "
                    + table(box)
                    + " set state = 'dropped', payload = null where id = ? and state = 'dead'")
            .param(id)
            .update()
        == 1;
  }

  /// Gives all letters of the workspace up for good.
  public void dropAll() {
    for (Box box : Box.values()) {
      jdbc.sql(
              "update "
                  + table(box)
                  + " set state = 'dropped', payload = null where state = 'dead'"
                  + " and payload is not null")
          .update();
    }
  }

  /// A message that was tried more than once may have reached its network at an attempt that broke
  /// off: it is looked up there before it is sent, as after a crash.
  private void revive(DeadLetter letter) {
    String state =
        switch (letter.box()) {
          case INBOX -> "'waiting', interruptions = 0";
          case OUTBOX -> "case when attempts > 1 then 'sending' else 'waiting' end";
        };
    jdbc.sql(
            "update "
                + table(letter.box())
                + " set state = "
                + state
                + ", attempts = 0, problem = null, settled_at = null"
                + " where id = ? and state = 'dead'")
        .param(letter.id())
        .update();
    lanes.fill(new Lane(workspaces.current(), letter.box().queue(), letter.kind(), letter.lane()));
  }

  @Scheduled(fixedDelayString = "PT30S")
  void measure() {
    workspaces.forInstallation(() ->
        jdbc.sql("select queue, waiting from dead_letters()")
            .query((row, _) -> {
              metrics.deadLettersWaiting(
                  Metrics.Queue.valueOf(row.getString("queue").toUpperCase(Locale.ROOT)),
                  row.getLong("waiting"));
              return true;
            })
            .list());
  }

  private JdbcClient.StatementSpec filtered(String query, Filter filter) {
    return jdbc.sql(query)
        .param("box", filter.box() == null ? null : filter.box().word(), Types.VARCHAR)
        .param("problem", filter.problem(), Types.VARCHAR);
  }

  private static String table(Box box) {
    return switch (box) {
      case INBOX -> "inbox_item";
      case OUTBOX -> "outbox_item";
    };
  }

  private static DeadLetter toLetter(ResultSet row, int number) throws SQLException {
    return new DeadLetter(
        box(row),
        row.getObject("id", UUID.class),
        row.getString("kind"),
        row.getObject("connection", UUID.class),
        row.getString("lane"),
        row.getInt("attempts"),
        row.getString("problem"),
        row.getObject("came_at", OffsetDateTime.class).toInstant(),
        row.getObject("settled_at", OffsetDateTime.class).toInstant());
  }

  private static Box box(ResultSet row) throws SQLException {
    return row.getString("box").equals(Box.INBOX.word()) ? Box.INBOX : Box.OUTBOX;
  }

  private static OffsetDateTime utc(Instant time) {
    return time.atOffset(ZoneOffset.UTC);
  }
}
