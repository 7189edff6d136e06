package dev.bothy.platform.egress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.web.client.ResourceAccessException;
import org.springframework.web.client.RestClient;

@ExtendWith(OutputCaptureExtension.class)
class EgressTest {
  private EgressFixture fixture;

  @BeforeEach
  void start() throws IOException {
    fixture = new EgressFixture();
    fixture.reachable("start.example");
  }

  @AfterEach
  void stop() {
    fixture.close();
  }

  @Test
  void aRegisteredAddressIsReached() {
    fixture.answer("/", exchange -> EgressFixture.text(exchange, "hello"));

    assertThat(get(fixture.url("start.example", "/"))).isEqualTo("hello");
  }

  @Test
  void anAddressThatIsNotRegisteredIsRefusedBeforeItsNameIsLookedUp() {
    Refusal refusal = refusal(fixture.url("nobody.example", "/"));

    assertThat(refusal).isEqualTo(new Refusal.NotRegistered());
    assertThat(fixture.lookUps()).isZero();
    assertThat(fixture.refusals(EgressFixture.OWNER, "not_registered")).isEqualTo(1);
  }

  @Test
  void aRegionThatIsNotAllowedIsRefusedBeforeTheNameIsLookedUp() {
    fixture.builtIn("https://far.example", EgressFixture.OWNER, "far");

    assertThat(refusal("https://far.example/"))
        .isInstanceOfSatisfying(
            Refusal.RegionNotAllowed.class,
            refused -> {
              assertThat(refused.region()).isEqualTo("far");
              assertThat(refused.allowed()).containsExactly("also-here", "here");
            });
    assertThat(fixture.lookUps()).isZero();
  }

  @Test
  void aCallerReachesItsOwnOwnerAlone() {
    fixture.builtIn("https://other.example", "Other Company", "here");

    assertThat(refusal("https://other.example/"))
        .isEqualTo(new Refusal.OtherOwner("Other Company"));
  }

  @Test
  void plainHttpIsForOnPremisesHostsAlone() {
    fixture.builtIn("http://plain.example", EgressFixture.OWNER, "here");

    assertThat(refusal("http://plain.example/")).isEqualTo(new Refusal.PlainHttp());
  }

  @Test
  void aClientForAnOwnerThatNobodyRegisteredIsABug() {
    assertThatThrownBy(() -> fixture.egress().restClient("Nobody"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("no entry of Nobody");
  }

  @Test
  void aRefusalIsLoggedWithHostAndOwnerButNeitherPathNorQuery(CapturedOutput output) {
    refusal("https://nobody.example/planted-path?token=planted-query");

    assertThat(output)
        .contains("nobody.example")
        .contains(EgressFixture.OWNER)
        .doesNotContain("planted-path")
        .doesNotContain("planted-query");
  }

  @Test
  void theMessageSaysWhatItDoesToAllowTheCall() {
    assertThat(refused("https://nobody.example/planted?planted"))
        .hasMessageContaining("https://nobody.example")
        .hasMessageContaining("bothy.egress.destinations")
        .hasMessageNotContaining("planted");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "127.0.0.1",
        "10.1.2.3",
        "169.254.169.254",
        "::ffff:127.0.0.1",
        "100.64.0.1",
        "64:ff9b::7f00:1",
        "2002:7f00:1::",
        "fd00::1",
        "fe80::1",
        "ff02::1",
        "::1",
        "224.0.0.1",
      })
  void aRegisteredNameThatLeadsInsideIsRefused(String address) {
    fixture.name("public.example", address).builtIn("public.example", EgressFixture.OWNER, "here");

    assertThat(refusal("https://public.example/")).isInstanceOf(Refusal.SpecialAddress.class);
    assertThat(fixture.refusals(EgressFixture.OWNER, "special_address")).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "127.0.0.1",
        "169.254.169.254",
        "::ffff:127.0.0.1",
        "100.64.0.1",
        "64:ff9b::7f00:1",
      })
  void aNameThatChangesItsAnswerAfterTheCheckGainsNothing(String later) throws Exception {
    fixture.name("flip.example", "1.2.3.4", later);
    FilteredNames names = fixture.filteredNames();

    assertThat(names.resolve("flip.example", 443))
        .extracting(address -> address.getAddress().getHostAddress())
        .containsExactly("1.2.3.4");
    assertThatThrownBy(() -> names.resolve("flip.example", 443))
        .isInstanceOf(FilteredNames.Filtered.class);
    assertThatThrownBy(() -> names.resolve("flip.example"))
        .isInstanceOf(UnknownHostException.class);
  }

  @Test
  void whatWasCheckedIsWhatIsConnectedBecauseTheNameIsLookedUpOnce() {
    fixture.name("start.example", "127.0.0.1", "169.254.169.254");
    fixture.answer("/", exchange -> EgressFixture.text(exchange, "checked"));

    assertThat(get(fixture.url("start.example", "/"))).isEqualTo("checked");
    assertThat(fixture.lookUps()).isEqualTo(1);
  }

  @Test
  void eachNewConnectionIsCheckedAgain() {
    fixture.name("start.example", "127.0.0.1", "169.254.169.254");
    fixture.answer(
        "/",
        exchange -> {
          exchange.getResponseHeaders().set("Connection", "close");
          EgressFixture.text(exchange, "first");
        });
    RestClient client = fixture.egress().restClient(EgressFixture.OWNER);
    String url = fixture.url("start.example", "/");

    assertThat(client.get().uri(url).retrieve().body(String.class)).isEqualTo("first");
    assertThat(refused(client, url).refusal()).isInstanceOf(Refusal.SpecialAddress.class);
    assertThat(fixture.received()).hasSize(1);
  }

  @Test
  void ofMixedAddressesThePublicOnesAreKept() throws Exception {
    fixture.name("mixed.example", "10.0.0.1 1.2.3.4 ::1");

    assertThat(fixture.filteredNames().resolve("mixed.example"))
        .extracting(InetAddress::getHostAddress)
        .containsExactly("1.2.3.4");
  }

  @ParameterizedTest
  @ValueSource(strings = {"169.254.169.254", "100.100.100.200", "fd00:ec2::254", "224.0.0.1"})
  void noSettingOpensLinkLocalMulticastOrMetadataAddresses(String address) {
    fixture.name("start.example", address);

    assertThat(refused(fixture.url("start.example", "/")))
        .hasMessageContaining("no setting allows that");
  }

  @Test
  void onPremisesHostsMayLieInTheListedRangesAlone() {
    fixture.onPremisesRange("10.0.0.0/8");

    assertThat(refusal(fixture.url("start.example", "/")))
        .isInstanceOf(Refusal.SpecialAddress.class);
  }

  @Test
  void onPremisesHostsInAListedRangeAreReached() {
    fixture.onPremisesRange("127.0.0.0/8").answer("/", e -> EgressFixture.text(e, "inside"));

    assertThat(get(fixture.url("start.example", "/"))).isEqualTo("inside");
  }

  @Test
  void anAnswerIsBoundedWhetherItsLengthIsDeclaredOrNot() {
    byte[] tooMuch = new byte[64 * 1024 + 1];
    fixture.answer(
        "/declared",
        exchange -> {
          exchange.sendResponseHeaders(200, tooMuch.length);
          exchange.getResponseBody().write(tooMuch);
        });
    fixture.answer(
        "/chunked",
        exchange -> {
          exchange.sendResponseHeaders(200, 0);
          exchange.getResponseBody().write(tooMuch);
        });

    for (String path : new String[] {"/declared", "/chunked"}) {
      assertThatThrownBy(() -> get(fixture.url("start.example", path)))
          .hasRootCauseInstanceOf(ResponseTooLarge.class);
    }
  }

  @Test
  void anAnswerOfTheLargestSizeIsRead() {
    String largest = "x".repeat(64 * 1024);
    fixture.answer("/", exchange -> EgressFixture.text(exchange, largest));

    assertThat(get(fixture.url("start.example", "/"))).isEqualTo(largest);
  }

  @Test
  void anAnswerThatDoesNotComeEndsTheWait() {
    CountDownLatch end = new CountDownLatch(1);
    fixture.answer("/", exchange -> awaitQuietly(end));

    assertThatThrownBy(() -> get(fixture.url("start.example", "/")))
        .isInstanceOf(ResourceAccessException.class)
        .hasRootCauseInstanceOf(SocketTimeoutException.class);
    end.countDown();
  }

  @Test
  void noCookieIsKept() {
    fixture.answer(
        "/",
        exchange -> {
          exchange.getResponseHeaders().set("Set-Cookie", "session=planted; Path=/");
          EgressFixture.text(exchange, "ok");
        });
    RestClient client = fixture.egress().restClient(EgressFixture.OWNER);

    for (int call = 0; call < 2; call++) {
      assertThatCode(() ->
              client.get().uri(fixture.url("start.example", "/")).retrieve().body(String.class))
          .doesNotThrowAnyException();
    }
    assertThat(fixture.received())
        .hasSize(2)
        .allSatisfy(request -> assertThat(request.headers()).doesNotContainKey("Cookie"));
  }

  private String get(String url) {
    String body =
        fixture
            .egress()
            .restClient(EgressFixture.OWNER)
            .get()
            .uri(url)
            .retrieve()
            .body(String.class);
    return body == null ? "" : body;
  }

  private Refusal refusal(String url) {
    return refused(url).refusal();
  }

  private EgressRefused refused(String url) {
    return refused(fixture.egress().restClient(EgressFixture.OWNER), url);
  }

  private static EgressRefused refused(RestClient client, String url) {
    return EgressFixture.refused(() -> client.get().uri(url).retrieve().toBodilessEntity());
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
