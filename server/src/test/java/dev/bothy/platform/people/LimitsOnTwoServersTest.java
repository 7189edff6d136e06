package dev.bothy.platform.people;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bothy.BothyServer;
import dev.bothy.platform.workspace.Workspace;
import dev.bothy.platform.workspace.Workspaces;
import dev.bothy.testkit.Http;
import dev.bothy.testkit.ServerProcess;
import dev.bothy.testkit.TestDatabase;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/// The limits as they are without any setting, through two servers on one database. A test's
/// addresses are its own: the servers believe their proxy, which it is.
@Tag("real")
class LimitsOnTwoServersTest {
  private static final TestDatabase DATABASE = TestDatabase.create();

  private static ServerProcess first;
  private static ServerProcess second;
  private static String token = "";
  private static TestPeople.Someone ada;

  @BeforeAll
  static void start() throws Exception {
    List<String> settings = new ArrayList<>(List.of(DATABASE.properties()));
    settings.addAll(
        List.of(
            "bothy.installation.mode=trial",
            "bothy.installation.trusted-proxies=127.0.0.1/32",
            "bothy.keys.local-file=" + Files.createTempDirectory("bothy-limits").resolve("key"),
            "bothy.egress.region=test",
            "bothy.egress.on-premises-hosts=http://localhost:*",
            "bothy.sign-on.issuer=http://localhost:1/realms/none"));
    try (ConfigurableApplicationContext context =
            new SpringApplicationBuilder(BothyServer.class)
                .properties("server.port=0")
                .run(settings.stream().map("--"::concat).toArray(String[]::new));
        Connection superuser = DATABASE.connect("postgres")) {
      Workspace workspace = context.getBean(Workspaces.class).create("limited", "Limited");
      ada = TestPeople.signedIn(superuser, workspace.id(), "Ada", Role.ADMIN);
      ApiTokens.Made made =
          context
              .getBean(ApiTokens.class)
              .make(
                  new Viewer(ada.id(), "Ada", workspace.id(), workspace.slug(), Set.of(Role.ADMIN)),
                  "test",
                  Set.of("keys:read"),
                  null);
      token = ((ApiTokens.Made.Token) made).token();
    }
    first = ServerProcess.begin(ServerProcess.freePort(), settings);
    second = ServerProcess.begin(ServerProcess.freePort(), settings);
    first.awaitReady();
    second.awaitReady();
  }

  @AfterAll
  static void stop() throws Exception {
    first.close();
    second.close();
  }

  private static HttpResponse<String> get(int turn, String path, String... headers) {
    ServerProcess server = turn % 2 == 0 ? first : second;
    return new Http(server.address().toString()).get(path, headers);
  }

  private static int allowed(int most, String... headers) {
    for (int done = 0; done <= 2 * most; done++) {
      HttpResponse<String> answer = get(done, "/api/v1/me", headers);
      if (answer.statusCode() == 429) {
        assertThat(Long.parseLong(answer.headers().firstValue("Retry-After").orElseThrow()))
            .isBetween(1L, 62L);
        assertThat(answer.body()).contains("\"code\":\"people.too-many-requests\"");
        return done;
      }
    }
    throw new AssertionError("Nothing was refused");
  }

  @Test
  void aPersonsProgramsHaveSixHundredRequestsAMinute() {
    assertThat(allowed(600, "Authorization", "Bearer " + token, "X-Forwarded-For", "203.0.113.1"))
        .isBetween(600, 660);
    // With the session it is the same person; another address does not help.
    assertThat(
            get(
                    0,
                    "/api/v1/me",
                    "Cookie",
                    "bothy-session=" + ada.token(),
                    "X-Forwarded-For",
                    "203.0.113.2")
                .statusCode())
        .isEqualTo(429);
  }

  @Test
  void anAddressHasTwelveHundredWhateverItBrings() {
    assertThat(allowed(1200, "Authorization", "Bearer guessed", "X-Forwarded-For", "203.0.113.3"))
        .isBetween(1200, 1320);
    assertThat(get(0, "/api/v1/me", "X-Forwarded-For", "203.0.113.4").statusCode()).isEqualTo(401);
  }

  @Test
  void fiveSignInsMayFailFromAnAddressInAQuarterOfAnHour() {
    String[] here = {"X-Forwarded-For", "203.0.113.5", "Accept", "text/html"};
    String[] image = {
      "X-Forwarded-For", "203.0.113.5", "Accept", "image/png", "Sec-Fetch-Dest", "image"
    };
    for (int turn = 0; turn < 12; turn++) {
      assertThat(get(turn, "/sign-in/callback?code=x&state=y", image).statusCode()).isEqualTo(302);
    }
    for (int turn = 0; turn < 5; turn++) {
      assertThat(get(turn, "/sign-in", here).statusCode()).isEqualTo(302);
      HttpResponse<String> failed = get(turn, "/sign-in/callback?code=x&state=y", here);
      assertThat(failed.statusCode()).isEqualTo(302);
      assertThat(failed.headers().firstValue("Location").orElse("")).contains("not-ours");
    }
    for (String path : List.of("/sign-in", "/sign-in/callback?code=x&state=y")) {
      for (int turn = 0; turn < 2; turn++) {
        HttpResponse<String> refused = get(turn, path, here);
        assertThat(refused.statusCode()).isEqualTo(429);
        assertThat(Long.parseLong(refused.headers().firstValue("Retry-After").orElseThrow()))
            .isBetween(800L, 930L);
        assertThat(refused.body()).contains("Too often in too short a time");
      }
    }
    assertThat(get(0, "/sign-in", "X-Forwarded-For", "203.0.113.6").statusCode()).isEqualTo(302);
    assertThat(get(0, "/sign-in/failed", here).statusCode()).isEqualTo(200);
  }

  @Test
  void aFloodOfBreakGlassCodesIsEndedToo() {
    Http http = new Http(first.address().toString());
    String[] here = {"X-Forwarded-For", "203.0.113.7"};
    for (int time = 0; time < 5; time++) {
      assertThat(
              http.post("/sign-in/break-glass", java.util.Map.of("code", "guess"), here)
                  .statusCode())
          .isEqualTo(403);
    }
    assertThat(
            http.post("/sign-in/break-glass", java.util.Map.of("code", "guess"), here).statusCode())
        .isEqualTo(429);
  }
}
