package dev.bothy.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bothy.testkit.TestKeycloak;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Signs in as a browser does, step by step.
@Tag("real")
class KeycloakServerTest {
  /// The example of RFC 7636, appendix B.
  private static final String VERIFIER = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";

  private static final String CHALLENGE = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";

  private static final String CALLBACK = "http://localhost:8080/sign-in/callback";

  private static TestKeycloak keycloak;
  private final HttpClient http = HttpClient.newHttpClient();
  private final Map<String, String> cookies = new LinkedHashMap<>();

  @BeforeAll
  static void realm() {
    keycloak = TestKeycloak.realmFor(URI.create("http://localhost:8080"));
  }

  @ParameterizedTest
  @CsvSource({"alice, /bothy-owners", "bob, /bothy-admins", "chen, /bothy-members"})
  void whoSignsInIsNamedWithTheirGroup(String person, String group) throws Exception {
    JsonNode token = signIn(person, CALLBACK);
    assertThat(token.path("iss").asString()).isEqualTo(keycloak.issuer().toString());
    assertThat(token.path("preferred_username").asString()).isEqualTo(person);
    assertThat(token.path("email_verified").asBoolean()).isTrue();
    assertThat(token.path("sid").asString()).isNotEmpty();
    assertThat(token.path("groups").path(0).asString()).isEqualTo(group);
  }

  @Test
  void theApplicationMayMoveToAnotherPort() throws Exception {
    assertThat(signIn("dana", CALLBACK.replace("8080", "18099")).path("sub").asString())
        .isNotEmpty();
  }

  @Test
  void aRealmThatIsThereKeepsItsPeopleAndLearnsTheNewAddress() throws Exception {
    String subject = signIn("alice", CALLBACK).path("sub").asString();
    TestKeycloak.realm(keycloak.realm().name(), URI.create("http://localhost:18099"));
    cookies.clear();
    assertThat(signIn("alice", CALLBACK).path("sub").asString()).isEqualTo(subject);
  }

  @Test
  void withoutAPkceChallengeNobodySignsIn() throws Exception {
    HttpResponse<String> answer = get(authorization(CALLBACK, ""));
    assertThat(answer.statusCode()).isEqualTo(302);
    assertThat(answer.headers().firstValue("Location").orElseThrow())
        .startsWith(CALLBACK)
        .contains("error=invalid_request");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://example.test/sign-in/callback",
        "http://localhost:8080/elsewhere",
        "http://localhost.example.test/sign-in/callback"
      })
  void aCodeIsSentNowhereElse(String callback) throws Exception {
    HttpResponse<String> answer = get(authorization(callback, challenge()));
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.headers().firstValue("Location")).isEmpty();
  }

  @Test
  void theSignInPageIsNamedAfterBothy() throws Exception {
    assertThat(get(authorization(CALLBACK, challenge())).body())
        .contains("<title>Sign in to Bothy</title>");
  }

  private JsonNode signIn(String person, String callback) throws Exception {
    Matcher form =
        Pattern.compile("action=\"([^\"]+)\"")
            .matcher(get(authorization(callback, challenge())).body());
    assertThat(form.find()).isTrue();
    HttpResponse<String> signedIn =
        post(
            URI.create(form.group(1).replace("&amp;", "&")),
            Map.of("username", person, "password", keycloak.realm().password()));
    String location = signedIn.headers().firstValue("Location").orElseThrow();
    assertThat(location).startsWith(callback);
    HttpResponse<String> tokens =
        post(
            URI.create(keycloak.issuer() + "/protocol/openid-connect/token"),
            Map.of(
                "grant_type",
                "authorization_code",
                "code",
                parameters(URI.create(location)).get("code"),
                "redirect_uri",
                callback,
                "code_verifier",
                VERIFIER,
                "client_id",
                KeycloakRealm.CLIENT,
                "client_secret",
                keycloak.realm().clientSecret()));
    String token = JsonMapper.shared().readTree(tokens.body()).path("id_token").asString();
    return JsonMapper.shared().readTree(Base64.getUrlDecoder().decode(token.split("\\.")[1]));
  }

  private static URI authorization(String callback, String challenge) {
    return URI.create(
        keycloak.issuer()
            + "/protocol/openid-connect/auth?response_type=code&scope=openid&state=s&client_id="
            + KeycloakRealm.CLIENT
            + "&redirect_uri="
            + encoded(callback)
            + challenge);
  }

  private static String challenge() {
    return "&code_challenge_method=S256&code_challenge=" + CHALLENGE;
  }

  private HttpResponse<String> get(URI address) throws IOException, InterruptedException {
    return send(HttpRequest.newBuilder(address));
  }

  private HttpResponse<String> post(URI address, Map<String, String> form)
      throws IOException, InterruptedException {
    String body =
        form.entrySet().stream()
            .map(field -> field.getKey() + "=" + encoded(field.getValue()))
            .collect(Collectors.joining("&"));
    return send(
        HttpRequest.newBuilder(address)
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(HttpRequest.BodyPublishers.ofString(body)));
  }

  /// Browsers send `Secure` cookies to localhost without TLS; the JDK's cookie store does not.
  private HttpResponse<String> send(HttpRequest.Builder request)
      throws IOException, InterruptedException {
    if (!cookies.isEmpty()) {
      request.header(
          "Cookie",
          cookies.entrySet().stream()
              .map(cookie -> cookie.getKey() + "=" + cookie.getValue())
              .collect(Collectors.joining("; ")));
    }
    HttpResponse<String> response =
        http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    for (String line : response.headers().allValues("Set-Cookie")) {
      String[] pair = line.split(";", 2)[0].split("=", 2);
      cookies.put(pair[0], pair[1]);
    }
    return response;
  }

  private static Map<String, String> parameters(URI address) {
    return Arrays.stream(address.getRawQuery().split("&"))
        .map(pair -> pair.split("=", 2))
        .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1]));
  }

  private static String encoded(String value) {
    return URLEncoder.encode(value, StandardCharsets.UTF_8);
  }
}
