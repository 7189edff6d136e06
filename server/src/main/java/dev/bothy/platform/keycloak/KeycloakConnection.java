package dev.bothy.platform.keycloak;

import dev.bothy.platform.keycloak.KeycloakRefused.Why;
import jakarta.ws.rs.ProcessingException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.function.Supplier;
import org.jboss.resteasy.client.jaxrs.internal.ResteasyClientBuilderImpl;
import org.jspecify.annotations.Nullable;
import org.keycloak.admin.client.JacksonProvider;
import org.keycloak.admin.client.Keycloak;
import org.keycloak.admin.client.KeycloakBuilder;
import org.keycloak.admin.client.resource.RealmResource;
import org.keycloak.admin.client.resource.RealmsResource;
import org.springframework.http.client.ClientHttpRequestFactory;

/// Keycloak's administration interface, for one realm and as one login. What goes wrong is a
/// [KeycloakAway] or a [KeycloakRefused], in words. A token is asked for when first needed and
/// again before its time is over.
public final class KeycloakConnection implements AutoCloseable {
  private static final int BAD_REQUEST = 400;
  private static final int UNAUTHORIZED = 401;
  private static final int FORBIDDEN = 403;
  private static final int NOT_FOUND = 404;
  private static final int CONFLICT = 409;
  private static final int TOO_MANY_REQUESTS = 429;
  private static final int SERVER_ERROR = 500;

  private final URI address;
  private final String realm;
  private final KeycloakLogin login;
  private final Keycloak keycloak;

  /// Opens no connection yet.
  ///
  /// @param address Keycloak's, without `/realms/…` and final slash, e.g.
  ///   `https://login.example.com`
  /// @param realm the one that is looked at and changed
  /// @param requests where the calls go through
  public KeycloakConnection(
      URI address, String realm, KeycloakLogin login, ClientHttpRequestFactory requests) {
    this.address = address;
    this.realm = realm;
    this.login = login;
    KeycloakBuilder builder =
        KeycloakBuilder.builder()
            .serverUrl(address.toString())
            .realm(login.realm())
            .resteasyClient(
                new ResteasyClientBuilderImpl()
                    .httpEngine(new RequestFactoryEngine(requests))
                    .register(new JacksonProvider(), 100)
                    .build());
    this.keycloak =
        switch (login) {
          case KeycloakLogin.ServiceAccount account ->
              builder
                  .grantType("client_credentials")
                  .clientId(account.clientId())
                  .clientSecret(account.secret())
                  .build();
          case KeycloakLogin.Administrator person ->
              builder
                  .grantType("password")
                  .clientId("admin-cli")
                  .username(person.username())
                  .password(person.password())
                  .build();
        };
  }

  RealmResource realm() {
    return keycloak.realm(realm);
  }

  RealmsResource realms() {
    return keycloak.realms();
  }

  String realmName() {
    return realm;
  }

  /// Signs in, if need be, and makes one call or several that belong together.
  ///
  /// @param what in words that follow "to", e.g. `read the client bothy`
  /// @param role the role of `realm-management` that it takes
  /// @throws KeycloakAway if Keycloak cannot say
  /// @throws KeycloakRefused if it says no
  <T extends @Nullable Object> T calling(String what, String role, Supplier<T> call) {
    signIn();
    try {
      return call.get();
    } catch (ProcessingException e) {
      throw away(e);
    } catch (WebApplicationException e) {
      throw refused(what, role, e.getResponse());
    }
  }

  /// The same for what answers nothing.
  void changing(String what, String role, Runnable call) {
    this.<@Nullable Object>calling(
        what,
        role,
        () -> {
          call.run();
          return null;
        });
  }

  /// The same for what answers with a [Response].
  ///
  /// @return the id of what was made, or empty
  String making(String what, String role, Supplier<Response> call) {
    return calling(
        what,
        role,
        () -> {
          try (Response response = call.get()) {
            if (response.getStatusInfo().getFamily() != Response.Status.Family.SUCCESSFUL) {
              throw refused(what, role, response);
            }
            URI place = response.getLocation();
            return place == null
                ? ""
                : place.getPath().substring(place.getPath().lastIndexOf('/') + 1);
          }
        });
  }

  private void signIn() {
    try {
      keycloak.tokenManager().getAccessToken();
    } catch (ProcessingException e) {
      throw away(e);
    } catch (WebApplicationException e) {
      Response response = e.getResponse();
      throw switch (response.getStatus()) {
        case BAD_REQUEST, UNAUTHORIZED ->
            new KeycloakRefused(
                Why.CREDENTIALS,
                "Keycloak does not let "
                    + login
                    + " in ("
                    + response.getStatus()
                    + said(response)
                    + "): look at the secret or password, and whether the account is enabled");
        case NOT_FOUND ->
            new KeycloakRefused(
                Why.CREDENTIALS,
                "Keycloak at " + address + " has no realm " + login.realm() + " to sign in at");
        default -> refused("sign in", "none", response);
      };
    }
  }

  private RuntimeException refused(String what, String role, Response response) {
    int status = response.getStatus();
    if (status >= SERVER_ERROR || status == TOO_MANY_REQUESTS) {
      return new KeycloakAway(
          "Keycloak at " + address + " answers " + status + " when asked to " + what, null);
    }
    return switch (status) {
      case UNAUTHORIZED -> {
        // It forgot the token, e.g. since it was restored: the next call asks for another.
        keycloak.tokenManager().invalidate(keycloak.tokenManager().getAccessTokenString());
        yield new KeycloakAway("Keycloak no longer takes the token of " + login, null);
      }
      case FORBIDDEN ->
          new KeycloakRefused(
              Why.RIGHT,
              "Keycloak does not allow "
                  + login
                  + " to "
                  + what
                  + ": it needs the role "
                  + role
                  + " of "
                  + managementClient()
                  + " for the realm "
                  + realm);
      case NOT_FOUND ->
          new KeycloakRefused(
              Why.MISSING, "Keycloak found nothing when asked to " + what + said(response));
      case CONFLICT ->
          new KeycloakRefused(
              Why.TAKEN, "Keycloak refuses to " + what + said(response) + " (it is there already)");
      default ->
          new KeycloakRefused(
              Why.CONTENT, "Keycloak refuses to " + what + " (" + status + said(response) + ")");
    };
  }

  /// The client whose roles administrate this realm; in `master` there is one for each realm.
  String managementClient() {
    return "master".equals(realm) ? "master-realm" : "realm-management";
  }

  private KeycloakAway away(ProcessingException failure) {
    for (Throwable each = failure; each != null; each = each.getCause()) {
      if (each instanceof UnknownHostException) {
        return away("its name leads nowhere", failure);
      }
      if (each instanceof SocketTimeoutException) {
        return away("it does not answer in time", failure);
      }
      if (each instanceof ConnectException) {
        return away("nobody listens there, or a firewall is in between", failure);
      }
    }
    Throwable deepest = failure;
    while (deepest.getCause() != null) {
      deepest = deepest.getCause();
    }
    return away(String.valueOf(deepest.getMessage()), failure);
  }

  private KeycloakAway away(String why, Throwable failure) {
    return new KeycloakAway("Keycloak at " + address + " was not reached: " + why, failure);
  }

  /// Keycloak's own words, which name fields but no values that were sent.
  private static String said(Response response) {
    try {
      if (!response.hasEntity()) {
        return "";
      }
      String body = response.readEntity(String.class);
      return KeycloakWords.of(body);
    } catch (ProcessingException | IllegalStateException e) {
      return "";
    }
  }

  @Override
  public void close() {
    keycloak.close();
  }
}
