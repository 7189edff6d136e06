package dev.bothy.app.rotations;

import dev.bothy.platform.audit.Actor;
import dev.bothy.platform.audit.Audit;
import dev.bothy.platform.audit.Subject;
import dev.bothy.platform.kernel.Ids;
import dev.bothy.platform.kernel.PersonId;
import dev.bothy.platform.kernel.Problem;
import dev.bothy.platform.people.MemberGone;
import dev.bothy.platform.people.PersonJoined;
import dev.bothy.platform.people.Role;
import dev.bothy.platform.people.Viewer;
import dev.bothy.platform.workspace.Workspaces;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;

/// The addresses at which calendar programs read shifts: making, listing, renewing and revoking
/// them. Each is somebody's, who sees and revokes their own; an admin those of everybody. What is
/// read there is [ShiftFeedReading]'s.
@Service
public class ShiftFeeds {
  /// How many addresses somebody may have in a workspace.
  static final int MOST = 50;

  private static final String COLUMNS = "id, person_id, rotation_id, created_at, last_read_at";

  private final RotationTable rotations;
  private final JdbcClient jdbc;
  private final Audit audit;
  private final Workspaces workspaces;
  private final Clock clock;

  ShiftFeeds(
      RotationTable rotations, JdbcClient jdbc, Audit audit, Workspaces workspaces, Clock clock) {
    this.rotations = rotations;
    this.jdbc = jdbc;
    this.audit = audit;
    this.workspaces = workspaces;
    this.clock = clock;
  }

  /// What became of asking for an address.
  public sealed interface Made {
    /// It is there.
    ///
    /// @param path below the server's own address; it is told this once and kept nowhere
    record Address(ShiftFeed feed, String path) implements Made {
      @Override
      public String toString() {
        return "Address[feed=" + feed + "]";
      }
    }

    /// Nothing was made.
    ///
    /// @param problems at least one
    record Refused(List<Problem> problems) implements Made {}

    /// No such rotation, or no such address of theirs.
    record NotFound() implements Made {}
  }

  /// Makes an address for the viewer.
  ///
  /// @param rotation null for all of the viewer's own shifts
  public Made make(Viewer viewer, @Nullable UUID rotation) {
    return workspaces.inWorkspace(
        viewer.workspace(),
        () -> {
          if (rotation != null
              && rotations.byId(rotation).filter(found -> found.deletedAt().isEmpty()).isEmpty()) {
            return new Made.NotFound();
          }
          if (of(viewer.person()) >= MOST) {
            return new Made.Refused(
                List.of(
                    Problem.ofUser(
                        "rotations.too-many-feeds",
                        "You have " + MOST + " calendar addresses here. Revoke one first.")));
          }
          String secret = FeedAddress.random();
          ShiftFeed feed =
              new ShiftFeed(Ids.next(clock), viewer.person(), rotation, clock.instant(), null);
          jdbc.sql(
                  "insert into calendar_feed (workspace_id, id, person_id, rotation_id,"
                      + " token_hash, created_at) values (?, ?, ?, ?, ?, ?)")
              .param(viewer.workspace().value())
              .param(feed.id())
              .param(feed.person().value())
              .param(rotation)
              .param(FeedAddress.sha256(secret))
              .param(feed.createdAt().atOffset(ZoneOffset.UTC))
              .update();
          record(viewer, "rotations.feed-made", feed.id());
          return new Made.Address(feed, FeedAddress.path(secret));
        });
  }

  /// The viewer's addresses, and for an admin everybody's; the oldest first.
  public List<ShiftFeed> list(Viewer viewer) {
    return workspaces.inWorkspace(
        viewer.workspace(),
        () ->
            jdbc
                .sql("select " + COLUMNS + " from calendar_feed order by created_at, id")
                .query(ShiftFeeds::toFeed)
                .list()
                .stream()
                .filter(feed -> isTheirs(viewer, feed))
                .toList());
  }

  /// Gives a feed of the viewer's another address; the one before is gone with it.
  public Made renew(Viewer viewer, UUID id) {
    return workspaces.inWorkspace(
        viewer.workspace(),
        () -> {
          Optional<ShiftFeed> found =
              find(id).filter(feed -> feed.person().equals(viewer.person()));
          if (found.isEmpty()) {
            return new Made.NotFound();
          }
          String secret = FeedAddress.random();
          jdbc.sql("update calendar_feed set token_hash = ?, last_read_at = null where id = ?")
              .param(FeedAddress.sha256(secret))
              .param(id)
              .update();
          record(viewer, "rotations.feed-renewed", id);
          return new Made.Address(found.get(), FeedAddress.path(secret));
        });
  }

  /// Takes an address away: from when this returns nobody reads it any more.
  ///
  /// @return false if there is none that the viewer may take away
  public boolean revoke(Viewer viewer, UUID id) {
    return workspaces.inWorkspace(
        viewer.workspace(),
        () -> {
          boolean theirs = find(id).filter(feed -> isTheirs(viewer, feed)).isPresent();
          if (theirs) {
            jdbc.sql("delete from calendar_feed where id = ?").param(id).update();
            record(viewer, "rotations.feed-revoked", id);
          }
          return theirs;
        });
  }

  @EventListener
  void on(MemberGone gone) {
    jdbc.sql("delete from calendar_feed where person_id = ?").param(gone.person().value()).update();
  }

  @EventListener
  void on(PersonJoined joined) {
    jdbc.sql("update calendar_feed set person_id = ? where person_id = ?")
        .param(joined.into().value())
        .param(joined.from().value())
        .update();
  }

  private Optional<ShiftFeed> find(UUID id) {
    return jdbc.sql("select " + COLUMNS + " from calendar_feed where id = ? for update")
        .param(id)
        .query(ShiftFeeds::toFeed)
        .optional();
  }

  private int of(PersonId person) {
    return jdbc.sql("select count(*) from calendar_feed where person_id = ?")
        .param(person.value())
        .query(Integer.class)
        .single();
  }

  private static boolean isTheirs(Viewer viewer, ShiftFeed feed) {
    return feed.person().equals(viewer.person()) || viewer.may(Role.ADMIN);
  }

  private void record(Viewer viewer, String action, UUID feed) {
    audit.record(
        new Actor.Person(viewer.person()), action, Subject.of("rotations.feed", feed), Map.of());
  }

  private static ShiftFeed toFeed(ResultSet row, int number) throws SQLException {
    OffsetDateTime read = row.getObject("last_read_at", OffsetDateTime.class);
    return new ShiftFeed(
        row.getObject("id", UUID.class),
        new PersonId(row.getObject("person_id", UUID.class)),
        row.getObject("rotation_id", UUID.class),
        row.getObject("created_at", OffsetDateTime.class).toInstant(),
        read == null ? null : read.toInstant());
  }
}
