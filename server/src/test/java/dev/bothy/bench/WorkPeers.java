package dev.bothy.bench;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.task.helper.OneTimeTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;

/// db-scheduler doing the same: its lock-and-fetch polling, and one insert for each execution.
final class WorkPeers implements AutoCloseable {
  private static final String TABLE =
      """
      create table public.scheduled_tasks (
        task_name text not null,
        task_instance text not null,
        task_data bytea,
        execution_time timestamp with time zone not null,
        picked boolean not null,
        picked_by text,
        last_success timestamp with time zone,
        last_failure timestamp with time zone,
        consecutive_failures int,
        last_heartbeat timestamp with time zone,
        version bigint not null,
        priority smallint,
        primary key (task_name, task_instance)
      )\
      """;

  private final BenchDatabase database;
  private final Clock clock;
  private final int workers;
  private final HikariDataSource connections;
  private final AtomicLong done = new AtomicLong();
  private final OneTimeTask<String> task;

  /// Makes db-scheduler's table, as its README shows it, and the table for its effects.
  WorkPeers(BenchDatabase database, Clock clock, int workers) throws SQLException {
    this.database = database;
    this.clock = clock;
    this.workers = workers;
    database.execute(
        TABLE,
        "create index execution_time_idx on public.scheduled_tasks (execution_time)",
        "create index last_heartbeat_idx on public.scheduled_tasks (last_heartbeat)",
        "create table public.scheduler_effect (id text primary key, note text)");
    HikariConfig settings = new HikariConfig();
    settings.setJdbcUrl(database.url(BenchDatabase.NAME));
    settings.setUsername(BenchDatabase.SUPERUSER);
    settings.setPassword(BenchDatabase.PASSWORD);
    settings.setMaximumPoolSize(workers + 2);
    connections = new HikariDataSource(settings);
    task =
        Tasks.oneTime("effect", String.class)
            .execute((instance, _) -> {
              try (Connection connection = connections.getConnection();
                  PreparedStatement insert =
                      connection.prepareStatement(
                          "insert into public.scheduler_effect (id, note) values (?, 'done')")) {
                insert.setString(1, instance.getId());
                insert.executeUpdate();
                done.incrementAndGet();
              } catch (SQLException e) {
                throw new IllegalStateException(e);
              }
            });
  }

  /// How long it works on so many executions that are due.
  Duration run(int count, String note) throws SQLException {
    Scheduler scheduler =
        Scheduler.create(connections, task)
            .threads(workers)
            .pollUsingLockAndFetch(0.5, 4.0)
            .pollingInterval(Duration.ofMillis(100))
            .build();
    scheduler.scheduleBatch(
        IntStream.range(0, count).mapToObj(number -> task.instance(String.valueOf(number), note)),
        clock.instant());
    database.execute("vacuum analyze public.scheduled_tasks");
    done.set(0);
    long begin = System.nanoTime();
    scheduler.start();
    while (done.get() < count
        || database.number("select count(*) from public.scheduled_tasks") > 0) {
      java.util.concurrent.locks.LockSupport.parkNanos(2_000_000);
    }
    Duration took = Duration.ofNanos(System.nanoTime() - begin);
    scheduler.stop();
    database.execute("truncate public.scheduled_tasks, public.scheduler_effect");
    return took;
  }

  @Override
  public void close() {
    connections.close();
  }
}
