package dev.bothy.platform.people;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.bothy.embedded.KeycloakRealm;
import dev.bothy.testkit.Http;
import dev.bothy.testkit.KeycloakBrowser;
import dev.bothy.testkit.ServerProcess;
import dev.bothy.testkit.TestDatabase;
import dev.bothy.testkit.TestKeycloak;
import dev.bothy.testkit.TestLink;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// Two servers on one database sign people in and out through a real Keycloak, which is at times
/// away or slow.
@Tag("real")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SignOnServersTest {
  private static final String SESSION = "bothy-session";
  private static final int ONE = ServerProcess.freePort();
  private static final int OTHER = ServerProcess.freePort();

  private final TestDatabase database = TestDatabase.create();
  private TestKeycloak keycloak;
  private TestLink link;
  private ServerProcess one;
  private ServerProcess other;

  @BeforeAll
  void start(@TempDir Path folder) {
    keycloak = TestKeycloak.realmFor(address(ONE));
    link = TestLink.to(keycloak.issuer());
    List<String> settings = new ArrayList<>(List.of(database.properties()));
    settings.addAll(ServerProcess.WITHOUT_LIMITS);
    settings.addAll(List.of(TestKeycloak.properties(keycloak.realm().name())));
    settings.addAll(
        List.of(
            "bothy.installation.mode=embedded",
            "bothy.egress.region=eu",
            "bothy.egress.on-premises-hosts=http://localhost:*,http://127.0.0.1:*",
            "bothy.egress.connect-timeout=1s",
            "bothy.keys.local-file=" + folder.resolve("key"),
            "bothy.sign-on.internal-issuer="
                + link.address()
                + "/realms/"
                + keycloak.realm().name()));
    one = ServerProcess.start(ONE, settings);
    other = ServerProcess.start(OTHER, settings);
  }

  @AfterEach
  void keycloakIsWell() {
    link.mend();
  }

  @AfterAll
  void stop() throws Exception {
    one.close();
    other.close();
    link.close();
  }

  @Test
  void whoSignsInAtOneServerIsSignedInAtTheOther() {
    try (KeycloakBrowser browser = new KeycloakBrowser()) {
      String token = signIn(browser, "chen");
      assertThat(status(OTHER, token)).isEqualTo(200);
    }
  }

  @Test
  void signingOutAtKeycloakEndsTheSessionAndItsStreamsOnBothServers() throws Exception {
    try (KeycloakBrowser browser = new KeycloakBrowser();
        HttpClient client = HttpClient.newHttpClient()) {
      String token = signIn(browser, "alice");
      CompletableFuture<Long> stream = watch(client, token);
      browser.signOut(keycloak, KeycloakRealm.CLIENT);
      await()
          .atMost(Duration.ofSeconds(20))
          .untilAsserted(() -> assertThat(status(OTHER, token)).isEqualTo(302));
      assertThat(status(ONE, token)).isEqualTo(302);
      assertThat(stream.get(20, TimeUnit.SECONDS)).isPositive();
    }
  }

  @Test
  void whileKeycloakIsAwayWhoIsSignedInStaysSoAndOthersAreToldWhatToDo() {
    try (KeycloakBrowser signedIn = new KeycloakBrowser();
        KeycloakBrowser late = new KeycloakBrowser()) {
      String token = signIn(signedIn, "bob");
      link.cut();
      assertThat(status(ONE, token)).isEqualTo(200);
      HttpResponse<String> shown = late.signIn(page("/"), "dana", TestKeycloak.PASSWORD);
      assertThat(shown.uri().toString()).endsWith("/sign-in/failed?why=unavailable");
      assertThat(shown.body()).contains("cannot be reached", "sign in by a code");
      assertThat(late.cookie(SESSION)).isEmpty();
      link.mend();
      assertThat(signIn(late, "dana")).isNotEmpty();
    }
  }

  @Test
  void aSlowKeycloakSignsInAllTheSame() {
    link.slow(Duration.ofSeconds(2));
    try (KeycloakBrowser browser = new KeycloakBrowser()) {
      assertThat(signIn(browser, "chen")).isNotEmpty();
    }
  }

  private String signIn(KeycloakBrowser browser, String username) {
    HttpResponse<String> shown = browser.signIn(page("/w/main"), username, TestKeycloak.PASSWORD);
    assertThat(shown.uri().getPath()).isEqualTo("/w/main");
    return browser.cookie(SESSION).orElseThrow();
  }

  /// How much a stream at the other server said before it ended.
  private static CompletableFuture<Long> watch(HttpClient client, String token) throws Exception {
    HttpResponse<InputStream> answer =
        client.send(
            HttpRequest.newBuilder(address(OTHER).resolve("/w/main/sandbox/live"))
                .header("Cookie", SESSION + "=" + token)
                .build(),
            HttpResponse.BodyHandlers.ofInputStream());
    assertThat(answer.statusCode()).isEqualTo(200);
    InputStream stream = answer.body();
    return CompletableFuture.supplyAsync(() -> {
      try (stream) {
        return (long) stream.readAllBytes().length;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    });
  }

  private static int status(int port, String token) {
    return new Http(address(port).toString()).pageOf(token, "/w/main").statusCode();
  }

  private static URI page(String path) {
    return address(ONE).resolve(path);
  }

  private static URI address(int port) {
    return URI.create("http://localhost:" + port);
  }
}
