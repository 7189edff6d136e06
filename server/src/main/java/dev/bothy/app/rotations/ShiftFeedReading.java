package dev.bothy.app.rotations;

import dev.bothy.app.rotations.exchange.CalendarFeed;
import dev.bothy.app.rotations.exchange.NamedShift;
import dev.bothy.platform.chatlinks.ChatLinks;
import dev.bothy.platform.chatlinks.LinkedAccount;
import dev.bothy.platform.kernel.PersonId;
import dev.bothy.platform.kernel.WorkspaceId;
import dev.bothy.platform.people.Member;
import dev.bothy.platform.people.Members;
import dev.bothy.platform.workspace.Workspaces;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;

/// What calendar programs read at a secret address: the shifts of a month back and six months
/// ahead.
///
/// An address that nobody made, one that was revoked, one of somebody whose place has ended, and
/// one of a rotation in the bin are all the same: nothing is there.
@Service
public class ShiftFeedReading {
  /// How often a program may ask again.
  public static final Duration REFRESH = Duration.ofHours(1);

  private static final Duration BACK = Duration.ofDays(31);
  private static final Duration AHEAD = Duration.ofDays(183);
  private static final Duration SEEN_GRANULARITY = Duration.ofMinutes(10);

  private final RotationTable rotations;
  private final Foresight foresight;
  private final NamedShifts names;
  private final ChatLinks links;
  private final Members members;
  private final JdbcClient jdbc;
  private final Workspaces workspaces;
  private final Clock clock;

  ShiftFeedReading(
      RotationTable rotations,
      Foresight foresight,
      NamedShifts names,
      ChatLinks links,
      Members members,
      JdbcClient jdbc,
      Workspaces workspaces,
      Clock clock) {
    this.rotations = rotations;
    this.foresight = foresight;
    this.names = names;
    this.links = links;
    this.members = members;
    this.jdbc = jdbc;
    this.workspaces = workspaces;
    this.clock = clock;
  }

  /// A feed as it stands.
  ///
  /// @param text iCalendar
  /// @param sameAs the same text as long as the shifts and their names are the same
  public record Text(String text, String sameAs) {}

  private record Found(
      WorkspaceId workspace,
      UUID id,
      PersonId person,
      @Nullable UUID rotation,
      byte[] hash,
      @Nullable Instant lastReadAt) {}

  private record Content(String name, CalendarFeed.View view, List<NamedShift> shifts) {}

  /// The feed at an address; empty if nothing is there. Called outside of any transaction. Notes
  /// that it was read.
  public Optional<Text> read(String secret) {
    if (!FeedAddress.isWellFormed(secret)) {
      return Optional.empty();
    }
    byte[] hash = FeedAddress.sha256(secret);
    Optional<Found> found =
        workspaces
            .inOneStatement(() ->
                jdbc.sql("select * from calendar_feed_of(?)")
                    .param(hash)
                    .query((row, _) -> {
                      OffsetDateTime read = row.getObject("last_read_at", OffsetDateTime.class);
                      return new Found(
                          new WorkspaceId(row.getObject("workspace_id", UUID.class)),
                          row.getObject("id", UUID.class),
                          new PersonId(row.getObject("person_id", UUID.class)),
                          row.getObject("rotation_id", UUID.class),
                          row.getBytes("token_hash"),
                          read == null ? null : read.toInstant());
                    })
                    .optional())
            .filter(feed -> MessageDigest.isEqual(feed.hash(), hash));
    return found.flatMap(feed ->
        workspaces.inWorkspace(
            feed.workspace(),
            () ->
                members
                    .find(feed.person())
                    .filter(Member::active)
                    .flatMap(member -> content(feed, member))
                    .map(content -> {
                      noteRead(feed);
                      return text(content);
                    })));
  }

  private Text text(Content content) {
    Instant stamp = clock.instant().truncatedTo(ChronoUnit.SECONDS);
    return new Text(
        new CalendarFeed(content.name(), content.view(), REFRESH, stamp)
            .published(content.shifts()),
        new CalendarFeed(content.name(), content.view(), REFRESH, Instant.EPOCH)
            .published(content.shifts()));
  }

  private Optional<Content> content(Found feed, Member member) {
    Instant today = clock.instant().truncatedTo(ChronoUnit.DAYS);
    Instant from = today.minus(BACK);
    Instant until = today.plus(AHEAD);
    if (feed.rotation() == null) {
      return Optional.of(
          new Content(
              "On duty: " + member.name(),
              CalendarFeed.View.PERSON,
              ofPerson(feed.person(), from, until)));
    }
    return rotations
        .byId(feed.rotation())
        .filter(rotation -> rotation.deletedAt().isEmpty())
        .map(rotation ->
            new Content(
                rotation.name(),
                CalendarFeed.View.ROTATION,
                names.of(rotation, foresight.timeline(rotation, from, until, Integer.MAX_VALUE))));
  }

  private List<NamedShift> ofPerson(PersonId person, Instant from, Instant until) {
    List<NamedShift> found = new ArrayList<>();
    for (LinkedAccount linked : links.accountsOf(person)) {
      for (UUID id : rotationsOf(linked, from)) {
        rotations
            .byId(id)
            .filter(rotation -> rotation.deletedAt().isEmpty())
            .ifPresent(rotation ->
                found.addAll(
                    names.of(
                        rotation,
                        foresight.timeline(rotation, from, until, Integer.MAX_VALUE).stream()
                            .filter(shift ->
                                shift.person() != null
                                    && shift.person().account().equals(linked.account()))
                            .toList())));
      }
    }
    return found;
  }

  /// Those in which they were, are or may be on duty.
  private List<UUID> rotationsOf(LinkedAccount linked, Instant from) {
    return jdbc.sql(
            """
            select r.id from rotation r
            where r.connection_id = :connection and r.deleted_at is null and (
              exists (select from rotation_participant p
                where p.rotation_id = r.id and p.account = :account)
              or exists (select from shift s
                where s.rotation_id = r.id and s.account = :account and s.ends_at > :from)
              or exists (select from plan_change c
                where c.rotation_id = r.id and c.account_in = :account and c.ends_at > :from)
              or exists (select from plan_change c join temporary_shift t on t.change_id = c.id
                where c.rotation_id = r.id and t.account = :account and t.ends_at > :from))
            order by r.id
            """)
        .param("connection", linked.connection().value())
        .param("account", linked.account())
        .param("from", from.atOffset(ZoneOffset.UTC))
        .query((row, _) -> row.getObject("id", UUID.class))
        .list();
  }

  private void noteRead(Found feed) {
    Instant now = clock.instant();
    if (feed.lastReadAt() == null || feed.lastReadAt().plus(SEEN_GRANULARITY).isBefore(now)) {
      jdbc.sql("update calendar_feed set last_read_at = ? where id = ?")
          .param(now.atOffset(ZoneOffset.UTC))
          .param(feed.id())
          .update();
    }
  }
}
