package dev.bothy.platform.people;

import dev.bothy.platform.api.ApiScopes;
import dev.bothy.platform.audit.Actor;
import dev.bothy.platform.audit.Audit;
import dev.bothy.platform.audit.Subject;
import dev.bothy.platform.kernel.Ids;
import dev.bothy.platform.kernel.PersonId;
import dev.bothy.platform.kernel.Problem;
import dev.bothy.platform.kernel.WorkspaceId;
import dev.bothy.platform.workspace.Workspaces;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;

/// The tokens that people give their programs. A token works in one workspace, for the scopes it
/// was made for, until it expires, is revoked, or its owner's place there ends; roles are read anew
/// at each request. Only its hash is kept.
@Service
public class ApiTokens {
  /// What every token begins with, so that scanners for leaked secrets know it.
  static final String PREFIX = "bothy_pat_";

  /// How many tokens in force somebody may have in a workspace.
  static final int MOST = 50;

  private static final int LONGEST_NAME = 80;
  private static final Duration SEEN_GRANULARITY = Duration.ofMinutes(1);
  private static final String COLUMNS =
      "id, person_id, name, scopes, created_at, expires_at, last_used_at, revoked_at";

  private final Workspaces workspaces;
  private final JdbcClient jdbc;
  private final Clock clock;
  private final Audit audit;
  private final ApiScopes scopes;
  private final ApiTokenSettings settings;
  private final Sessions sessions;

  ApiTokens(
      Workspaces workspaces,
      JdbcClient jdbc,
      Clock clock,
      Audit audit,
      ApiScopes scopes,
      ApiTokenSettings settings,
      Sessions sessions) {
    this.workspaces = workspaces;
    this.jdbc = jdbc;
    this.clock = clock;
    this.audit = audit;
    this.scopes = scopes;
    this.settings = settings;
    this.sessions = sessions;
  }

  /// What became of asking for a token.
  public sealed interface Made {
    /// It is made.
    ///
    /// @param token what the program carries; it is told this once and kept nowhere
    record Token(ApiToken known, String token) implements Made {
      @Override
      public String toString() {
        return "Token[known=" + known + "]";
      }
    }

    /// Nothing was made.
    ///
    /// @param problems at least one
    record Refused(List<Problem> problems) implements Made {}
  }

  /// Whether a request may make tokens at all: only one of a session that the identity provider
  /// vouched for. Neither a token nor a break-glass code may make something that outlives it.
  public boolean mayMake(SignedIn who) {
    return who.session() != null
        && sessions.of(who.person()).stream()
            .anyMatch(session -> session.id().equals(who.session()) && !session.emergency());
  }

  /// Makes a token for the viewer themselves, for a request that [#mayMake] allows.
  ///
  /// @param expiresAt null is as late as is allowed
  public Made make(Viewer viewer, String name, Set<String> wanted, @Nullable Instant expiresAt) {
    return workspaces.inWorkspace(
        viewer.workspace(),
        () -> {
          Instant now = clock.instant();
          Instant latest = now.plus(settings.tokenLifetime());
          List<Problem> problems = problems(name.strip(), wanted, expiresAt, now, latest);
          if (problems.isEmpty() && inForce(viewer.person(), now) >= MOST) {
            problems.add(
                Problem.ofUser(
                    "people.too-many-tokens",
                    "You have " + MOST + " tokens in force here. Revoke one first."));
          }
          if (!problems.isEmpty()) {
            return new Made.Refused(problems);
          }
          String token = PREFIX + Tokens.random();
          ApiToken made =
              new ApiToken(
                  Ids.next(clock),
                  viewer.person(),
                  name.strip(),
                  new TreeSet<>(wanted),
                  now,
                  expiresAt == null ? latest : expiresAt,
                  null,
                  null);
          insert(viewer.workspace(), made, token);
          record(new Actor.Person(viewer.person()), "people.token-made", made.id());
          return new Made.Token(made, token);
        });
  }

  /// Somebody's own tokens, the newest first, also those that ended lately.
  public List<ApiToken> of(Viewer viewer) {
    return of(viewer.workspace(), viewer.person());
  }

  /// The tokens of a member of the workspace, likewise, for whom [Access] let see them.
  public List<ApiToken> of(WorkspaceId workspace, PersonId person) {
    return workspaces.inWorkspace(
        workspace,
        () ->
            jdbc.sql(
                    "select "
                        + COLUMNS
                        + " from api_token where person_id = ?"
                        + " order by created_at desc, id")
                .param(person.value())
                .query(ApiTokens::toToken)
                .list());
  }

  /// Everybody's tokens in the workspace, for an admin.
  public List<ApiToken> ofEverybody(Viewer admin) {
    admin.require(Role.ADMIN);
    return workspaces.inWorkspace(
        admin.workspace(),
        () ->
            jdbc.sql("select " + COLUMNS + " from api_token order by created_at desc, id")
                .query(ApiTokens::toToken)
                .list());
  }

  /// Revokes a token of the viewer's, or, by an admin, of anybody's in the workspace: from when
  /// this returns no request with it is answered. Once is enough: again changes nothing.
  ///
  /// @return false if there is no such token that they may revoke
  public boolean revoke(Viewer viewer, UUID id) {
    return workspaces.inWorkspace(
        viewer.workspace(),
        () -> {
          Optional<ApiToken> found =
              jdbc.sql("select " + COLUMNS + " from api_token where id = ? for update")
                  .param(id)
                  .query(ApiTokens::toToken)
                  .optional()
                  .filter(
                      token -> token.person().equals(viewer.person()) || viewer.may(Role.ADMIN));
          if (found.isPresent() && found.get().revokedAt() == null) {
            jdbc.sql("update api_token set revoked_at = ? where id = ?")
                .params(at(clock.instant()), id)
                .update();
            record(new Actor.Person(viewer.person()), "people.token-revoked", id);
          }
          return found.isPresent();
        });
  }

  /// Revokes every token of somebody in the current workspace, for good. (While their place has
  /// ended their tokens are refused anyway; this is for what no grace brings back.)
  public void endAllOf(PersonId person) {
    jdbc.sql(
            "update api_token set revoked_at = ? where person_id = ? and revoked_at is null"
                + " returning id")
        .params(at(clock.instant()), person.value())
        .query(UUID.class)
        .list()
        .forEach(id -> record(new Actor.System(), "people.token-revoked", id));
  }

  /// Who comes with this token; empty if it is none, or not in force. Notes that it was used.
  Optional<SignedIn> find(String token) {
    if (!token.startsWith(PREFIX) || !Tokens.isWellFormed(token.substring(PREFIX.length()))) {
      return Optional.empty();
    }
    Instant now = clock.instant();
    record InForce(SignedIn who, ApiTokenGrant grant, @Nullable Instant lastUsedAt) {}
    Optional<InForce> found =
        workspaces.inOneStatement(() ->
            jdbc.sql("select * from api_token_in_force(?, ?)")
                .params(Tokens.sha256(token), at(now))
                .query((row, _) ->
                    new InForce(
                        new SignedIn(
                            new PersonId(row.getObject("person_id", UUID.class)),
                            row.getString("name"),
                            null),
                        new ApiTokenGrant(
                            row.getObject("id", UUID.class),
                            new WorkspaceId(row.getObject("workspace_id", UUID.class)),
                            scopes(row)),
                        instant(row, "last_used_at")))
                .optional());
    return found.map(known -> {
      if (known.lastUsedAt() == null || known.lastUsedAt().plus(SEEN_GRANULARITY).isBefore(now)) {
        noteUse(known.grant(), now);
      }
      known.who().setDetails(known.grant());
      return known.who();
    });
  }

  private void noteUse(ApiTokenGrant grant, Instant now) {
    workspaces.inWorkspace(
        grant.workspace(),
        () ->
            jdbc.sql("update api_token set last_used_at = ? where id = ?")
                .params(at(now), grant.token())
                .update());
  }

  private List<Problem> problems(
      String name, Set<String> wanted, @Nullable Instant expiresAt, Instant now, Instant latest) {
    List<Problem> problems = new ArrayList<>();
    if (name.isEmpty()
        || name.length() > LONGEST_NAME
        || name.chars().anyMatch(Character::isISOControl)) {
      problems.add(
          Problem.ofField(
              "people.token-name",
              "name",
              "name: 1 to " + LONGEST_NAME + " characters on one line are allowed"));
    }
    Set<String> known = scopes.all();
    if (wanted.isEmpty() || !known.containsAll(wanted)) {
      problems.add(
          Problem.ofField(
              "people.token-scopes",
              "scopes",
              "scopes: one or more of " + String.join(", ", known) + " are allowed"));
    }
    if (expiresAt != null && (!expiresAt.isAfter(now) || expiresAt.isAfter(latest))) {
      problems.add(
          Problem.ofField(
              "people.token-expiry",
              "expiresAt",
              "expiresAt: a time between now and " + latest + " is allowed"));
    }
    return problems;
  }

  private int inForce(PersonId person, Instant now) {
    return jdbc.sql(
            "select count(*) from api_token"
                + " where person_id = ? and revoked_at is null and expires_at > ?")
        .params(person.value(), at(now))
        .query(Integer.class)
        .single();
  }

  private void insert(WorkspaceId workspace, ApiToken made, String token) {
    jdbc.sql(
            "insert into api_token (workspace_id, id, person_id, token_hash, name, scopes,"
                + " created_at, expires_at) values (?, ?, ?, ?, ?, ?, ?, ?)")
        .params(
            workspace.value(),
            made.id(),
            made.person().value(),
            Tokens.sha256(token),
            made.name(),
            made.scopes().toArray(String[]::new),
            at(made.createdAt()),
            at(made.expiresAt()))
        .update();
  }

  private void record(Actor by, String action, UUID token) {
    audit.record(by, action, Subject.of("people.token", token), Map.of());
  }

  private static ApiToken toToken(ResultSet row, int number) throws SQLException {
    return new ApiToken(
        row.getObject("id", UUID.class),
        new PersonId(row.getObject("person_id", UUID.class)),
        row.getString("name"),
        scopes(row),
        row.getObject("created_at", OffsetDateTime.class).toInstant(),
        row.getObject("expires_at", OffsetDateTime.class).toInstant(),
        instant(row, "last_used_at"),
        instant(row, "revoked_at"));
  }

  private static TreeSet<String> scopes(ResultSet row) throws SQLException {
    return new TreeSet<>(List.of((String[]) row.getArray("scopes").getArray()));
  }

  private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
    OffsetDateTime at = row.getObject(column, OffsetDateTime.class);
    return at == null ? null : at.toInstant();
  }

  private static OffsetDateTime at(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }
}
