package dev.bothy.platform.people;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jwt.JWTClaimsSet;
import dev.bothy.testkit.Http;
import dev.bothy.testkit.ServerProcess;
import dev.bothy.testkit.TestDatabase;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.BiFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Tokens that no honest identity provider hands out sign nobody in, sign nobody out, and leave
/// nothing behind.
@Tag("real")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ForgedTokensTest {
  private static final int PORT = ServerProcess.freePort();
  private static final String LOGOUT = "/sign-on/back-channel-logout";

  private final FakeProvider provider = new FakeProvider();
  private final TestDatabase database = TestDatabase.create();
  private final Http http = Http.onPort(PORT);
  private ServerProcess server;

  record Forgery(
      String name, String why, BiFunction<FakeProvider, JWTClaimsSet.Builder, String> make) {
    @Override
    public String toString() {
      return name;
    }
  }

  @BeforeAll
  void start(@TempDir Path folder) {
    List<String> settings = new ArrayList<>(List.of(database.properties()));
    settings.addAll(ServerProcess.WITHOUT_LIMITS);
    settings.addAll(
        List.of(
            "bothy.installation.mode=embedded",
            "bothy.egress.region=eu",
            "bothy.egress.on-premises-hosts=http://localhost:*",
            "bothy.keys.local-file=" + folder.resolve("key"),
            "bothy.sign-on.issuer=" + provider.issuer(),
            "bothy.sign-on.client-id=" + FakeProvider.CLIENT,
            "bothy.sign-on.client-secret=" + FakeProvider.CLIENT_SECRET,
            "bothy.sign-on.required-acr=gold,platinum"));
    server = ServerProcess.start(PORT, settings);
  }

  @AfterAll
  void stop() throws Exception {
    server.close();
    provider.close();
  }

  @Test
  void aGenuineTokenSignsIn() {
    HttpResponse<String> answer = signIn((op, claims) -> op.signed(claims.build()));
    assertThat(location(answer)).endsWith("/");
    assertThat(session(answer)).isTrue();
  }

  static Stream<Forgery> forgeries() {
    Instant past = Instant.now().minusSeconds(600);
    return Stream.of(
        new Forgery(
            "expired",
            "unavailable",
            (op, claims) -> op.signed(claims.expirationTime(Date.from(past)).build())),
        new Forgery(
            "for another client",
            "unavailable",
            (op, claims) -> op.signed(claims.audience("other").build())),
        new Forgery(
            "of another issuer",
            "unavailable",
            (op, claims) -> op.signed(claims.issuer("https://login.evil.test").build())),
        new Forgery("unsigned", "unavailable", (op, claims) -> op.unsigned(claims.build())),
        new Forgery(
            "signed by the client's secret",
            "unavailable",
            (op, claims) -> op.signedByTheClientsSecret(claims.build())),
        new Forgery(
            "signed by the public key",
            "unavailable",
            (op, claims) -> op.signedByThePublicKey(claims.build())),
        new Forgery(
            "signed by a stranger",
            "unavailable",
            (op, claims) -> op.signedByAStranger(claims.build())),
        new Forgery(
            "of an earlier sign-in",
            "not-ours",
            (op, claims) -> op.signed(claims.claim("nonce", "seen-before").build())),
        new Forgery(
            "without a nonce",
            "not-ours",
            (op, claims) -> op.signed(claims.claim("nonce", null).build())),
        new Forgery(
            "of a sign-in that was too weak",
            "too-weak",
            (op, claims) -> op.signed(claims.claim("acr", "silver").build())),
        new Forgery(
            "that does not say how strong",
            "too-weak",
            (op, claims) -> op.signed(claims.claim("acr", null).build())));
  }

  @ParameterizedTest
  @MethodSource("forgeries")
  void aTokenSignsNobodyInThatIs(Forgery forgery) throws SQLException {
    long before = rows();
    HttpResponse<String> answer = signIn(forgery.make());
    assertThat(location(answer)).endsWith("/sign-in/failed?why=" + forgery.why());
    assertThat(session(answer)).isFalse();
    assertThat(rows()).isEqualTo(before);
  }

  static Stream<Forgery> logoutForgeries() {
    return forgeries()
        .filter(each ->
            Stream.of("nonce", "sign-in", "strong").noneMatch(word -> each.name().contains(word)));
  }

  @ParameterizedTest
  @MethodSource("logoutForgeries")
  void aLogoutTokenSignsNobodyOutThatIs(Forgery forgery) throws SQLException {
    HttpResponse<String> in = signIn((op, claims) -> op.signed(claims.build()));
    assertThat(session(in)).isTrue();
    long before = rows();
    String token = forgery.make().apply(provider, logoutClaims());
    assertThat(http.post(LOGOUT, Map.of("logout_token", token)).statusCode()).isEqualTo(400);
    assertThat(rows()).isEqualTo(before);
  }

  @Test
  void aLogoutTokenCountsOnce() {
    String token = provider.signed(logoutClaims().build());
    assertThat(http.post(LOGOUT, Map.of("logout_token", token)).statusCode()).isEqualTo(200);
    signIn((op, claims) -> op.signed(claims.build()));
    assertThat(http.post(LOGOUT, Map.of("logout_token", token)).statusCode()).isEqualTo(400);
  }

  @Test
  void anAnswerThatWasUsedSignsInNoSecondTime() {
    HttpResponse<String> start = http.page("/sign-in");
    String cookie = signInCookie(start);
    provider.handOut(provider.signed(claims(parameter(start, "nonce")).build()));
    String callback = "/sign-in/callback?code=x&state=" + parameter(start, "state");
    HttpResponse<String> first = http.page(callback, "Cookie", cookie);
    assertThat(session(first)).isTrue();
    // The browser has no cookie of that sign-in any more.
    assertThat(location(http.page(callback))).endsWith("/sign-in/failed?why=not-ours");
  }

  @Test
  void signInAsksForTheStrengthThatIsRequired() {
    assertThat(parameter(http.page("/sign-in"), "acr_values")).isEqualTo("gold%20platinum");
  }

  private HttpResponse<String> signIn(
      BiFunction<FakeProvider, JWTClaimsSet.Builder, String> token) {
    HttpResponse<String> start = http.page("/sign-in");
    provider.handOut(token.apply(provider, claims(parameter(start, "nonce"))));
    return http.page(
        "/sign-in/callback?code=x&state=" + parameter(start, "state"),
        "Cookie",
        signInCookie(start));
  }

  private JWTClaimsSet.Builder claims(String nonce) {
    Instant now = Instant.now();
    return new JWTClaimsSet.Builder()
        .issuer(provider.issuer().toString())
        .audience(FakeProvider.CLIENT)
        .subject("ada")
        .claim("preferred_username", "ada")
        .claim("nonce", nonce)
        .claim("acr", "gold")
        .claim("sid", "sid-of-ada")
        .issueTime(Date.from(now))
        .expirationTime(Date.from(now.plusSeconds(60)));
  }

  private JWTClaimsSet.Builder logoutClaims() {
    Instant now = Instant.now();
    return new JWTClaimsSet.Builder()
        .issuer(provider.issuer().toString())
        .audience(FakeProvider.CLIENT)
        .subject("ada")
        .jwtID(UUID.randomUUID().toString())
        .claim("sid", "sid-of-ada")
        .claim("events", Map.of(BackChannelLogout.EVENT, Map.of()))
        .issueTime(Date.from(now))
        .expirationTime(Date.from(now.plusSeconds(60)));
  }

  /// Everything that a sign-in or a sign-out could leave.
  private long rows() throws SQLException {
    try (Connection superuser = database.connect("postgres");
        Statement statement = superuser.createStatement();
        ResultSet row =
            statement.executeQuery(
                "select (select count(*) from bothy.person) + (select count(*) from bothy.session)"
                    + " + (select count(*) from bothy.member)"
                    + " + (select count(*) from bothy.audit_entry)"
                    + " + (select count(*) from bothy.logout_token_seen)")) {
      row.next();
      return row.getLong(1);
    }
  }

  private static String parameter(HttpResponse<String> start, String name) {
    Matcher found = Pattern.compile("[?&]" + name + "=([^&]+)").matcher(location(start));
    assertThat(found.find()).isTrue();
    return found.group(1);
  }

  private static String signInCookie(HttpResponse<String> start) {
    return start.headers().firstValue("Set-Cookie").orElseThrow().split(";", 2)[0];
  }

  private static boolean session(HttpResponse<String> answer) {
    return answer.headers().allValues("Set-Cookie").stream()
        .anyMatch(cookie -> cookie.startsWith("bothy-session=") && !cookie.contains("Max-Age=0"));
  }

  private static String location(HttpResponse<String> answer) {
    return answer.headers().firstValue("Location").orElseThrow();
  }
}
