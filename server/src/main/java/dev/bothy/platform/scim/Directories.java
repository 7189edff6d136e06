package dev.bothy.platform.scim;

import dev.bothy.platform.audit.Actor;
import dev.bothy.platform.audit.Audit;
import dev.bothy.platform.audit.Subject;
import dev.bothy.platform.kernel.Ids;
import dev.bothy.platform.kernel.PersonId;
import dev.bothy.platform.kernel.WorkspaceId;
import dev.bothy.platform.people.Role;
import dev.bothy.platform.workspace.Workspaces;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;

/// The directories of a workspace and what they prove themselves with. Called within a transaction
/// of the workspace, except where a token tells it.
@Service
public class Directories {
  private static final Duration BETWEEN_NOTES = Duration.ofMinutes(1);
  private static final Duration BETWEEN_REFUSALS = Duration.ofHours(1);

  private final JdbcClient jdbc;
  private final Workspaces workspaces;
  private final Audit audit;
  private final Clock clock;

  Directories(JdbcClient jdbc, Workspaces workspaces, Audit audit, Clock clock) {
    this.jdbc = jdbc;
    this.workspaces = workspaces;
    this.audit = audit;
    this.clock = clock;
  }

  /// A directory with the one time that its token can be read.
  ///
  /// @param token to be shown and forgotten
  public record Connected(UUID directory, String token) {
    @Override
    public String toString() {
      return "Connected[directory=" + directory + "]";
    }
  }

  /// Whose token it is.
  sealed interface Bearer {
    record Known(WorkspaceId workspace, UUID directory) implements Bearer {}

    record Expired(WorkspaceId workspace, UUID directory) implements Bearer {}

    record Unknown() implements Bearer {}
  }

  /// Connects a directory whose users are members.
  ///
  /// @param name 1 to [Directory#LONGEST_NAME] characters
  /// @return empty if another directory has this name
  public Optional<Connected> connect(String name, PersonId by) {
    UUID id = Ids.next(clock);
    int inserted =
        jdbc.sql(
                "insert into directory (workspace_id, id, name, default_roles, created_at)"
                    + " values (?, ?, ?, ?, ?) on conflict do nothing")
            .params(
                workspaces.current().value(),
                id,
                name,
                new String[] {Role.MEMBER.name()},
                at(clock.instant()))
            .update();
    if (inserted == 0) {
      return Optional.empty();
    }
    record(by, "scim.directory-connected", id);
    return Optional.of(new Connected(id, newToken(id)));
  }

  /// A new token; those before it end after [DirectoryToken#OVERLAP], if they live that long.
  ///
  /// @return empty if there is no such directory
  public Optional<Connected> rotate(UUID directory, PersonId by) {
    if (find(directory).isEmpty()) {
      return Optional.empty();
    }
    jdbc.sql("update directory_token set expires_at = least(expires_at, ?) where directory_id = ?")
        .params(at(clock.instant().plus(DirectoryToken.OVERLAP)), directory)
        .update();
    // Two live at once. The one to stay is what the directory uses, not a new one that got lost
    // before it was pasted.
    jdbc.sql(
            "delete from directory_token where directory_id = ? and id not in"
                + " (select id from directory_token where directory_id = ?"
                + " order by last_used_at desc nulls last, created_at desc limit 1)")
        .params(directory, directory)
        .update();
    record(by, "scim.token-rotated", directory);
    return Optional.of(new Connected(directory, newToken(directory)));
  }

  /// Ends a token at once.
  ///
  /// @return false if there is none
  public boolean revoke(UUID directory, UUID token, PersonId by) {
    boolean was =
        jdbc.sql("delete from directory_token where directory_id = ? and id = ?")
                .params(directory, token)
                .update()
            > 0;
    if (was) {
      record(by, "scim.token-revoked", directory);
    }
    return was;
  }

  public List<Directory> list() {
    return jdbc.sql("select id, name, default_roles, created_at from directory order by name")
        .query(Directories::toDirectory)
        .list();
  }

  public Optional<Directory> find(UUID id) {
    return jdbc.sql("select id, name, default_roles, created_at from directory where id = ?")
        .param(id)
        .query(Directories::toDirectory)
        .optional();
  }

  /// The tokens of a directory, newest first; those that expired stay until they are replaced.
  public List<DirectoryToken> tokens(UUID directory) {
    return jdbc.sql(
            "select id, created_at, expires_at, last_used_at from directory_token"
                + " where directory_id = ? order by id desc")
        .param(directory)
        .query((row, number) ->
            new DirectoryToken(
                row.getObject("id", UUID.class),
                instant(row, "created_at"),
                instant(row, "expires_at"),
                row.getObject("last_used_at") == null ? null : instant(row, "last_used_at")))
        .list();
  }

  /// Whose token this is; called outside of any transaction. It notes that it was used, and audits
  /// that one was refused which had expired; one that nobody knows leaves no trace.
  Bearer bearer(String token) {
    record Found(
        WorkspaceId workspace, UUID directory, UUID token, Instant expires, Instant lastUsed) {}
    Found found =
        workspaces
            .inOneStatement(() ->
                jdbc.sql("select * from directory_of_token(?)")
                    .param(BearerToken.sha256(token))
                    .query((row, number) ->
                        new Found(
                            new WorkspaceId(row.getObject("workspace_id", UUID.class)),
                            row.getObject("directory_id", UUID.class),
                            row.getObject("token_id", UUID.class),
                            instant(row, "expires_at"),
                            row.getObject("last_used_at") == null
                                ? Instant.EPOCH
                                : instant(row, "last_used_at")))
                    .optional())
            .orElse(null);
    if (found == null) {
      return new Bearer.Unknown();
    }
    Instant now = clock.instant();
    if (!found.expires().isAfter(now)) {
      workspaces.inWorkspace(
          found.workspace(), () -> refused(found.directory(), found.token(), now));
      return new Bearer.Expired(found.workspace(), found.directory());
    }
    if (found.lastUsed().plus(BETWEEN_NOTES).isBefore(now)) {
      workspaces.inWorkspace(
          found.workspace(),
          () ->
              jdbc.sql("update directory_token set last_used_at = ? where id = ?")
                  .params(at(now), found.token())
                  .update());
    }
    return new Bearer.Known(found.workspace(), found.directory());
  }

  private void refused(UUID directory, UUID token, Instant now) {
    int noted =
        jdbc.sql(
                "update directory_token set refused_at = ?"
                    + " where id = ? and (refused_at is null or refused_at < ?)")
            .params(at(now), token, at(now.minus(BETWEEN_REFUSALS)))
            .update();
    if (noted > 0) {
      audit.record(
          new Actor.System(),
          "scim.token-refused",
          Subject.of("scim.directory", directory),
          Map.of("token", token.toString(), "why", "expired"));
    }
  }

  private String newToken(UUID directory) {
    String token = BearerToken.random();
    Instant now = clock.instant();
    jdbc.sql(
            "insert into directory_token"
                + " (workspace_id, id, directory_id, token_hash, created_at, expires_at)"
                + " values (?, ?, ?, ?, ?, ?)")
        .params(
            workspaces.current().value(),
            Ids.next(clock),
            directory,
            BearerToken.sha256(token),
            at(now),
            at(now.plus(DirectoryToken.LIFE)))
        .update();
    return token;
  }

  private void record(PersonId by, String action, UUID directory) {
    audit.record(new Actor.Person(by), action, Subject.of("scim.directory", directory));
  }

  private static Directory toDirectory(ResultSet row, int number) throws SQLException {
    return new Directory(
        row.getObject("id", UUID.class),
        row.getString("name"),
        Set.copyOf(ScimRoles.roles(row, "default_roles")),
        instant(row, "created_at"));
  }

  static Instant instant(ResultSet row, String column) throws SQLException {
    return row.getObject(column, OffsetDateTime.class).toInstant();
  }

  static OffsetDateTime at(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }
}
