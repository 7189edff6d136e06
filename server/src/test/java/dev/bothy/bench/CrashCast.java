package dev.bothy.bench;

import dev.bothy.testkit.ServerProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/// Two servers and their PostgreSQL: each can be killed and comes back by itself.
final class CrashCast implements AutoCloseable {
  enum Part {
    SERVER_1,
    SERVER_2,
    POSTGRESQL
  }

  /// One kill of a part that was up.
  ///
  /// @param at before it was killed
  /// @param over when the last of it was gone
  record Kill(Part part, Instant at, Instant over) {}

  private static final List<String> JAVA =
      List.of("-Xmx384m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1");

  /// After so many in a row something else is wrong than a database that is away.
  private static final int MOST_LAUNCHES = 30;

  private static final Duration RESTART_PAUSE = Duration.ofSeconds(1);

  private final Clock clock;
  private final BenchDatabase database;
  private final List<String> settings;
  private final Path folder;
  private final List<String> java = new ArrayList<>(JAVA);
  private final int[] ports = {ServerProcess.freePort(), ServerProcess.freePort()};
  private final BenchServer[] servers = new BenchServer[2];
  private final boolean[] up = new boolean[Part.values().length];
  private final List<Kill> kills = new ArrayList<>();
  private final ExecutorService comebacks = Executors.newVirtualThreadPerTaskExecutor();
  private Optional<Exception> failure = Optional.empty();
  private int launches;

  CrashCast(Clock clock, BenchDatabase database, List<String> settings, Path folder)
      throws Exception {
    this.clock = clock;
    this.database = database;
    this.settings = settings;
    this.folder = folder;
    this.java.addAll(BenchServer.withFeature(CrashFeature.class, folder));
    up[Part.POSTGRESQL.ordinal()] = true;
    for (Part part : List.of(Part.SERVER_1, Part.SERVER_2)) {
      comeBack(part, Duration.ZERO);
    }
    awaitUp(Part.values().length);
  }

  int port(int server) {
    return ports[server];
  }

  synchronized List<Part> up() {
    return List.of(Part.values()).stream().filter(part -> up[part.ordinal()]).toList();
  }

  synchronized List<Kill> kills() {
    return List.copyOf(kills);
  }

  synchronized int launches() {
    return launches;
  }

  /// Waits until at least so many parts are up.
  synchronized void awaitUp(int count) throws Exception {
    while (up().size() < count) {
      if (failure.isPresent()) {
        throw failure.get();
      }
      wait(1_000);
    }
  }

  /// `kill -9`; PostgreSQL's children die with it. It comes back after this pause.
  void kill(Part part, Duration away) throws Exception {
    Instant at = clock.instant();
    synchronized (this) {
      up[part.ordinal()] = false;
    }
    switch (part) {
      case SERVER_1 -> servers[0].kill();
      case SERVER_2 -> servers[1].kill();
      case POSTGRESQL -> database.kill();
    }
    synchronized (this) {
      kills.add(new Kill(part, at, clock.instant()));
    }
    comeBack(part, away);
  }

  private void comeBack(Part part, Duration away) {
    comebacks.submit(() -> {
      try {
        Thread.sleep(away);
        start(part);
        synchronized (this) {
          up[part.ordinal()] = true;
          notifyAll();
        }
      } catch (IOException | InterruptedException | RuntimeException e) {
        synchronized (this) {
          failure = Optional.of(e);
          notifyAll();
        }
      }
    });
  }

  private void start(Part part) throws IOException, InterruptedException {
    switch (part) {
      case SERVER_1 -> servers[0] = startServer(0);
      case SERVER_2 -> servers[1] = startServer(1);
      case POSTGRESQL -> database.restart();
    }
  }

  /// One that does not come up, because PostgreSQL is away as well, is started again, as a cluster
  /// does.
  private BenchServer startServer(int place) throws IOException, InterruptedException {
    for (int inARow = 1; ; inARow++) {
      Path log;
      synchronized (this) {
        log = folder.resolve("server-%04d.log".formatted(++launches));
      }
      try {
        return BenchServer.start(java, ports[place], settings, log);
      } catch (BenchServer.Ended ended) {
        if (inARow == MOST_LAUNCHES) {
          throw ended;
        }
        Thread.sleep(RESTART_PAUSE);
      }
    }
  }

  @Override
  public void close() throws Exception {
    comebacks.close();
    for (BenchServer server : servers) {
      if (server != null) {
        server.close();
      }
    }
  }
}
