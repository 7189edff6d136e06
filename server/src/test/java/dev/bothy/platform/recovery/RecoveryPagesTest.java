package dev.bothy.platform.recovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import dev.bothy.platform.people.Role;
import dev.bothy.platform.people.TestPeople;
import dev.bothy.testkit.Browser;
import dev.bothy.testkit.Http;
import dev.bothy.testkit.TestDatabase;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What a restored installation shows, by page and by API, and who may say go.
@Tag("real")
class RecoveryPagesTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final String ID = "20261120t021500z-3f9a1c";

  private static RestoredWorld world;
  private static Path store;
  private static ConfigurableApplicationContext server;
  private static TestDatabase restored;
  private static Http http;

  @BeforeAll
  static void aServerThatHoldsWork() throws Exception {
    world = new RestoredWorld();
    store = Files.createTempDirectory("bothy-store");
    restored = world.restore();
    server = world.server(restored, "bothy.storage.kind=folder", "bothy.storage.folder=" + store);
    http =
        Http.onPort(
            server.getEnvironment().getRequiredProperty("local.server.port", Integer.class));
    await().atMost(PATIENCE).until(() -> http.get("/readyz").statusCode() == 200);
  }

  @AfterAll
  static void stop() {
    server.close();
    HoldProbe.close(false);
  }

  @BeforeEach
  void heldAgain() throws SQLException {
    try (Connection connection = restored.connect("bothy_migrate")) {
      connection.createStatement().execute("truncate recovery");
      RecoveryMark.insert(
          connection, RestoredWorld.BACKUP, Instant.now().minusSeconds(3600), Instant.now());
    }
    RecoveryState state = server.getBean(RecoveryState.class);
    await()
        .atMost(PATIENCE)
        .until(() -> state.look().map(Recovery::state).equals(Optional.of(Recovery.State.HELD)));
    world.add(server, "waits");
  }

  private static TestPeople.Someone signedIn(String name, Role... roles) throws SQLException {
    try (Connection superuser = restored.connect("postgres")) {
      return TestPeople.signedIn(superuser, world.workspace().id(), name, roles);
    }
  }

  private static HttpResponse<String> call(
      TestPeople.Someone who, String method, String below, String document) {
    return http.send(
        method,
        "/api/v1/workspaces/" + world.workspace().slug() + below,
        document,
        "Cookie",
        "bothy-session=" + who.token(),
        "X-CSRF-TOKEN",
        who.csrf());
  }

  private static String page(String below) {
    return "/w/" + world.workspace().slug() + below;
  }

  @Test
  void whoMayRunTheWorkspaceMaySayGoAndNobodyElse() throws Exception {
    for (Role role : new Role[] {Role.MEMBER, Role.AGENT, Role.MANAGER, Role.AUDITOR}) {
      TestPeople.Someone someone = signedIn("Somebody", role);
      assertThat(http.pageOf(someone.token(), page("/recovery")).statusCode())
          .isEqualTo(role == Role.AUDITOR ? 200 : 403);
      assertThat(http.pageOf(someone.token(), page("/backups")).statusCode())
          .isEqualTo(role == Role.AUDITOR ? 200 : 403);
      assertThat(
              http.post(
                      page("/recovery/release"),
                      Map.of("_csrf", someone.csrf()),
                      "Cookie",
                      "bothy-session=" + someone.token())
                  .statusCode())
          .isEqualTo(403);
      assertThat(call(someone, "POST", "/recovery/release", "{\"dropOld\":false}").statusCode())
          .isEqualTo(403);
      assertThat(call(someone, "GET", "/recovery", "").statusCode())
          .isEqualTo(role == Role.AUDITOR ? 200 : 403);
    }
    assertThat(RestoredWorld.state(restored)).isEqualTo("HELD");

    TestPeople.Someone admin = signedIn("Ada Admin", Role.ADMIN);
    JsonNode shown = JsonMapper.shared().readTree(call(admin, "GET", "/recovery", "").body());
    assertThat(shown.path("state").asString()).isEqualTo("HELD");
    assertThat(shown.path("backup").asString()).isEqualTo(RestoredWorld.BACKUP);
    assertThat(shown.path("waiting").path("messages").asInt()).isPositive();

    HttpResponse<String> released = call(admin, "POST", "/recovery/release", "{\"dropOld\":false}");
    assertThat(released.statusCode()).as(released.body()).isEqualTo(200);
    assertThat(RestoredWorld.state(restored)).isEqualTo("RELEASED");
    assertThat(call(admin, "POST", "/recovery/release", "{\"dropOld\":false}").body())
        .contains("recovery.nothing-held");
    await()
        .during(Duration.ofSeconds(6))
        .atMost(PATIENCE)
        .untilAsserted(() ->
            assertThat(
                    RestoredWorld.value(
                        restored,
                        "select string_agg(actor || ' ' || via, ',') from bothy.audit_entry"
                            + " where action = 'recovery.released' and workspace_id = '"
                            + world.workspace().id()
                            + "' and actor = '"
                            + admin.id()
                            + "'"))
                .isEqualTo(admin.id() + " api"));
  }

  @Test
  void aLineAboveEveryPageLeadsToThePageThatSaysWhatWasDoneAndGo() throws Exception {
    TestPeople.Someone member = signedIn("Mia Member", Role.MEMBER);
    assertThat(http.pageOf(member.token(), page("")).body())
        .contains("Restored from the backup of")
        .doesNotContain("See what was restored");
    TestPeople.Someone owner = signedIn("Olga Owner", Role.OWNER);
    try (Browser browser = Browser.open()) {
      Page page = browser.page();
      Browser.signIn(page, http.address(), owner.token());
      page.navigate(http.address() + page("/rotations"));
      page.getByText("Nothing is handled or sent until an owner or admin says go").waitFor();
      page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("See what was restored"))
          .click();
      page.getByText("What was done before it was served").waitFor();
      page.locator("details.confirm > summary").focus();
      page.keyboard().press("Enter");
      page.getByText("It cannot be taken back").waitFor();
      Browser.screenshot(page, "recovery-1280");

      Page phone = browser.page(390, 844, ColorScheme.DARK);
      Browser.signIn(phone, http.address(), owner.token());
      phone.navigate(http.address() + page("/recovery"));
      Browser.screenshot(phone, "recovery-390");
      assertThat(phone.evaluate("document.documentElement.scrollWidth <= window.innerWidth"))
          .isEqualTo(true);

      page.getByRole(
              AriaRole.BUTTON,
              new Page.GetByRoleOptions().setName("Go: handle and send what waits"))
          .click();
      page.getByText("Work goes on").waitFor();
      assertThat(page.getByText("until an owner or admin says go").count()).isZero();
      Browser.screenshot(page, "recovery-released-1280");
      assertThat(browser.complaints()).isEmpty();
    }
    assertThat(RestoredWorld.state(restored)).isEqualTo("RELEASED");
    assertThat(
            RestoredWorld.value(
                restored,
                "select string_agg(action || ' ' || via, ',') from bothy.audit_entry where actor = '"
                    + owner.id()
                    + "'"))
        .isEqualTo("recovery.released console");
  }

  @Test
  void thePageOfBackupsShowsTheStoreAndItsWizardSaysWhatToApply() throws Exception {
    TestPeople.Someone auditor = signedIn("Audrey Auditor", Role.AUDITOR);
    assertThat(http.pageOf(auditor.token(), page("/backups")).body()).contains("No backup yet");
    assertThat(http.pageOf(auditor.token(), page("/backups/restore")).statusCode())
        .as("there is none to restore")
        .isEqualTo(302);
    stored();
    try (Browser browser = Browser.open()) {
      Page page = browser.page();
      Browser.signIn(page, http.address(), auditor.token());
      page.navigate(http.address() + page("/backups"));
      page.getByText("4.0 MiB").waitFor();
      page.getByText("daily").first().waitFor();
      page.locator("summary", new Page.LocatorOptions().setHasText("Drill of")).click();
      page.getByText("83 tables are as the manifest says").waitFor();
      Browser.screenshot(page, "backups-1280");
      page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Restore…")).click();
      page.getByText("It is a backup of this installation.").waitFor();
      assertThat(page.locator("pre").first().textContent())
          .contains("kind: Restore", "backup: " + ID);
      assertThat(
              page.locator("form[method=post]:not([action='/theme']):not([action='/sign-out'])")
                  .count())
          .as("it starts nothing")
          .isZero();
      Browser.screenshot(page, "restore-1280");

      Page phone = browser.page(390, 844, ColorScheme.DARK);
      Browser.signIn(phone, http.address(), auditor.token());
      for (String path : new String[] {"/backups", "/backups/restore?backup=" + ID}) {
        phone.navigate(http.address() + page(path));
        Browser.screenshot(phone, path.equals("/backups") ? "backups-390" : "restore-390");
        assertThat(phone.evaluate("document.documentElement.scrollWidth <= window.innerWidth"))
            .as(path)
            .isEqualTo(true);
      }
      assertThat(browser.complaints()).isEmpty();
    }
    server.getBean(BackupMetrics.class).measure();
    assertThat(http.get("/actuator/prometheus").body())
        .contains("bothy_recovery_state 2.0")
        .contains("bothy_backup_newest_seconds 1.7")
        .contains("bothy_drill_newest_good_seconds 1.7");
  }

  /// A backup of this installation with evidence, as far as the page reads it.
  private static void stored() throws IOException, SQLException {
    String installation = RestoredWorld.value(restored, "select id from bothy.installation");
    Instant taken = Instant.now().minus(3, ChronoUnit.HOURS).truncatedTo(ChronoUnit.SECONDS);
    Path folder = Files.createDirectories(store.resolve("backups").resolve(ID));
    Files.writeString(
        folder.resolve("manifest.json"),
        """
        {"format":1,"id":"%s","installation":"%s","takenAt":"%s","completedAt":"%s","version":"0.1.0",
         "postgres":"18.1","schema":{"people":"1"},
         "tables":[{"name":"person","columns":["id"],"rows":1200,"checksum":"00","bytes":4194304}],
         "keys":[],"documents":[],"parts":{"key":"parts","bytes":10,"sha256":"00"},"storedBytes":1048576}
        """
            .formatted(ID, installation, taken, taken.plusSeconds(20)));
    Path evidence = Files.createDirectories(store.resolve("evidence").resolve("2026"));
    Files.writeString(
        evidence.resolve("20261121t040000z-1.json"),
        """
        {"id":"20261121t040000z-1","kind":"drill","backup":"%s","installation":"%s","startedAt":"%s",
         "endedAt":"%s","good":true,"checks":[{"name":"Checksums","result":"PASS",
         "message":"83 tables are as the manifest says","millis":12000}]}
        """
            .formatted(ID, installation, taken.plusSeconds(60), taken.plusSeconds(153)));
  }
}
