package dev.bothy.platform.keys;

import dev.bothy.platform.kernel.Ids;
import dev.bothy.platform.kernel.WorkspaceId;
import dev.bothy.platform.workspace.Workspaces;
import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.SmartLifecycle;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// Tells every server that keys have become others. Each asks the database once in a second, which
/// also works through a connection pooler, where LISTEN does not; what changed while the database
/// was away is found when it is back.
@Component
class KeyChanges implements SmartLifecycle {
  private static final Logger LOG = LoggerFactory.getLogger(KeyChanges.class);
  private static final Duration PAUSE = Duration.ofSeconds(1);
  private static final int ROUNDS_TO_TIDY = 60;

  private final JdbcClient jdbc;
  private final Workspaces workspaces;
  private final KeyCache cache;
  private final ApplicationEventPublisher events;
  private final Clock clock;
  private Set<UUID> seen = Set.of();
  private @Nullable OffsetDateTime since;
  private volatile @Nullable Thread watching;

  KeyChanges(
      JdbcClient jdbc,
      Workspaces workspaces,
      KeyCache cache,
      ApplicationEventPublisher events,
      Clock clock) {
    this.jdbc = jdbc;
    this.workspaces = workspaces;
    this.cache = cache;
    this.events = events;
    this.clock = clock;
  }

  private record Change(WorkspaceId workspace, UUID id, String owner, boolean destroyed) {}

  /// Tells that the current transaction has made keys of this owner or let go of old ones, once it
  /// has committed. What servers have in memory serves until they have loaded it anew.
  void announceChange(String owner) {
    announce(owner, false);
  }

  /// Tells that it has destroyed them all: no server uses what it has in memory any more.
  void announceDestruction(String owner) {
    WorkspaceId workspace = workspaces.current();
    announce(owner, true);
    workspaces.afterCommit(() -> destroyed(workspace, owner));
  }

  private void announce(String owner, boolean destroyed) {
    WorkspaceId workspace = workspaces.current();
    // One that commits late must still be found, so the time is the database's and the window wide.
    jdbc.sql("delete from key_change where changed_at < clock_timestamp() - interval '1 day'")
        .update();
    jdbc.sql(
            "insert into key_change (workspace_id, id, owner, destroyed, changed_at)"
                + " values (?, ?, ?, ?, clock_timestamp())")
        .params(workspace.value(), Ids.next(clock), owner, destroyed)
        .update();
  }

  /// Looks for what others have changed since the last look.
  void look() {
    record Found(OffsetDateTime asOf, List<Change> changes) {}
    Found found =
        workspaces.forInstallation(() -> {
          OffsetDateTime now =
              jdbc.sql("select clock_timestamp()").query(OffsetDateTime.class).single();
          OffsetDateTime from = since == null ? now.minusMinutes(1) : since;
          return new Found(
              now,
              jdbc.sql("select workspace_id, id, owner, destroyed from key_changes_since(?)")
                  .param(from)
                  .query((row, _) ->
                      new Change(
                          new WorkspaceId(row.getObject("workspace_id", UUID.class)),
                          row.getObject("id", UUID.class),
                          row.getString("owner"),
                          row.getBoolean("destroyed")))
                  .list());
        });
    Set<UUID> now = new HashSet<>();
    for (Change change : found.changes()) {
      now.add(change.id());
      if (!seen.contains(change.id())) {
        if (change.destroyed()) {
          destroyed(change.workspace(), change.owner());
        } else {
          cache.refresh(new KeyOwner(change.workspace(), change.owner()));
        }
      }
    }
    seen = now;
    since = found.asOf().minusMinutes(1);
  }

  private void destroyed(WorkspaceId workspace, String owner) {
    cache.forget(new KeyOwner(workspace, owner));
    events.publishEvent(new KeysDestroyed(workspace, owner));
  }

  @Override
  public void start() {
    watching = Thread.ofVirtual().name("key-changes").start(this::watch);
  }

  @Override
  public void stop() {
    Thread thread = watching;
    watching = null;
    if (thread != null) {
      thread.interrupt();
    }
  }

  @Override
  public boolean isRunning() {
    return watching != null;
  }

  private void watch() {
    boolean fails = false;
    for (int round = 1; !Thread.currentThread().isInterrupted(); round++) {
      try {
        Thread.sleep(PAUSE);
        look();
        if (round % ROUNDS_TO_TIDY == 0) {
          cache.forgetOld();
        }
        fails = false;
      } catch (InterruptedException e) {
        return;
      } catch (RuntimeException e) {
        if (!fails && watching != null) {
          LOG.warn("Whether keys have changed cannot be asked; it is tried each second", e);
        }
        fails = true;
      }
    }
  }
}
