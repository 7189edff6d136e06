package dev.bothy.platform.egress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.bothy.platform.chat.slack.FakeSlack;
import dev.bothy.testkit.TestCertificate;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.web.client.ResourceAccessException;

/// Calls through a proxy and to places whose certificate an authority of the organisation signed.
/// `localhost` is a name that only the proxy can look up: the fixture knows no such name.
class EgressProxyTest {
  @TempDir private static Path folder;
  private static TestCertificate certificate;

  private EgressFixture fixture;
  private TestProxy proxy;
  private HttpsServer server;

  @BeforeAll
  static void certificate() {
    certificate = TestCertificate.make(folder, "-1d", 91);
  }

  @BeforeEach
  void start() throws IOException {
    server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setHttpsConfigurator(new HttpsConfigurator(certificate.server()));
    server.createContext(
        "/",
        exchange -> {
          EgressFixture.text(exchange, "reached");
          exchange.close();
        });
    server.start();
    proxy = TestProxy.open();
    fixture = new EgressFixture().patient().caBundle(certificate.certificate());
    fixture.name("proxy.example", "127.0.0.1");
    fixture.proxy("http://proxy.example:" + proxy.port());
    fixture.builtIn(origin(), EgressFixture.OWNER, "here");
  }

  @AfterEach
  void stop() throws IOException {
    fixture.close();
    proxy.close();
    server.stop(0);
  }

  @Test
  void aCallGoesThroughATunnelAndTheProxyLooksTheNameUp() {
    assertThat(get(origin() + "/path?secret=1")).isEqualTo("reached");

    assertThat(proxy.asked())
        .containsExactly("CONNECT localhost:" + server.getAddress().getPort() + " HTTP/1.1");
  }

  @Test
  void whatIsNotRegisteredIsRefusedBeforeTheProxyIsAsked() {
    assertThat(refusal("https://nobody.example/")).isEqualTo(new Refusal.NotRegistered());

    assertThat(proxy.asked()).isEmpty();
    assertThat(fixture.lookUps()).isZero();
  }

  @Test
  void aRegionThatIsNotAllowedIsRefusedBeforeTheProxyIsAsked() {
    fixture.builtIn("https://far.example", EgressFixture.OWNER, "far");

    assertThat(refusal("https://far.example/")).isInstanceOf(Refusal.RegionNotAllowed.class);
    assertThat(proxy.asked()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1", "169.254.169.254", "10.0.0.1", "[::1]", "[fd00:ec2::254]"})
  void anAddressInTheNamesPlaceIsRefusedBeforeTheProxyIsAsked(String address) {
    fixture.builtIn("https://" + address, EgressFixture.OWNER, "here");

    assertThat(refusal("https://" + address + "/")).isInstanceOf(Refusal.SpecialAddress.class);
    assertThat(proxy.asked()).isEmpty();
  }

  @Test
  void theProxyItselfIsNoDestination() {
    assertThat(refusal("http://proxy.example:" + proxy.port() + "/"))
        .isEqualTo(new Refusal.NotRegistered());
  }

  @Test
  void aRedirectThroughTheProxyIsCheckedLikeTheCall() {
    server.removeContext("/");
    server.createContext(
        "/",
        exchange -> {
          exchange.getResponseHeaders().set("Location", "https://169.254.169.254/latest");
          exchange.sendResponseHeaders(302, -1);
          exchange.close();
        });

    assertThat(refusal(origin() + "/")).isEqualTo(new Refusal.NotRegistered());
    assertThat(proxy.asked()).hasSize(1);
  }

  @Test
  void anExceptionGoesDirectlyAndItsAddressesAreChecked() {
    fixture.proxy("http://proxy.example:" + proxy.port(), "localhost");
    fixture.name("localhost", "127.0.0.1");

    assertThat(refusal(origin() + "/")).isInstanceOf(Refusal.SpecialAddress.class);
    fixture.onPremises(origin());
    assertThat(get(origin() + "/")).isEqualTo("reached");
    assertThat(proxy.asked()).isEmpty();
  }

  @Test
  void plainHttpToAnOnPremisesHostIsHandedToTheProxy() {
    String origin = "http://inside.example:" + fixture.port();
    fixture.builtIn(origin, EgressFixture.OWNER, "here").onPremises(origin);
    fixture.answer("/page", exchange -> EgressFixture.text(exchange, "inside"));

    assertThat(get(origin + "/page")).isEqualTo("inside");
    assertThat(proxy.asked()).containsExactly("GET " + origin + "/page HTTP/1.1");
  }

  @Test
  void aProxyThatRefusesIsAFailureOfTheCallAndNoAnswer() throws IOException {
    try (TestProxy refusing = TestProxy.refusing(403)) {
      fixture.proxy("http://proxy.example:" + refusing.port());

      assertThatThrownBy(() -> get(origin() + "/")).isInstanceOf(ResourceAccessException.class);
    }
  }

  @Test
  void aWebSocketOverTlsGoesThroughATunnel() throws Exception {
    FakeSlack slack = FakeSlack.start(Clock.systemUTC());
    int port = URI.create(slack.sockets().origin()).getPort();
    try (TestProxy tls = TestProxy.tlsBefore(port, certificate.server())) {
      fixture.builtIn("wss://localhost:" + tls.port(), EgressFixture.OWNER, "here");
      List<String> messages = new CopyOnWriteArrayList<>();
      URI given = URI.create(slack.sockets().address());
      EgressSocket socket =
          fixture
              .egress()
              .webSockets(EgressFixture.OWNER)
              .open(
                  URI.create(
                      "wss://localhost:"
                          + tls.port()
                          + given.getRawPath()
                          + "?"
                          + given.getRawQuery()),
                  listener(messages));

      await().untilAsserted(() -> assertThat(messages).isNotEmpty());
      assertThat(proxy.asked())
          .singleElement()
          .asString()
          .startsWith("CONNECT localhost:" + tls.port());
      socket.close();
    } finally {
      slack.close();
    }
  }

  @Test
  void withoutTheBundleTheCertificateIsNotBelieved() throws IOException {
    try (EgressFixture other = new EgressFixture()) {
      other.name("proxy.example", "127.0.0.1").proxy("http://proxy.example:" + proxy.port());
      other.builtIn(origin(), EgressFixture.OWNER, "here");

      assertThatThrownBy(() ->
              other
                  .egress()
                  .restClient(EgressFixture.OWNER)
                  .get()
                  .uri(origin())
                  .retrieve()
                  .body(String.class))
          .hasRootCauseMessage("unable to find valid certification path to requested target");
    }
  }

  @Test
  void aBundleIsBelievedBesideThePlatformsAuthorities() throws Exception {
    int known = new Authorities(null).trustManager().getAcceptedIssuers().length;

    assertThat(
            new Authorities(certificate.certificate()).trustManager().getAcceptedIssuers().length)
        .isEqualTo(known + 1)
        .isGreaterThan(20);
  }

  @Test
  void aBundleWithoutACertificateStopsTheStart() throws IOException {
    Path empty = Files.writeString(folder.resolve("empty"), "");
    for (Path file : List.of(empty, folder.resolve("missing"), certificate.key())) {
      assertThatThrownBy(() -> new Authorities(file).tls())
          .hasMessageContaining("bothy.installation.ca-bundle: " + file);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "keycloak, keycloak, false",
    "KEYCLOAK., keycloak, false",
    "a.example.com, .example.com, false",
    "example.com, .example.com, false",
    "badexample.com, .example.com, true",
    "a.example.com, example.com, true",
    "'[::1]', ::1, false",
  })
  void exceptionsAreNamesOrSuffixes(String host, String except, boolean through) {
    assertThat(new Proxy("proxy", 1, List.of(except)).leadsTo(host)).isEqualTo(through);
  }

  private String origin() {
    return "https://localhost:" + server.getAddress().getPort();
  }

  private String get(String url) {
    String body =
        fixture
            .egress()
            .restClient(EgressFixture.OWNER)
            .get()
            .uri(URI.create(url))
            .retrieve()
            .body(String.class);
    return body == null ? "" : body;
  }

  private Refusal refusal(String url) {
    return EgressFixture.refused(() -> get(url)).refusal();
  }

  private static EgressSocket.Listener listener(List<String> messages) {
    return new EgressSocket.Listener() {
      @Override
      public void message(String text) {
        messages.add(text);
      }

      @Override
      public void heard() {}

      @Override
      public void closed(String reason) {}
    };
  }
}
