package dev.bothy.embedded;

import dev.bothy.platform.keycloak.KeycloakConnection;
import dev.bothy.platform.keycloak.KeycloakLogin;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import tools.jackson.databind.json.JsonMapper;

/// The few calls to Keycloak's admin interface that the embedded run needs.
final class KeycloakAdmin {
  static final String USER = "admin";

  private static final Duration PATIENCE = Duration.ofMinutes(4);
  private static final int OK = 200;
  private static final int NOT_FOUND = 404;
  private static final int FIRST_ERROR = 400;

  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(5))
          .build();
  private final JsonMapper json = JsonMapper.shared();
  private final URI address;
  private final String password;

  KeycloakAdmin(URI address, String password) {
    this.address = address;
    this.password = password;
  }

  /// Whether Keycloak serves requests yet; while it starts it refuses them.
  boolean answers() {
    try {
      return send(HttpRequest.newBuilder(address.resolve("/realms/master"))).statusCode() == OK;
    } catch (IOException e) {
      return false;
    }
  }

  /// Makes the realm, with its people, unless it is there.
  void ensure(KeycloakRealm realm) throws IOException {
    String token = token();
    URI place = address.resolve("/admin/realms/" + realm.name());
    if (send(authorized(place, token)).statusCode() == NOT_FOUND) {
      accepted(
          "make the realm",
          authorized(address.resolve("/admin/realms"), token)
              .POST(HttpRequest.BodyPublishers.ofString(realm.json())));
    }
  }

  /// The realm as an administrator sees it. The caller closes it.
  KeycloakConnection connect(String realm) {
    JdkClientHttpRequestFactory requests = new JdkClientHttpRequestFactory(http);
    requests.setReadTimeout(PATIENCE);
    return new KeycloakConnection(
        address, realm, new KeycloakLogin.Administrator("master", USER, password), requests);
  }

  private String token() throws IOException {
    String form =
        "grant_type=password&client_id=admin-cli&username="
            + USER
            + "&password="
            + URLEncoder.encode(password, StandardCharsets.UTF_8);
    String answer =
        accepted(
            "sign in as administrator",
            HttpRequest.newBuilder(address.resolve("/realms/master/protocol/openid-connect/token"))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(form)));
    return json.readTree(answer).path("access_token").asString();
  }

  private static HttpRequest.Builder authorized(URI place, String token) {
    return HttpRequest.newBuilder(place)
        .header("Authorization", "Bearer " + token)
        .header("Content-Type", "application/json");
  }

  private String accepted(String what, HttpRequest.Builder request) throws IOException {
    HttpResponse<String> response = send(request);
    if (response.statusCode() >= FIRST_ERROR) {
      throw new IOException(
          "Keycloak refused to " + what + ": " + response.statusCode() + " " + response.body());
    }
    return response.body();
  }

  private HttpResponse<String> send(HttpRequest.Builder request) throws IOException {
    try {
      return http.send(request.timeout(PATIENCE).build(), HttpResponse.BodyHandlers.ofString());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("Interrupted while Keycloak was asked", e);
    }
  }
}
