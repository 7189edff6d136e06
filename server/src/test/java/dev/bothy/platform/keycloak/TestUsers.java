package dev.bothy.platform.keycloak;

import dev.bothy.testkit.TestKeycloak;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.keycloak.admin.client.resource.RealmResource;
import org.keycloak.admin.client.resource.UsersResource;
import org.keycloak.representations.idm.CredentialRepresentation;
import org.keycloak.representations.idm.UserRepresentation;

/// Users of a realm as its administrator sees and changes them.
public final class TestUsers {
  private final TestKeycloak keycloak;

  public TestUsers(TestKeycloak keycloak) {
    this.keycloak = keycloak;
  }

  /// A user as they stand there.
  ///
  /// @param sessions how many sessions they have
  public record User(
      String id, String username, String email, String name, boolean enabled, int sessions) {}

  /// Makes the client through which Bothy keeps users.
  public void allow(WantedRealm.ProvisioningClient client) {
    try (KeycloakConnection connection = keycloak.connect()) {
      RealmStep step = new RealmStep(connection);
      WantedRealm wanted = RealmStepCase.wanted(WantedRealm.Guard.ADVISE, client);
      step.apply(step.plan(wanted));
    }
  }

  public Optional<User> find(String username) {
    return asked(users ->
        users.searchByUsername(username, true).stream()
            .findFirst()
            .map(user ->
                new User(
                    user.getId(),
                    user.getUsername(),
                    String.valueOf(user.getEmail()),
                    user.getFirstName() + " " + user.getLastName(),
                    user.isEnabled(),
                    users.get(user.getId()).getUserSessions().size())));
  }

  /// Makes one who has nothing to do with Bothy.
  public void make(String username) {
    asked(users -> {
      UserRepresentation user = new UserRepresentation();
      user.setUsername(username);
      user.setEmail(username + "@theirs.test");
      user.setEnabled(true);
      users.create(user).close();
      return user;
    });
  }

  public void setPassword(String username, String password) {
    asked(users -> {
      CredentialRepresentation credential = new CredentialRepresentation();
      credential.setType("password");
      credential.setValue(password);
      credential.setTemporary(false);
      users.get(idOf(users, username)).resetPassword(credential);
      return username;
    });
  }

  public void change(String username, Consumer<UserRepresentation> change) {
    asked(users -> {
      String id = idOf(users, username);
      UserRepresentation user = users.get(id).toRepresentation();
      change.accept(user);
      users.get(id).update(user);
      return id;
    });
  }

  public void delete(String username) {
    asked(users -> {
      users.get(idOf(users, username)).remove();
      return username;
    });
  }

  private static String idOf(UsersResource users, String username) {
    List<UserRepresentation> found = users.searchByUsername(username, true);
    return found.getFirst().getId();
  }

  private <T> T asked(Function<UsersResource, T> question) {
    try (KeycloakConnection connection = keycloak.connect()) {
      RealmResource realm = connection.realm();
      return question.apply(realm.users());
    }
  }
}
