package dev.bothy.platform.egress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.util.Optional;
import org.apache.hc.core5.http.io.support.ClassicRequestBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.HttpMethod;
import org.springframework.web.client.ResourceAccessException;
import org.springframework.web.client.RestClient;

class EgressRedirectTest {
  private EgressFixture fixture;

  @BeforeEach
  void start() throws IOException {
    fixture = new EgressFixture();
    fixture.reachable("start.example").reachable("second.example");
    fixture.answer("/end", exchange -> EgressFixture.text(exchange, "end"));
  }

  @AfterEach
  void stop() {
    fixture.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://169.254.169.254/latest/meta-data/",
        "http://127.0.0.1:22/",
        "http://[::1]/",
        "http://[::ffff:127.0.0.1]/",
        "http://2130706433/",
        "https://nobody.example/",
        "//nobody.example/",
      })
  void aRedirectToAnAddressThatIsNotRegisteredIsRefused(String location) {
    fixture.redirect("/go", 302, location);

    assertThat(refusal(HttpMethod.GET, "/go")).isEqualTo(new Refusal.NotRegistered());
    assertThat(fixture.received()).hasSize(1);
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
  void aRedirectToARegisteredNameThatLeadsInsideIsRefused(String address) {
    fixture.name("public.example", address).builtIn("public.example", EgressFixture.OWNER, "here");
    fixture.redirect("/go", 302, "https://public.example/");

    assertThat(refusal(HttpMethod.GET, "/go")).isInstanceOf(Refusal.SpecialAddress.class);
    assertThat(fixture.received()).hasSize(1);
  }

  @Test
  void aRedirectToAnotherOwnerOrARegionThatIsNotAllowedIsRefused() {
    fixture.builtIn("https://other.example", "Other Company", "here");
    fixture.builtIn("https://far.example", EgressFixture.OWNER, "far");
    fixture.redirect("/other", 302, "https://other.example/");
    fixture.redirect("/far", 302, "https://far.example/");

    assertThat(refusal(HttpMethod.GET, "/other")).isInstanceOf(Refusal.OtherOwner.class);
    assertThat(refusal(HttpMethod.GET, "/far")).isInstanceOf(Refusal.RegionNotAllowed.class);
  }

  @Test
  void aRedirectFromHttpsToPlainHttpIsRefused() {
    assertThat(
            EgressGuard.redirectRefusal(
                Origin.parse("https://start.example"),
                Origin.parse("http://start.example"),
                ClassicRequestBuilder.get("http://start.example").build()))
        .contains(new Refusal.RedirectToPlainHttp());
    assertThat(
            EgressGuard.redirectRefusal(
                Origin.parse("http://start.example"),
                Origin.parse("https://start.example"),
                ClassicRequestBuilder.get("https://start.example").build()))
        .isEqualTo(Optional.empty());
  }

  @Test
  void anotherHostGetsNoHeaderThatCouldCarryACredential() {
    fixture.redirect("/go", 302, fixture.url("second.example", "/end"));

    String body =
        client()
            .get()
            .uri(fixture.url("start.example", "/go"))
            .header("Authorization", "Bearer planted")
            .header("Cookie", "session=planted")
            .header("X-Api-Key", "planted")
            .header("Accept-Language", "de")
            .retrieve()
            .body(String.class);

    assertThat(body).isEqualTo("end");
    EgressFixture.Received first = fixture.received().getFirst();
    EgressFixture.Received second = fixture.received().getLast();
    assertThat(first.host()).isEqualTo("start.example");
    assertThat(first.headers()).containsKeys("Authorization", "Cookie", "X-api-key");
    assertThat(second.host()).isEqualTo("second.example");
    assertThat(second.headers().toString()).doesNotContain("planted").contains("de");
  }

  @Test
  void aCredentialDoesNotComeBackOnTheWayHome() {
    fixture.redirect("/go", 302, fixture.url("second.example", "/back"));
    fixture.redirect("/back", 302, fixture.url("start.example", "/end"));

    client()
        .get()
        .uri(fixture.url("start.example", "/go"))
        .header("Authorization", "Bearer planted")
        .retrieve()
        .toBodilessEntity();

    assertThat(fixture.received()).hasSize(3);
    assertThat(fixture.received().getLast().headers()).doesNotContainKey("Authorization");
  }

  @Test
  void theSameHostGetsTheCredentialAgain() {
    fixture.redirect("/go", 302, "/end");

    client()
        .get()
        .uri(fixture.url("start.example", "/go"))
        .header("Authorization", "Bearer own")
        .retrieve()
        .toBodilessEntity();

    assertThat(fixture.received()).hasSize(2);
    assertThat(fixture.received().getLast().headers()).containsKey("Authorization");
  }

  @ParameterizedTest
  @ValueSource(ints = {307, 308})
  void aBodyIsNotSentOnToAnotherHost(int status) {
    fixture.redirect("/go", status, fixture.url("second.example", "/end"));

    assertThat(refusal(HttpMethod.POST, "/go")).isEqualTo(new Refusal.RedirectOfBody());
    assertThat(fixture.received()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(ints = {301, 302, 303})
  void aPostThatIsRedirectedElsewhereGoesOnWithoutItsBody(int status) {
    fixture.redirect("/go", status, fixture.url("second.example", "/end"));

    String body =
        client()
            .post()
            .uri(fixture.url("start.example", "/go"))
            .body("token=planted")
            .retrieve()
            .body(String.class);

    assertThat(body).isEqualTo("end");
    assertThat(fixture.received().getLast().method()).isEqualTo("GET");
    assertThat(fixture.received().getLast().headers()).doesNotContainKey("Content-type");
  }

  @Test
  void aCircleOfRedirectsEndsWithoutRepeatingTheAddress() {
    fixture.redirect("/circle", 302, "/circle?code=planted");

    ResourceAccessException failure =
        catchThrowableOfType(
            ResourceAccessException.class,
            () ->
                client()
                    .get()
                    .uri(fixture.url("start.example", "/circle"))
                    .retrieve()
                    .toBodilessEntity());

    assertThat(failure).isNotNull().hasStackTraceContaining("Maximum redirects (5) exceeded");
    assertThat(failure).hasMessageNotContaining("planted");
    assertThat(fixture.received()).hasSize(6);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "not an address planted",
        "mailto:planted@example",
        "https:///planted",
        "http://0x7f.1/planted",
      })
  void aRedirectToNoAddressIsAnErrorThatDoesNotRepeatIt(String location) {
    fixture.redirect("/go", 302, location);

    assertThatThrownBy(() ->
            client().get().uri(fixture.url("start.example", "/go")).retrieve().toBodilessEntity())
        .hasStackTraceContaining("The redirect leads to no valid address")
        .hasMessageNotContaining("planted");
  }

  private RestClient client() {
    return fixture.egress().restClient(EgressFixture.OWNER);
  }

  private Refusal refusal(HttpMethod method, String path) {
    RestClient.RequestBodySpec request =
        client().method(method).uri(fixture.url("start.example", path));
    if (method.equals(HttpMethod.POST)) {
      request.body("token=planted");
    }
    return EgressFixture.refused(() -> request.retrieve().toBodilessEntity()).refusal();
  }
}
