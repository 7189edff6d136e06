package dev.bothy.platform.chat.sandbox;

import dev.bothy.platform.kernel.WorkspaceId;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/// One open page that watches a room.
final class RoomViewer {
  /// Below the minute after which proxies close a silent connection.
  private static final long HEARTBEAT_SECONDS = 15;

  private static final Duration LIFE = Duration.ofMinutes(10);

  private final WorkspaceId workspace;
  private final Consumer<RoomViewer> leave;
  private final SseEmitter emitter = new SseEmitter(LIFE.toMillis());
  private final AtomicLong latest = new AtomicLong(-1);
  private final Semaphore news = new Semaphore(0);
  private volatile boolean ended;

  RoomViewer(WorkspaceId workspace, Consumer<RoomViewer> leave) {
    this.workspace = workspace;
    this.leave = leave;
    emitter.onCompletion(this::end);
    emitter.onTimeout(this::end);
    emitter.onError(_ -> end());
  }

  WorkspaceId workspace() {
    return workspace;
  }

  SseEmitter emitter() {
    return emitter;
  }

  /// @param closed called when it has ended
  void start(Runnable closed) {
    Thread.ofVirtual()
        .name("room-viewer")
        .start(() -> {
          try {
            run();
          } finally {
            closed.run();
          }
        });
  }

  /// Hands over the number of changes; never waits.
  void offer(long changes) {
    if (latest.getAndAccumulate(changes, Math::max) < changes) {
      news.release();
    }
  }

  void end() {
    ended = true;
    news.release();
  }

  private void run() {
    try {
      long sent = -1;
      while (true) {
        boolean _ = news.tryAcquire(HEARTBEAT_SECONDS, TimeUnit.SECONDS);
        news.drainPermits();
        if (ended) {
          break;
        }
        long now = latest.get();
        emitter.send(
            now > sent
                ? SseEmitter.event().name("changed").data(Long.toString(now))
                : SseEmitter.event().comment("here"));
        sent = now;
      }
    } catch (IOException | IllegalStateException _) {
      // The page was closed.
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    } finally {
      leave.accept(this);
      emitter.complete();
    }
  }
}
