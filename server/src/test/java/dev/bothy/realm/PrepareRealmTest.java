package dev.bothy.realm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bothy.platform.keycloak.KeycloakLogin;
import dev.bothy.platform.keycloak.TestLogins;
import dev.bothy.testkit.TestKeycloak;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The command `realm` against a real Keycloak.
@Tag("real")
class PrepareRealmTest {
  private static final String SECRET = "planted-client-word";
  private static final String USERS_SECRET = "planted-users-word";

  @TempDir private Path folder;

  private final Map<String, String> settings = new LinkedHashMap<>();
  private TestKeycloak keycloak;
  private KeycloakLogin.ServiceAccount it;
  private String out = "";

  @BeforeEach
  void makeRealm() {
    keycloak = TestKeycloak.realmFor(URI.create("http://localhost:1"));
    it =
        TestLogins.with(
            keycloak, "manage-clients", "manage-users", "manage-events", "manage-realm");
    settings.put("bothy.installation.mode", "trial");
    settings.put("bothy.installation.public-address", "https://bothy.example.com");
    settings.put("bothy.egress.region", "here");
    settings.put("bothy.egress.on-premises-hosts", "http://localhost:*");
    settings.put("bothy.sign-on.issuer", keycloak.issuer().toString());
    settings.put("bothy.sign-on.client-secret", SECRET);
    settings.put("bothy.keycloak.admin-client-id", it.clientId());
    settings.put("bothy.keycloak.admin-client-secret", it.secret());
    settings.put("bothy.keycloak.provisioning", "true");
    settings.put("bothy.keycloak.provisioning-client-secret", USERS_SECRET);
  }

  @Test
  void itShowsItsPlanDoesItAndFindsWhatDriftsAway() throws IOException {
    Path report = folder.resolve("report.json");

    assertThat(run(false, report)).as(out).isEqualTo(3);
    assertThat(out)
        .contains("+ client bothy\n")
        .contains("+ client bothy-users")
        .contains("--apply makes it so");
    assertThat(read(report).path("result").asString()).isEqualTo("DIFFERS");
    assertThat(read(report).path("lines").path(0).path("mark").asString()).isEqualTo("CREATE");

    assertThat(run(true, report)).as(out).isZero();
    assertThat(out).contains("+ client bothy\n").contains("Done.");
    assertThat(read(report).path("result").asString()).isEqualTo("FINE");

    assertThat(run(false, report)).as(out).isZero();
    assertThat(out).contains("= client bothy\n").contains("The realm is as Bothy needs it.");

    settings.put("bothy.installation.public-address", "https://chat.example.com");
    settings.put("bothy.sign-on.client-secret", "planted-new-word");
    assertThat(run(false, report)).isEqualTo(3);
    assertThat(out)
        .contains(
            "~ client bothy: redirect URIs: https://bothy.example.com/sign-in/callback →"
                + " https://chat.example.com/sign-in/callback")
        .contains("~ client bothy: secret: another → as in the settings");

    TestLogins.deleteClient(keycloak, "bothy-users");
    assertThat(run(false, null)).isEqualTo(3);
    assertThat(out).contains("+ client bothy-users");
  }

  @Test
  void aServerThatIsReachedAnotherWayIsToldSo() {
    settings.put("bothy.keycloak.back-channel-address", "http://bothy");
    run(true, null);
    assertThat(run(false, null)).isZero();
    settings.remove("bothy.keycloak.back-channel-address");
    run(false, null);
    assertThat(out)
        .contains(
            "back-channel logout: http://bothy/sign-on/back-channel-logout →"
                + " https://bothy.example.com/sign-on/back-channel-logout");
  }

  @Test
  void aWrongLoginIsTold() throws IOException {
    settings.put("bothy.keycloak.admin-client-secret", "planted-wrong-word");
    Path report = folder.resolve("report.json");
    assertThat(run(false, report)).isEqualTo(1);
    assertThat(out).contains("does not let the client it-department");
    assertThat(read(report).path("result").asString()).isEqualTo("FAILED");
    assertThat(read(report).path("message").asString()).contains("it-department");
  }

  @Test
  void withoutALoginItIsToldWhichSettingsNameOne() {
    settings.remove("bothy.keycloak.admin-client-secret");
    assertThat(run(false, null)).isEqualTo(1);
    assertThat(out)
        .contains("bothy.keycloak.admin-client-id and -secret")
        .contains("bothy.keycloak.admin-username and -password");
  }

  @Test
  void aKeycloakThatIsAwayIsTold() {
    settings.put("bothy.sign-on.issuer", "http://localhost:1/realms/bothy");
    assertThat(run(true, null)).isEqualTo(1);
    assertThat(out).contains("Keycloak at http://localhost:1 was not reached: nobody listens");
  }

  @Test
  void whatTheGuardOfOutboundCallsRefusesIsTold() {
    settings.remove("bothy.egress.on-premises-hosts");
    assertThat(run(true, null)).isEqualTo(1);
    assertThat(out).contains("bothy.egress.on-premises-hosts");
  }

  @Test
  void aPlainAddressIsRefusedInProduction() {
    settings.put("bothy.installation.mode", "production");
    assertThat(run(true, null)).isEqualTo(1);
    assertThat(out).contains("plain http address, which is refused in production");
  }

  @Test
  void anIssuerThatIsNoRealmIsTold() {
    settings.put("bothy.sign-on.issuer", "https://login.example.com");
    assertThat(run(true, null)).isEqualTo(1);
    assertThat(out).contains("https://login.example.com is not the address of a realm");
  }

  @Test
  void aWrongSettingIsTold() {
    settings.put("bothy.keycloak.event-retention", "1h");
    assertThat(run(true, null)).isEqualTo(1);
    assertThat(out).contains("bothy.keycloak.event-retention must lie between");
  }

  private int run(boolean apply, @Nullable Path report) {
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    int code =
        PrepareRealm.run(
            apply,
            report,
            arguments(settings),
            new PrintStream(printed, true, StandardCharsets.UTF_8));
    out = printed.toString(StandardCharsets.UTF_8);
    assertThat(out).doesNotContain("planted").doesNotContain(it.secret());
    return code;
  }

  static List<String> arguments(Map<String, String> settings) {
    return settings.entrySet().stream()
        .map(each -> "--" + each.getKey() + "=" + each.getValue())
        .toList();
  }

  private static JsonNode read(Path report) throws IOException {
    String text = Files.readString(report);
    assertThat(text).doesNotContain("planted");
    return JsonMapper.shared().readTree(text);
  }
}
