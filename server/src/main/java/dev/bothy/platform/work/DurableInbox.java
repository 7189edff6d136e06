package dev.bothy.platform.work;

import dev.bothy.platform.kernel.Ids;
import dev.bothy.platform.keys.Keys;
import dev.bothy.platform.keys.Purpose;
import dev.bothy.platform.workspace.Outage;
import dev.bothy.platform.workspace.Workspaces;
import java.time.Clock;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Service;

/// The inbox in the database.
@Service
class DurableInbox implements Inbox {
  static final Purpose PAYLOAD = new Purpose(Purpose.PLATFORM, "work.inbox-payload");

  /// Networks hang up sooner (Slack: after 3 s); this only keeps requests from piling up while the
  /// database hangs.
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final Keys keys;
  private final Clock clock;
  private final Lanes lanes;
  private final Supplier<GroupCommit> fresh;
  private volatile GroupCommit commits;

  DurableInbox(
      Keys keys,
      Clock clock,
      Lanes lanes,
      JdbcTemplate jdbc,
      Workspaces workspaces,
      WorkSettings settings) {
    this.keys = keys;
    this.clock = clock;
    this.lanes = lanes;
    this.fresh = () -> new GroupCommit(jdbc, workspaces, settings);
    this.commits = fresh.get();
  }

  /// What comes in is written from now on; what came before this waits for it.
  void start() {
    commits.start();
  }

  /// Writes what has come in; what comes later waits for the next [#start].
  void stop(Duration patience) throws InterruptedException {
    commits.stop(patience);
    commits = fresh.get();
  }

  @Override
  public Receipt accept(Delivery delivery) {
    UUID id = Ids.next(clock);
    byte[] sealed = keys.sealForInstallation(PAYLOAD, id, delivery.payload()).bytes();
    CompletableFuture<Boolean> stored = commits.offer(new GroupCommit.Row(id, delivery, sealed));
    if (stored == null) {
      return new Receipt.Full(GroupCommit.RETRY_AFTER);
    }
    try {
      if (!stored.get(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
        return new Receipt.Duplicate();
      }
    } catch (TimeoutException e) {
      // It may yet be stored; the network's next try then finds it.
      return new Receipt.Full(GroupCommit.RETRY_AFTER);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Receipt.Full(GroupCommit.RETRY_AFTER);
    } catch (ExecutionException e) {
      if (Outage.isCauseOf(e.getCause())) {
        return new Receipt.Full(GroupCommit.RETRY_AFTER);
      }
      throw new IllegalStateException("The delivery was not stored", e.getCause());
    }
    lanes.announce(Queue.INBOX, delivery.workspace());
    return new Receipt.Stored(id);
  }
}
