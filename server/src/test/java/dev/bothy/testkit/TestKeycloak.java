package dev.bothy.testkit;

import dev.bothy.embedded.KeycloakRealm;
import dev.bothy.embedded.KeycloakServer;
import dev.bothy.platform.keycloak.KeycloakConnection;
import dev.bothy.platform.keycloak.KeycloakLogin;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.util.UUID;
import org.springframework.http.client.JdkClientHttpRequestFactory;

/// A realm of its own in the one Keycloak of the test run. It starts when the first test asks for
/// it, from `target/keycloak`, so that only the first run after a `clean` makes its database.
///
/// @param realm its client, people and password
/// @param issuer what its tokens name, and where browsers go
public record TestKeycloak(KeycloakRealm realm, URI issuer) {
  private static final String CLIENT_SECRET = "testsecret";

  /// Chosen before Keycloak starts, so that a server can be told the issuer of a realm to come.
  private static final int PORT = freePort();

  private static final class Server {
    static final KeycloakServer KEYCLOAK = start();

    private static KeycloakServer start() {
      try {
        KeycloakServer server = KeycloakServer.start(Path.of("target", "keycloak"), PORT);
        Runtime.getRuntime().addShutdownHook(new Thread(server::close, "keycloak"));
        return server;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /// The password of all four people.
  public static final String PASSWORD = "test-password";

  /// Where it is, or will be once a test asks for a realm.
  public static URI address() {
    return URI.create("http://localhost:" + PORT);
  }

  /// The settings that point a server at the realm of this name, as `name=value`. Keycloak need not
  /// run yet, nor the realm exist.
  public static String[] properties(String realm) {
    return new String[] {
      "bothy.sign-on.issuer=http://localhost:" + PORT + "/realms/" + realm,
      "bothy.sign-on.client-id=" + KeycloakRealm.CLIENT,
      "bothy.sign-on.client-secret=" + CLIENT_SECRET
    };
  }

  /// Makes a realm for the application at this address (`http://localhost:port`), with `alice`,
  /// `bob`, `chen` and `dana` in it.
  public static TestKeycloak realmFor(URI application) {
    return realm("test-" + UUID.randomUUID(), application);
  }

  /// The realm of the server that tests share ([BothyTest]), which browsers reach at this port of
  /// `localhost`.
  public static TestKeycloak shared(int port) {
    return realm(RealPartsInitializer.REALM, URI.create("http://localhost:" + port));
  }

  /// The same with a name of one's own. If the realm is there already, its application moves to
  /// this address.
  public static TestKeycloak realm(String name, URI application) {
    KeycloakRealm realm = new KeycloakRealm(name, application, CLIENT_SECRET, PASSWORD);
    try {
      Server.KEYCLOAK.ensure(realm);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new TestKeycloak(realm, realm.issuer(Server.KEYCLOAK.address()));
  }

  /// The realm as an administrator sees it. The caller closes it.
  public KeycloakConnection connect() {
    return connectTo(realm.name());
  }

  /// Any realm as an administrator sees it. The caller closes it.
  public KeycloakConnection connectTo(String name) {
    return Server.KEYCLOAK.connect(name);
  }

  /// A login of this realm's own, or of `master`'s. The caller closes it.
  public KeycloakConnection connect(KeycloakLogin login) {
    return new KeycloakConnection(
        Server.KEYCLOAK.address(), realm.name(), login, new JdkClientHttpRequestFactory());
  }

  private static int freePort() {
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return free.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
