package dev.bothy.preflight;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.bothy.database.RoleScript;
import dev.bothy.embedded.PostgresServer;
import dev.bothy.testkit.ServerProcess;
import dev.bothy.testkit.TestCertificate;
import dev.bothy.testkit.TestKeycloak;
import dev.bothy.testkit.TestVault;
import dev.bothy.testkit.TestVault.AppRole;
import dev.bothy.testkit.TestVault.Product;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.json.JsonMapper;

/// Each way in which an installation's surroundings can be wrong, against a PostgreSQL that asks
/// for passwords and speaks TLS, and a Keycloak.
@Tag("real")
class PreflightTest {
  private static final String APP = "planted-app-word";
  private static final String MIGRATE = "planted-migrate-word";
  private static final List<String> SECRETS =
      List.of(APP, MIGRATE, "planted-wrong-word", "testsecret", "planted-secret-id");

  private static final AppRole NOBODY = new AppRole("nobody", "planted-secret-id");

  @TempDir private static Path folder;

  private static PostgresServer postgres;
  private static TestKeycloak keycloak;
  private static TestCertificate certificate;
  private static TestCertificate expired;

  private final Map<String, String> settings = new LinkedHashMap<>();
  private Clock clock = Clock.systemUTC();
  private String out = "";

  @BeforeAll
  static void start() throws Exception {
    certificate = TestCertificate.make(folder, "-1d", 91);
    expired = TestCertificate.make(folder, "-10d", 5);
    postgres =
        PostgresServer.start(
            folder.resolve("postgres"),
            ServerProcess.freePort(),
            Map.of(
                "ssl",
                "on",
                "ssl_cert_file",
                certificate.certificate().toString(),
                "ssl_key_file",
                certificate.key().toString()));
    postgres.ensureDatabase("bothy");
    try (Connection connection = postgres.connect("bothy")) {
      RoleScript.run(connection);
      RoleScript.setPassword(connection, "bothy_app", APP);
      RoleScript.setPassword(connection, "bothy_migrate", MIGRATE);
    }
    keycloak = TestKeycloak.realmFor(URI.create("http://localhost:8080"));
    Files.writeString(
        folder.resolve("key"), Base64.getEncoder().encodeToString(new byte[32]) + "\n");
    Files.setPosixFilePermissions(
        folder.resolve("key"), PosixFilePermissions.fromString("rw-------"));
  }

  @AfterAll
  static void stop() throws IOException {
    postgres.close();
  }

  @BeforeEach
  void settings() {
    String url = postgres.url("bothy") + "?sslmode=disable";
    settings.put("spring.datasource.url", url);
    settings.put("spring.datasource.username", "bothy_app");
    settings.put("spring.datasource.password", APP);
    settings.put("spring.flyway.url", url);
    settings.put("spring.flyway.user", "bothy_migrate");
    settings.put("spring.flyway.password", MIGRATE);
    settings.put("bothy.installation.mode", "trial");
    settings.put("bothy.installation.public-address", "http://localhost:8080");
    settings.put("bothy.egress.region", "here");
    settings.put("bothy.egress.on-premises-hosts", "http://localhost:*,https://localhost:*");
    settings.put("bothy.keys.local-file", folder.resolve("key").toString());
    for (String property :
        TestKeycloak.properties(keycloak.issuer().getPath().replace("/realms/", ""))) {
      settings.put(
          property.substring(0, property.indexOf('=')),
          property.substring(property.indexOf('=') + 1));
    }
  }

  @Test
  void whereAllIsWellEverythingPassesAndTheReportSaysSo() throws IOException {
    Path report = folder.resolve("report.json");

    assertThat(run(report, null)).as(out).isZero();

    assertThat(out.lines()).allMatch(line -> line.startsWith("PASS  "));
    for (String check :
        List.of(
            "settings",
            "links",
            "database",
            "app-role",
            "migrate-role",
            "row-security",
            "clock-database",
            "sign-on",
            "sign-on-client",
            "sign-on-redirect",
            "dns:localhost",
            "storage",
            "key")) {
      assertThat(out).contains("PASS  " + check + ": ");
    }
    assertThat(JsonMapper.shared().readTree(Files.readString(report)).path("checks").size())
        .isEqualTo((int) out.lines().count());
  }

  @Test
  void aLoginThatVaultGivesIsNotNeededToLookAtTheRest() throws IOException {
    settings.remove("spring.datasource.username");
    settings.remove("spring.datasource.password");
    settings.put("bothy.database.vault-path", "database/creds/bothy-app");

    assertThat(run()).as(out).isZero();

    assertThat(out)
        .contains("lets bothy_migrate in")
        .contains("PASS  app-role: bothy_app owns nothing")
        .contains("the users that Vault makes of it are not looked at");
  }

  @Test
  void itLeavesNothingBehind() throws SQLException {
    run();

    assertThat(count("select count(*) from pg_class where relname like 'preflight%'")).isZero();
  }

  @Test
  void aWrongPasswordOfTheServersRoleIsToldOnce() {
    settings.put("spring.datasource.password", "planted-wrong-word");

    fails("database: PostgreSQL refuses bothy_app", "spring.datasource.password");
    assertThat(out).doesNotContain("app-role").doesNotContain("clock-database");
  }

  @Test
  void aWrongPasswordOfTheMigrationsRoleIsTold() {
    settings.put("spring.flyway.password", "planted-wrong-word");

    fails("migrate-role: PostgreSQL refuses bothy_migrate", "spring.flyway.password");
  }

  @Test
  void aDatabaseThatNobodyAnswersForIsTold() {
    settings.put("spring.datasource.url", "jdbc:postgresql://127.0.0.1:1/bothy");

    fails("database: 127.0.0.1:1 cannot be used: nobody listens there", "network policy");
  }

  @Test
  void aDatabaseWhoseNameLeadsNowhereIsTold() {
    settings.put("spring.datasource.url", "jdbc:postgresql://db.invalid/bothy");

    fails("database: the name db.invalid leads nowhere", "DNS");
    fails("dns:db.invalid: the name db.invalid (spring.datasource.url) leads nowhere", "DNS");
  }

  @Test
  void aDatabaseThatIsMissingIsTold() {
    settings.put("spring.datasource.url", postgres.url("nothing") + "?sslmode=disable");

    fails("database: there is no database nothing", "db/roles.sql");
  }

  @Test
  void aDatabaseWithoutItsSchemaIsTold() throws SQLException {
    postgres.ensureDatabase("empty");
    settings.put("spring.flyway.url", postgres.url("empty") + "?sslmode=disable");

    fails("migrate-role: the database empty has no schema bothy", "db/roles.sql");
  }

  @ParameterizedTest
  @CsvSource({
    "bypassrls, nobypassrls, has BYPASSRLS",
    "superuser, nosuperuser, is a superuser",
    "createrole, nocreaterole, has CREATEROLE",
  })
  void aServersRoleThatMayDoTooMuchIsTold(String grant, String revoke, String words)
      throws SQLException {
    change("alter role bothy_app " + grant);
    try {
      fails("app-role: bothy_app may do too much: it " + words, "db/roles.sql");
    } finally {
      change("alter role bothy_app " + revoke);
    }
  }

  @Test
  void aServersRoleThatOwnsTheSchemaIsTold() throws SQLException {
    change("alter schema bothy owner to bothy_app");
    try {
      fails("app-role: bothy_app may do too much: it owns the schema bothy", "REASSIGN OWNED");
    } finally {
      change("alter schema bothy owner to bothy_migrate");
    }
  }

  @Test
  void policiesThatHideNothingAreTold() throws SQLException {
    change("alter role bothy_migrate bypassrls");
    try {
      fails("row-security: of two rows a policy let 2 be seen", "BYPASSRLS");
    } finally {
      change("alter role bothy_migrate nobypassrls");
    }
  }

  @Test
  void anEncryptedLinkToPostgresqlIsSeenWithItsCertificatesEnd() {
    encrypted(certificate);

    assertThat(run()).as(out).isZero();
    assertThat(out)
        .containsPattern("PASS  database: PostgreSQL .* over TLSv1")
        .containsPattern("PASS  tls:127.0.0.1:[0-9]+: the certificate of .* is good until");
  }

  @Test
  void aCertificateOfPostgresqlThatNobodyVouchesForIsTold() {
    encrypted(expired);

    fails("database: no encrypted link to 127.0.0.1", "caBundle");
  }

  @Test
  void plainLinksFailInProduction() {
    settings.put("bothy.installation.mode", "production");

    fails("links: spring.datasource.url leads to PostgreSQL without", "sslmode=verify-full");
    fails("links: spring.flyway.url leads to PostgreSQL without", "sslmode=verify-full");
    fails("links: bothy.sign-on.issuer is a plain http address", "https");
  }

  @Test
  void aKeycloakThatNobodyAnswersForIsTold() {
    settings.put("bothy.sign-on.issuer", "http://localhost:1/realms/bothy");

    fails("sign-on: http://localhost:1/realms/bothy/.well-known", "Keycloak runs");
  }

  @Test
  void aKeycloakThatTheGuardOfOutboundCallsRefusesIsToldWithTheSetting() {
    settings.put("bothy.egress.on-premises-hosts", "");

    fails("sign-on: the server's own guard stands in between", "settings of outbound calls");
    assertThat(out).contains("bothy.egress.on-premises-hosts");
  }

  @Test
  void aRealmThatIsMissingIsTold() {
    settings.put("bothy.sign-on.issuer", keycloak.issuer() + "-not");

    fails("sign-on: " + keycloak.issuer() + "-not/.well-known", "Make the realm");
  }

  @Test
  void anotherIssuerThanKeycloakNamesIsTold() {
    settings.put("bothy.sign-on.internal-issuer", keycloak.issuer().toString());
    settings.put("bothy.sign-on.issuer", "http://login.example.invalid/realms/bothy");

    fails("sign-on: Keycloak names " + keycloak.issuer() + " as its issuer, but", "exactly");
    assertThat(out).contains("WARN  dns:login.example.invalid");
  }

  @Test
  void aWrongSecretOfTheClientIsTold() {
    settings.put("bothy.sign-on.client-secret", "planted-wrong-word");

    fails("sign-on-client: Keycloak refuses the client bothy-console", "Credentials");
  }

  @Test
  void aClientThatKeycloakDoesNotKnowIsTold() {
    settings.put("bothy.sign-on.client-id", "nobody");

    fails("sign-on-client: Keycloak refuses the client nobody", "exists");
  }

  @Test
  void aMissingSecretOfTheClientIsTold() {
    settings.put("bothy.sign-on.client-secret", "");

    fails("sign-on-client: Keycloak refuses the client bothy-console", "client-secret");
  }

  @Test
  void aRedirectAddressThatKeycloakDoesNotKnowIsTold() {
    settings.put("bothy.installation.public-address", "https://bothy.example.invalid");

    fails("sign-on-redirect: Keycloak would not send people back to", "Valid redirect URIs");
  }

  @Test
  void aCertificateThatIsNotBelievedIsTold() throws IOException {
    HttpsServer server = https(certificate);

    fails("tls:localhost:" + server.getAddress().getPort() + ": the certificate of", "ca-bundle");
    server.stop(0);
  }

  @Test
  void withTheBundleOfItsAuthorityItIsBelieved() throws IOException {
    HttpsServer server = https(certificate);
    settings.put("bothy.installation.ca-bundle", certificate.certificate().toString());

    run();
    assertThat(out)
        .contains("PASS  tls:localhost:" + server.getAddress().getPort())
        .contains("PASS  sign-on: Keycloak names");
    server.stop(0);
  }

  @Test
  void aCertificateThatHasExpiredIsTold() throws IOException {
    HttpsServer server = https(expired);
    settings.put("bothy.installation.ca-bundle", expired.certificate().toString());

    fails("tls:localhost:" + server.getAddress().getPort() + ": the certificate of", "Renew");
    assertThat(out).contains(" expired on ");
    server.stop(0);
  }

  @Test
  void aCertificateThatExpiresSoonIsAWarning() throws IOException {
    TestCertificate ending = TestCertificate.make(folder, "-1d", 11);
    HttpsServer server = https(ending);
    settings.put("bothy.installation.ca-bundle", ending.certificate().toString());

    run();
    assertThat(out).contains("WARN  tls:localhost:" + server.getAddress().getPort());
    server.stop(0);
  }

  @Test
  void aBundleThatIsNoneIsTold() {
    settings.put("bothy.installation.ca-bundle", folder.resolve("key").toString());

    fails("settings: bothy.installation.ca-bundle: ", "BEGIN CERTIFICATE");
  }

  @ParameterizedTest
  @CsvSource({"3, WARN", "-3, WARN", "40, FAIL", "-40, FAIL"})
  void aClockThatIsOffIsTold(int seconds, String result) {
    clock = Clock.offset(Clock.systemUTC(), Duration.ofSeconds(seconds));

    run();
    assertThat(out).contains(result + "  clock-database: PostgreSQL's clock is").contains("NTP");
  }

  @Test
  void aKeyThatIsMissingIsTold() {
    settings.put("bothy.keys.local-file", folder.resolve("none").toString());

    fails("key: bothy.keys.local-file: " + folder.resolve("none") + " is missing", "base64");
    assertThat(folder.resolve("none")).doesNotExist();
  }

  @ParameterizedTest
  @CsvSource({
    "200, PASS, unsealed and serves",
    "429, PASS, unsealed and serves",
    "503, FAIL, is sealed",
    "501, FAIL, is not initialized",
    "404, FAIL, answers 404",
  })
  void vaultIsAskedForItsHealth(int status, String result, String words) throws IOException {
    HttpServer vault =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    vault.createContext(
        "/v1/sys/health",
        exchange -> {
          exchange.sendResponseHeaders(status, -1);
          exchange.close();
        });
    vault.start();
    keysIn(URI.create("http://localhost:" + vault.getAddress().getPort()), NOBODY);

    run();
    assertThat(out).containsPattern(result + "  vault: .*" + words);
    vault.stop(0);
  }

  @Test
  void aVaultThatNobodyAnswersForIsTold() {
    keysIn(URI.create("http://localhost:1"), NOBODY);

    fails("vault: http://localhost:1 was not reached", "Vault runs");
    assertThat(out).doesNotContain("key: ");
  }

  @Test
  void aVaultThatIsNotNamedIsTold() {
    settings.put("bothy.keys.provider", "vault");

    fails("key: a key provider is vault, but no Vault is named", "spring.cloud.vault.enabled");
  }

  @ParameterizedTest
  @CsvSource({"vault, local-file", "local-file, vault"})
  void onTheWayFromOneProviderToAnotherBothAreLookedAt(String provider, String other) {
    String file = folder.resolve("key").toString();
    keysIn(URI.create("http://localhost:1"), NOBODY);
    settings.put("bothy.keys.provider", provider);
    settings.put("bothy.keys.other-provider", other);
    settings.put("bothy.keys.local-file", file);

    fails("vault: http://localhost:1 was not reached", "Vault runs");
    assertThat(out).contains("PASS  key: " + file + " holds a wrapping key");
  }

  @Test
  void aPlainLinkToVaultFailsInProduction() {
    settings.put("bothy.installation.mode", "production");
    keysIn(URI.create("http://localhost:1"), NOBODY);

    fails("settings: spring.cloud.vault.uri is a plain http address", "https");
  }

  @ParameterizedTest
  @MethodSource("dev.bothy.testkit.TestVault#products")
  void beforeTheFirstStartThePolicyIsAskedAndAfterItTheKeyIsUsed(Product product) {
    TestVault vault = TestVault.shared(product);
    String mount = mounted(vault);
    vault.policy(mount, policy(mount));
    keysIn(vault.address(), vault.role(mount));

    assertThat(run()).as(out).isZero();
    assertThat(out)
        .contains("PASS  vault: Vault at " + vault.address())
        .contains("which may make " + mount + "/keys/bothy-installation at its first start");

    vault.call("POST", mount + "/keys/bothy-installation", "{}");
    assertThat(run()).as(out).isZero();
    assertThat(out)
        .contains("PASS  key: Vault lets this server in")
        .contains(mount + "/keys/bothy-installation wraps and unwraps");
  }

  @ParameterizedTest
  @MethodSource("dev.bothy.testkit.TestVault#products")
  void aPreflightMakesNoKey(Product product) {
    TestVault vault = TestVault.shared(product);
    String mount = mounted(vault);
    vault.policy(mount, policy(mount));
    keysIn(vault.address(), vault.role(mount));

    run();
    assertThat(vault.call("GET", "sys/mounts/" + mount, null).at("/data/type").asString())
        .isEqualTo("transit");
    assertThatThrownBy(() -> vault.call("GET", mount + "/keys/bothy-installation", null))
        .hasMessageContaining("404");
  }

  @ParameterizedTest
  @CsvSource({
    "false, keys, read",
    "false, keys, create",
    "false, encrypt, update",
    "false, decrypt, update",
    "true, encrypt, update",
    "true, decrypt, update",
  })
  void whatThePolicyLacksIsToldAsTheLineThatItNeeds(
      boolean keyIsThere, String operation, String capability) {
    TestVault vault = TestVault.shared(Product.OPENBAO);
    String mount = mounted(vault);
    String path = "path \"" + mount + "/" + operation + "/bothy-*\"";
    String narrow =
        policy(mount)
            .lines()
            .map(line ->
                line.startsWith(path) ? line.replace("\"" + capability + "\"", "\"list\"") : line)
            .collect(Collectors.joining("\n"));
    assertThat(narrow).isNotEqualTo(policy(mount));
    vault.policy(mount, narrow);
    if (keyIsThere) {
      vault.call("POST", mount + "/keys/bothy-installation", "{}");
    }
    keysIn(vault.address(), vault.role(mount));

    fails("key: Vault", "own-services/vault.sh");
    assertThat(out)
        .containsPattern(
            "FAIL  key: .*"
                + Pattern.quote(path + " { capabilities = [")
                + "[^]]*"
                + Pattern.quote("\"" + capability + "\""));
  }

  @ParameterizedTest
  @CsvSource({"false, delete", "true, delete"})
  void aPolicyUnderWhichKeysCannotBeDestroyedIsAWarning(boolean keyIsThere, String capability) {
    TestVault vault = TestVault.shared(Product.OPENBAO);
    String mount = mounted(vault);
    vault.policy(mount, policy(mount).replace(", \"" + capability + "\"", ""));
    if (keyIsThere) {
      vault.call("POST", mount + "/keys/bothy-installation", "{}");
    }
    keysIn(vault.address(), vault.role(mount));

    assertThat(run()).as(out).isZero();
    assertThat(out)
        .contains("PASS  key: Vault lets this server in")
        .contains(
            "WARN  key: keys cannot be rotated or destroyed: the policy lacks path \""
                + mount
                + "/keys/bothy-*\" { capabilities = [\"delete\"] }");
  }

  @Test
  void aSignInThatVaultRefusesIsTold() {
    keysIn(TestVault.shared(Product.OPENBAO).address(), NOBODY);

    fails("key: Vault answered Signing in with 400", "own-services/vault.sh");
  }

  @Test
  void aTransitThatIsNotMountedIsTold() {
    TestVault vault = TestVault.shared(Product.OPENBAO);
    vault.policy("elsewhere", policy("elsewhere"));
    keysIn(vault.address(), vault.role("elsewhere"));
    settings.put("bothy.keys.transit-path", "elsewhere");

    fails("key: Vault answered GET elsewhere/keys/bothy-installation with 404", "Transit");
  }

  @Test
  void aVaultThatTheGuardOfOutboundCallsRefusesIsToldWithTheSetting() {
    TestVault vault = TestVault.shared(Product.OPENBAO);
    keysIn(vault.address(), vault.role());
    settings.put("bothy.egress.on-premises-hosts", "http://localhost:*,https://localhost:*");

    fails("key: the server's own guard stands in between", "settings of outbound calls");
    assertThat(out).contains("bothy.egress.on-premises-hosts");
  }

  /// The policy that is handed out, for Transit at another place.
  private static String policy(String mount) {
    try {
      return Files.readString(Path.of("../docs/reference/vault/bothy-server.hcl"))
          .replace("\"transit/", "\"" + mount + "/");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// A Transit of its own.
  private String mounted(TestVault vault) {
    String mount = "preflight-" + Long.toString(System.nanoTime(), 36);
    vault.mount(mount);
    settings.put("bothy.keys.transit-path", mount);
    return mount;
  }

  private void keysIn(URI vault, AppRole role) {
    settings.remove("bothy.keys.local-file");
    settings.put("bothy.keys.provider", "vault");
    settings.put("spring.cloud.vault.enabled", "true");
    settings.put("spring.cloud.vault.uri", vault.toString());
    settings.put("spring.cloud.vault.authentication", "APPROLE");
    settings.put("spring.cloud.vault.app-role.role-id", role.roleId());
    settings.put("spring.cloud.vault.app-role.secret-id", role.secretId());
    settings.put(
        "bothy.egress.on-premises-hosts",
        "http://localhost:*,https://localhost:*,http://127.0.0.1:*");
  }

  @Test
  void aListedDestinationThatLeadsNowhereIsAWarning() {
    settings.put("bothy.egress.destinations[0].origin", "https://models.example.invalid");
    settings.put("bothy.egress.destinations[0].owner", "Models");
    settings.put("bothy.egress.destinations[0].purpose", "Answers.");
    settings.put("bothy.egress.destinations[0].region", "here");

    assertThat(run()).as(out).isZero();
    assertThat(out).contains("WARN  dns:models.example.invalid");
  }

  @Test
  void aProxyThatNobodyAnswersForIsTold() {
    settings.put("bothy.egress.proxy", "http://localhost:1");

    fails("sign-on: ", "Keycloak");
  }

  @Test
  void aServiceThatNobodyAnswersForIsTold() {
    assertThat(run(null, URI.create("http://localhost:1"))).isEqualTo(1);

    assertThat(out).contains("FAIL  service: http://localhost:1 was not reached");
  }

  @ParameterizedTest
  @CsvSource({
    "bothy.egress.region, '', bothy.egress.region is missing",
    "bothy.sign-on.issuer, '', bothy.sign-on.issuer is missing",
    "bothy.installation.mode, planted-wrong-word, bothy.installation.mode has a value",
    "bothy.egress.destinations[0].origin, x, destinations[].owner is missing",
  })
  void aSettingThatCannotBeReadIsTheOnlyFinding(String key, String value, String words)
      throws IOException {
    settings.put(key, value);
    Path report = folder.resolve("unreadable.json");

    assertThat(run(report, null)).isEqualTo(1);
    assertThat(out.lines()).hasSize(1);
    assertThat(out).startsWith("FAIL  settings: ").contains(words).contains(" — fix: ");
    assertThat(Files.readString(report)).startsWith("{\"checks\":[{\"name\":\"settings\"");
  }

  private void encrypted(TestCertificate believed) {
    String url =
        postgres.url("bothy") + "?sslmode=verify-full&sslrootcert=" + believed.certificate();
    settings.put("spring.datasource.url", url);
    settings.put("spring.flyway.url", url);
  }

  /// A realm behind https, as far as its discovery document goes.
  private HttpsServer https(TestCertificate shown) throws IOException {
    HttpsServer server =
        HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setHttpsConfigurator(new HttpsConfigurator(shown.server()));
    String issuer = "https://localhost:" + server.getAddress().getPort() + "/realms/bothy";
    server.createContext(
        "/",
        exchange -> {
          byte[] body = ("{\"issuer\":\"" + issuer + "\"}").getBytes(StandardCharsets.US_ASCII);
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
    settings.put("bothy.sign-on.issuer", issuer);
    return server;
  }

  private void fails(String finding, String fix) {
    assertThat(run()).isEqualTo(1);
    assertThat(out.lines())
        .as(out)
        .anySatisfy(line ->
            assertThat(line)
                .startsWith("FAIL  " + finding)
                .contains(" — fix: ")
                .matches(".* — fix: .*" + Pattern.quote(fix) + ".*"));
  }

  private int run() {
    return run(null, null);
  }

  private int run(@Nullable Path report, @Nullable URI service) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    List<String> arguments =
        settings.entrySet().stream().map(e -> "--" + e.getKey() + "=" + e.getValue()).toList();
    int status =
        Preflight.run(
            report,
            service,
            arguments,
            clock,
            new PrintStream(bytes, true, StandardCharsets.UTF_8));
    out = bytes.toString(StandardCharsets.UTF_8);
    assertThat(SECRETS).noneMatch(out::contains);
    assertThat(out.lines()).allMatch(line -> line.matches("(PASS|WARN|FAIL)  \\S+: .+"));
    return status;
  }

  private static void change(String sql) throws SQLException {
    try (Connection connection = postgres.connect("bothy");
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static int count(String sql) throws SQLException {
    try (Connection connection = postgres.connect("bothy");
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      rows.next();
      return rows.getInt(1);
    }
  }
}
