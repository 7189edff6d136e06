package dev.bothy.platform.people;

import dev.bothy.platform.kernel.PersonId;
import dev.bothy.platform.workspace.Workspace;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
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
    return new Someone(id, name, token, formToken(token));
  }

  /// What a page's form carries: the token masked by as many bytes before it. A page takes random
  /// ones; zeros do as well.
  private static String formToken(String session) {
    byte[] plain = Tokens.derive(session, "form of this session").getBytes(StandardCharsets.UTF_8);
    byte[] masked = new byte[2 * plain.length];
    System.arraycopy(plain, 0, masked, plain.length, plain.length);
    return Base64.getUrlEncoder().encodeToString(masked);
  }

  /// Gives the person exactly these roles.
  public void assign(Workspace workspace, PersonId person, Role... roles) {
    people.assign(workspace.id(), person, Set.of(roles));
  }
}
