package dev.bothy.platform.people;

import dev.bothy.platform.workspace.Workspaces;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.stereotype.Component;

/// Ends what was opened for somebody who may no longer look: a stream of events checks who watches
/// only when it begins, so that whether their session and their place still are is asked here, for
/// all streams of this server at once, twice a second.
@Component
public class OpenStreams implements SmartLifecycle {
  private static final Logger LOG = LoggerFactory.getLogger(OpenStreams.class);
  private static final long POLL_MILLIS = 500;

  private final JdbcClient jdbc;
  private final Workspaces workspaces;
  private final SignOnSettings settings;
  private final Clock clock;
  private final Set<Stream> streams = ConcurrentHashMap.newKeySet();
  private final Semaphore wake = new Semaphore(0);
  private volatile boolean running;

  OpenStreams(JdbcClient jdbc, Workspaces workspaces, SignOnSettings settings, Clock clock) {
    this.jdbc = jdbc;
    this.workspaces = workspaces;
    this.settings = settings;
    this.clock = clock;
  }

  /// One that is open.
  public final class Stream {
    private final Place place;
    private final @Nullable UUID session;
    private final Runnable end;

    private Stream(Place place, @Nullable UUID session, Runnable end) {
      this.place = place;
      this.session = session;
      this.end = end;
    }

    /// It has ended by itself.
    public void closed() {
      streams.remove(this);
    }
  }

  private record Place(UUID person, UUID workspace) {}

  /// Watches over a stream that this request opens.
  ///
  /// @param end ends it; called at most once, from another thread
  public Stream open(Viewer viewer, Runnable end) {
    UUID session =
        SecurityContextHolder.getContext().getAuthentication() instanceof SignedIn signedIn
            ? signedIn.session()
            : null;
    Stream stream =
        new Stream(new Place(viewer.person().value(), viewer.workspace().value()), session, end);
    streams.add(stream);
    wake.release();
    return stream;
  }

  @EventListener
  void on(MemberLeft left) {
    workspaces.afterCommit(wake::release);
  }

  /// Looks at once, e.g. because a session was ended here.
  void nudge() {
    wake.release();
  }

  @Override
  public void start() {
    running = true;
    Thread.ofVirtual().name("open-streams").start(this::run);
  }

  @Override
  public void stop() {
    running = false;
    wake.release();
  }

  @Override
  public boolean isRunning() {
    return running;
  }

  private void run() {
    while (running) {
      try {
        if (streams.isEmpty()) {
          wake.acquire();
        } else {
          boolean _ = wake.tryAcquire(POLL_MILLIS, TimeUnit.MILLISECONDS);
        }
        wake.drainPermits();
        look();
      } catch (InterruptedException e) {
        return;
      } catch (RuntimeException e) {
        LOG.warn("Whether those who watch still may could not be asked; tried again", e);
      }
    }
  }

  private void look() {
    List<Stream> open = List.copyOf(streams);
    if (open.isEmpty()) {
      return;
    }
    record Allowed(Set<UUID> sessions, Set<Place> places) {}
    Allowed allowed = workspaces.forInstallation(() -> new Allowed(sessions(open), places(open)));
    for (Stream stream : open) {
      boolean mayWatch =
          allowed.places().contains(stream.place)
              && (stream.session == null || allowed.sessions().contains(stream.session));
      if (!mayWatch && streams.remove(stream)) {
        stream.end.run();
      }
    }
  }

  private Set<UUID> sessions(List<Stream> open) {
    UUID[] ids =
        open.stream().map(stream -> stream.session).filter(Objects::nonNull).toArray(UUID[]::new);
    return new HashSet<>(
        jdbc.sql(
                "select id from session where id = any (?) and expires_at > ? and last_seen_at > ?")
            .params(
                ids,
                clock.instant().atOffset(ZoneOffset.UTC),
                clock.instant().minus(settings.sessionIdle()).atOffset(ZoneOffset.UTC))
            .query(UUID.class)
            .list());
  }

  private Set<Place> places(List<Stream> open) {
    List<Place> asked = open.stream().map(stream -> stream.place).distinct().toList();
    return new HashSet<>(
        jdbc.sql("select person_id, workspace_id from active_places(?, ?)")
            .params(
                asked.stream().map(Place::person).toArray(UUID[]::new),
                asked.stream().map(Place::workspace).toArray(UUID[]::new))
            .query((row, number) ->
                new Place(
                    row.getObject("person_id", UUID.class),
                    row.getObject("workspace_id", UUID.class)))
            .list());
  }
}
