package dev.bothy.platform.keycloak;

/// As whom Keycloak's administration interface is used.
public sealed interface KeycloakLogin {
  /// The realm that knows the login; its token works in this realm, and one of `master` in each.
  String realm();

  /// A client with a service account.
  record ServiceAccount(String realm, String clientId, String secret) implements KeycloakLogin {
    @Override
    public String toString() {
      return "the client " + clientId + " of the realm " + realm;
    }
  }

  /// A person, through Keycloak's own client `admin-cli`.
  record Administrator(String realm, String username, String password) implements KeycloakLogin {
    @Override
    public String toString() {
      return "the user " + username + " of the realm " + realm;
    }
  }
}
