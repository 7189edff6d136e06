package dev.bothy.platform.people;

import dev.bothy.platform.audit.Actor;
import dev.bothy.platform.kernel.PersonId;
import dev.bothy.platform.kernel.WorkspaceId;
import dev.bothy.platform.workspace.Workspace;
import dev.bothy.platform.workspace.Workspaces;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Base64;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.springframework.boot.test.context.TestComponent;

/// People of a test's own, signed in without the detour through the identity provider.
@TestComponent
public class TestPeople {
  /// Somebody signed in.
  ///
  /// @param token the value of their session cookie, `bothy-session`
  /// @param csrf what their forms carry as `_csrf`, or as header `X-CSRF-TOKEN`
  public record Someone(PersonId id, String name, String token, String csrf) {}

  private final People people;
  private final Members members;
  private final Sessions sessions;
  private final Workspaces workspaces;

  TestPeople(People people, Members members, Sessions sessions, Workspaces workspaces) {
    this.people = people;
    this.members = members;
    this.sessions = sessions;
    this.workspaces = workspaces;
  }

  /// A new person with these roles in the workspace, signed in.
  public Someone signedIn(Workspace workspace, String name, Role... roles) {
    Someone someone = stranger(name);
    assign(workspace, someone.id(), roles);
    return someone;
  }

  /// A new person without a place in any workspace, signed in.
  public Someone stranger(String name) {
    String subject = UUID.randomUUID().toString();
    PersonId id =
        people.signedIn(
            new Claims(
                "https://login.test/realms/test",
                subject,
                name,
                "user-" + subject,
                null,
                Set.of(),
                null,
                null));
    String token = sessions.open(id, "sid-" + subject, null, null);
    return new Someone(id, name, token, formToken(token));
  }

  /// The same for a server that is a process of its own.
  ///
  /// @param superuser a connection to its database
  public static Someone signedIn(
      Connection superuser, WorkspaceId workspace, String name, Role... roles) throws SQLException {
    PersonId id = new PersonId(UUID.randomUUID());
    String token = Tokens.random();
    try (PreparedStatement person =
            superuser.prepareStatement(
                "insert into bothy.person values (?, 'https://login.test', ?, ?, ?, now(), now())");
        PreparedStatement session =
            superuser.prepareStatement(
                "insert into bothy.session values (?, ?, null, null, now(), now(),"
                    + " now() + interval '1 hour')")) {
      person.setObject(1, id.value());
      person.setString(2, id.toString());
      person.setString(3, name);
      person.setString(4, name);
      person.execute();
      session.setBytes(1, Tokens.sha256(token));
      session.setObject(2, id.value());
      session.execute();
    }
    Someone someone = new Someone(id, name, token, formToken(token));
    join(superuser, workspace, someone, roles);
    return someone;
  }

  /// Gives them these roles in another workspace of that server's.
  public static void join(
      Connection superuser, WorkspaceId workspace, Someone someone, Role... roles)
      throws SQLException {
    try (PreparedStatement member =
        superuser.prepareStatement("insert into bothy.member values (?, ?, ?, now())")) {
      member.setObject(1, workspace.value());
      member.setObject(2, someone.id().value());
      member.setArray(
          3, superuser.createArrayOf("text", Stream.of(roles).map(Role::name).toArray()));
      member.execute();
    }
  }

  /// The same person with another session.
  static Someone withSession(Someone someone, String token) {
    return new Someone(someone.id(), someone.name(), token, formToken(token));
  }

  /// What a page's form carries: the token masked by as many bytes before it. A page takes random
  /// ones; zeros do as well.
  private static String formToken(String session) {
    byte[] plain = Tokens.derive(session, "form of this session").getBytes(StandardCharsets.UTF_8);
    byte[] masked = new byte[2 * plain.length];
    System.arraycopy(plain, 0, masked, plain.length, plain.length);
    return Base64.getUrlEncoder().encodeToString(masked);
  }

  /// The cookie of one more session of theirs, as of another browser.
  public String anotherSession(PersonId person) {
    return sessions.open(person, null, null, "Firefox on Linux");
  }

  /// Gives the person exactly these roles.
  public void assign(Workspace workspace, PersonId person, Role... roles) {
    workspaces.inWorkspace(
        workspace.id(),
        () -> members.setRoles(person, RoleSource.SIGN_ON, Set.of(roles), new Actor.System()));
  }
}
