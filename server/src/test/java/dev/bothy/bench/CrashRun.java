package dev.bothy.bench;

import static org.awaitility.Awaitility.await;

import dev.bothy.platform.chat.slack.FakeSlack;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// Kills two servers and their PostgreSQL at random instants while a network delivers, lets the
/// survivors finish, and counts.
final class CrashRun {
  private static final Duration MOST_AWAY = Duration.ofSeconds(2);
  private static final Duration FINISH = Duration.ofMinutes(15);

  private CrashRun() {}

  /// @param folder for PostgreSQL, logs and what else is needed; its PostgreSQL is made anew
  static CrashLedger run(CrashPlan plan, Path folder) throws Exception {
    Clock clock = Clock.systemUTC();
    Files.createDirectories(folder);
    long begin = System.nanoTime();
    try (FakeSlack slack = FakeSlack.start(clock);
        BenchDatabase database = BenchDatabase.start(folder.resolve("postgres"))) {
      SlackScene scene =
          SlackScene.set(
              clock,
              slack,
              database.settings(BenchDatabase.NAME),
              folder.resolve("postgres/key"),
              plan.conversations());
      noteAttempts(database);
      List<String> settings = new java.util.ArrayList<>(scene.settings());
      settings.add("bothy.work.lease=10s");
      try (CrashCast cast = new CrashCast(clock, database, settings, folder)) {
        CrashDeliveries deliveries = new CrashDeliveries(plan, scene, cast);
        AtomicReference<@Nullable Exception> failed = new AtomicReference<>();
        Thread killer =
            Thread.startVirtualThread(() -> {
              try {
                kill(plan, cast, deliveries);
              } catch (Exception e) {
                failed.set(e);
                deliveries.release(plan.deliveries());
              }
            });
        deliveries.deliver();
        killer.join();
        Exception failure = failed.get();
        if (failure != null) {
          throw failure;
        }
        cast.awaitUp(CrashCast.Part.values().length);
        awaitSettled(database);
        Duration took = Duration.ofNanos(System.nanoTime() - begin);
        return CrashLedger.of(plan, took, deliveries, cast, database, slack);
      }
    }
  }

  /// Keeps the time of each attempt to send, which the product's own row does not: so that a
  /// message that came twice can be traced to the kill between its attempts.
  private static void noteAttempts(BenchDatabase database) throws Exception {
    database.execute(
        "create table crash_attempt (item uuid not null, at timestamptz not null)",
        """
        create function crash_note_attempt() returns trigger
        language plpgsql security definer set search_path = bothy as $$
        begin
          insert into crash_attempt values (new.id, clock_timestamp());
          return null;
        end $$\
        """,
        """
        create trigger crash_note_attempt after update of state on outbox_item
          for each row when (new.state = 'sending') execute function crash_note_attempt()\
        """);
  }

  /// Each kill comes at a random point of a share of the deliveries, which begins when it may come:
  /// three times of four when all are up, else also while another part is still away. So each kill
  /// hits servers at work.
  private static void kill(CrashPlan plan, CrashCast cast, CrashDeliveries deliveries)
      throws Exception {
    Random random = new Random(plan.seed());
    double share = (double) plan.deliveries() / (plan.kills() + 1);
    for (int number = 0; number < plan.kills(); number++) {
      int after = (int) ((number + random.nextDouble(0.1, 0.9)) * share);
      boolean alone = random.nextInt(4) > 0;
      int choice = random.nextInt(CrashCast.Part.values().length);
      Duration moment = Duration.ofMillis(random.nextInt(40));
      Duration away = MOST_AWAY.multipliedBy(random.nextInt(100)).dividedBy(100);
      cast.awaitUp(alone ? CrashCast.Part.values().length : 1);
      deliveries.release((int) ((number + 1) * share));
      await()
          .atMost(Duration.ofHours(2))
          .pollInterval(Duration.ofMillis(2))
          .until(() -> deliveries.over() >= after);
      Thread.sleep(moment);
      List<CrashCast.Part> up = cast.up();
      if (up.isEmpty()) {
        cast.awaitUp(1);
        up = cast.up();
      }
      cast.kill(up.get(choice % up.size()), away);
      System.err.printf(
          "kill %d of %d: %s, %d of %d deliveries over, %d given up%n",
          number + 1,
          plan.kills(),
          cast.kills().getLast().part(),
          deliveries.over(),
          plan.deliveries(),
          deliveries.givenUp().size());
    }
    deliveries.release(plan.deliveries());
  }

  private static void awaitSettled(BenchDatabase database) {
    await()
        .atMost(FINISH)
        .pollInterval(Duration.ofMillis(500))
        .until(() ->
            database.number(
                    "select (select count(*) from inbox_item where state = 'waiting')"
                        + " + (select count(*) from outbox_item where state in ('waiting',"
                        + " 'sending'))")
                == 0);
  }
}
