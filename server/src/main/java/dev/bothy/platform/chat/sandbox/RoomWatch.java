package dev.bothy.platform.chat.sandbox;

import dev.bothy.platform.kernel.WorkspaceId;
import dev.bothy.platform.people.OpenStreams;
import dev.bothy.platform.people.Viewer;
import dev.bothy.platform.workspace.Workspaces;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/// Tells open pages that their room changed, whichever replica changed it: while there are viewers
/// it reads each watched room's number of changes once a second.
///
/// Each viewer has a thread of its own, to which only the latest number is handed: one who reads
/// slowly misses numbers in between, never the last, and keeps nobody waiting.
@Component
public class RoomWatch implements SmartLifecycle {
  private static final Logger LOG = LoggerFactory.getLogger(RoomWatch.class);
  private static final long POLL_MILLIS = 1_000;

  private final JdbcClient jdbc;
  private final Workspaces workspaces;
  private final OpenStreams streams;
  private final Set<RoomViewer> viewers = ConcurrentHashMap.newKeySet();
  private final Semaphore wake = new Semaphore(0);
  private volatile boolean running;

  RoomWatch(JdbcClient jdbc, Workspaces workspaces, OpenStreams streams) {
    this.jdbc = jdbc;
    this.workspaces = workspaces;
    this.streams = streams;
  }

  /// A stream of the room's changes: an event `changed` with their number, at once and then
  /// whenever it grows. Ends when whoever watches may no longer, and by itself after a while; a
  /// browser then asks again.
  public SseEmitter watch(Viewer person) {
    RoomViewer viewer = new RoomViewer(person.workspace(), viewers::remove);
    viewers.add(viewer);
    OpenStreams.Stream stream = streams.open(person, viewer::end);
    viewer.start(stream::closed);
    if (running) {
      nudge();
    } else {
      viewer.end();
    }
    return viewer.emitter();
  }

  /// Looks for changes at once.
  void nudge() {
    wake.release();
  }

  @Override
  public void start() {
    running = true;
    Thread.ofVirtual().name("room-watch").start(this::run);
  }

  /// Before the web server stops, which would wait for the streams to end.
  @Override
  public void stop() {
    running = false;
    viewers.forEach(RoomViewer::end);
    nudge();
  }

  @Override
  public boolean isRunning() {
    return running;
  }

  private void run() {
    while (running) {
      try {
        if (viewers.isEmpty()) {
          wake.acquire();
        } else {
          boolean _ = wake.tryAcquire(POLL_MILLIS, TimeUnit.MILLISECONDS);
        }
        wake.drainPermits();
        look();
      } catch (InterruptedException e) {
        return;
      } catch (RuntimeException e) {
        LOG.warn("The rooms could not be read; tried again in a second", e);
      }
    }
  }

  private void look() {
    Map<WorkspaceId, Set<RoomViewer>> byWorkspace =
        viewers.stream().collect(Collectors.groupingBy(RoomViewer::workspace, Collectors.toSet()));
    byWorkspace.forEach((workspace, watching) -> {
      long changes =
          workspaces.inWorkspace(
              workspace,
              () ->
                  jdbc.sql("select coalesce(max(changes), 0) from sandbox_room")
                      .query(Long.class)
                      .single());
      watching.forEach(viewer -> viewer.offer(changes));
    });
  }
}
