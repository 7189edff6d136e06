package dev.bothy.platform.people;

import dev.bothy.platform.kernel.PersonId;
import dev.bothy.platform.workspace.Workspace;
import java.util.Set;
import java.util.UUID;
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
  private final Sessions sessions;

  TestPeople(People people, Sessions sessions) {
    this.people = people;
    this.sessions = sessions;
  }

  /// A new person with these roles in the workspace, signed in.
  public Someone signedIn(Workspace workspace, String name, Role... roles) {
    Someone someone = stranger(name);
    people.assign(workspace.id(), someone.id(), Set.of(roles));
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
    String token = sessions.open(id, "sid-" + subject, null);
    return new Someone(id, name, token, Tokens.derive(token, "form of this session"));
  }

  /// Gives the person exactly these roles.
  public void assign(Workspace workspace, PersonId person, Role... roles) {
    people.assign(workspace.id(), person, Set.of(roles));
  }
}
