package dev.bothy.platform.egress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import dev.bothy.platform.chat.slack.FakeSlack;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// WebSockets meet the same guard as any other call.
class EgressWebSocketTest {
  private static final String HOST = "sockets.example";

  private final FakeSlack slack = FakeSlack.start(Clock.systemUTC());
  private final Heard heard = new Heard();
  private EgressFixture fixture;

  @BeforeEach
  void start() throws IOException {
    fixture = new EgressFixture();
    fixture.name(HOST, "127.0.0.1").builtIn(origin(), EgressFixture.OWNER, "here");
  }

  @AfterEach
  void stop() {
    fixture.close();
    slack.close();
  }

  @Test
  void aRegisteredSocketIsOpenedAndSpeaksBothWays() throws IOException {
    fixture.onPremises(origin());
    EgressSocket socket = open(address());

    await().untilAsserted(() -> assertThat(heard.messages).hasSize(1));
    assertThat(heard.messages.getFirst()).contains("\"hello\"");
    assertThat(socket.isOpen()).isTrue();
    socket.send("{\"envelope_id\":\"one\"}");
    await().until(() -> slack.sockets().answer("one").isPresent());
    int before = heard.signs.size();
    socket.ping();
    await().until(() -> heard.signs.size() > before);
    slack.sockets().open().getFirst().say("ü".repeat(70_000));
    await().untilAsserted(() -> assertThat(heard.messages.getLast()).hasSize(70_000));

    socket.close();
    await().untilAsserted(() -> assertThat(heard.ends).hasSize(1));
    assertThat(socket.isOpen()).isFalse();
    assertThat(slack.sockets().open()).isEmpty();
  }

  @Test
  void aMessageThatIsTooLargeClosesTheSocket() throws IOException {
    fixture.onPremises(origin());
    open(address());
    await().until(() -> !slack.sockets().open().isEmpty());

    slack.sockets().open().getFirst().say("x".repeat(EgressWebSockets.LARGEST_MESSAGE + 1));

    await().untilAsserted(() -> assertThat(heard.ends).hasSize(1));
    assertThat(heard.ends.getFirst()).startsWith("1009");
  }

  @Test
  void whatTheOtherSideDropsIsHeardOf() throws IOException {
    fixture.onPremises(origin());
    EgressSocket socket = open(address());
    await().until(() -> !slack.sockets().open().isEmpty());

    slack.sockets().open().getFirst().drop();

    await().untilAsserted(() -> assertThat(heard.ends).hasSize(1));
    assertThatThrownBy(() -> socket.send("late")).isInstanceOf(IOException.class);
  }

  @Test
  void anAddressThatIsNotRegisteredIsRefusedBeforeItsNameIsLookedUp() {
    EgressRefused refused = refused("wss://nobody.example/link?ticket=secret");

    assertThat(refused.refusal()).isEqualTo(new Refusal.NotRegistered());
    assertThat(refused)
        .hasMessageContaining("wss://nobody.example")
        .hasMessageNotContaining("secret");
    assertThat(fixture.lookUps()).isZero();
    assertThat(fixture.refusals(EgressFixture.OWNER, "not_registered")).isEqualTo(1);
  }

  @Test
  void anotherOwnersAddressIsRefused() {
    fixture.builtIn("wss://other.example", "Other Company", "here");

    assertThat(refused("wss://other.example/").refusal())
        .isEqualTo(new Refusal.OtherOwner("Other Company"));
  }

  @Test
  void aRegionThatIsNotAllowedIsRefused() {
    fixture.builtIn("wss://*.far.example", EgressFixture.OWNER, "far");

    assertThat(refused("wss://one.far.example/").refusal())
        .isInstanceOf(Refusal.RegionNotAllowed.class);
  }

  @Test
  void withoutTlsItIsForOnPremisesHostsAlone() {
    assertThat(refused(address()).refusal()).isEqualTo(new Refusal.PlainHttp());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "127.0.0.1",
        "10.1.2.3",
        "169.254.169.254",
        "100.64.0.1",
        "::1",
        "::ffff:10.0.0.1",
        "64:ff9b::a00:1",
      })
  void anAddressThatIsNotPublicIsRefused(String answer) {
    fixture.name("wss-primary.slack.example", answer);
    fixture.builtIn("wss://*.slack.example", EgressFixture.OWNER, "here");

    assertThat(refused("wss://wss-primary.slack.example/").refusal())
        .isInstanceOf(Refusal.SpecialAddress.class);
    assertThat(slack.sockets().opened()).isZero();
  }

  /// The first answer is public, any later one loopback: what was checked is what is connected to.
  @Test
  void aNameThatChangesItsAnswerGainsNothing() {
    fixture.name("rebinding.slack.example", "203.0.113.7", "127.0.0.1");
    fixture.builtIn("wss://*.slack.example", EgressFixture.OWNER, "here");
    String late = "wss://rebinding.slack.example:443/";

    assertThat(refused(late).refusal()).isInstanceOf(Refusal.SpecialAddress.class);
    assertThat(fixture.lookUps()).isEqualTo(1);
    assertThat(refused(late).refusal()).isInstanceOf(Refusal.SpecialAddress.class);
    assertThat(slack.sockets().opened()).isZero();
  }

  @Test
  void whatDoesNotAgreeIsAnErrorThatDoesNotTellTheTicket() {
    fixture.onPremises(origin());
    String used = origin() + "/link/?ticket=used-already";

    assertThatThrownBy(() -> open(used))
        .isInstanceOf(IOException.class)
        .hasMessageNotContaining("used-already");
  }

  @Test
  void aSocketIsNotOpenedToAnHttpAddress() {
    assertThatThrownBy(() -> open("https://" + HOST)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aFamilyOfHostsIsForModulesAlone() {
    fixture.listed("wss://*.example", EgressFixture.OWNER, "here");

    assertThatThrownBy(fixture::register).hasMessageContaining("names several hosts");
  }

  private EgressRefused refused(String address) {
    return catchThrowableOfType(EgressRefused.class, () -> open(address));
  }

  private EgressSocket open(String address) throws IOException {
    return fixture.egress().webSockets(EgressFixture.OWNER).open(URI.create(address), heard);
  }

  private String address() {
    return slack.sockets().address().replace("127.0.0.1", HOST);
  }

  private String origin() {
    return slack.sockets().origin().replace("127.0.0.1", HOST);
  }

  private static final class Heard implements EgressSocket.Listener {
    private final List<String> messages = new CopyOnWriteArrayList<>();
    private final List<String> signs = new CopyOnWriteArrayList<>();
    private final List<String> ends = new CopyOnWriteArrayList<>();

    @Override
    public void message(String text) {
      messages.add(text);
    }

    @Override
    public void heard() {
      signs.add("heard");
    }

    @Override
    public void closed(String reason) {
      ends.add(reason);
    }
  }
}
