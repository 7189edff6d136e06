package dev.bothy.platform.chat.slack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.bothy.platform.chat.ChatConnection;
import dev.bothy.platform.chat.ConnectionState;
import dev.bothy.platform.chat.Connections;
import dev.bothy.platform.chat.Connections.Known;
import dev.bothy.platform.chat.slack.SlackInstalls.Arrival;
import dev.bothy.platform.chat.slack.SlackInstalls.Departure;
import dev.bothy.platform.chat.slack.SlackInstalls.Outcome;
import dev.bothy.platform.people.Role;
import dev.bothy.platform.people.TestPeople;
import dev.bothy.platform.workspace.Workspace;
import dev.bothy.platform.workspace.Workspaces;
import dev.bothy.testkit.BothyTest;
import dev.bothy.testkit.TestClock;
import dev.bothy.testkit.TestWorkspaces;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;
import tools.jackson.databind.node.ObjectNode;

/// One Slack app, installed into several Slack workspaces and organisations through OAuth.
@BothyTest
@Import(EchoFeature.class)
class SlackInstallTest {
  @Autowired Workspaces workspaces;
  @Autowired TestPeople people;
  @Autowired SlackInstalls installs;
  @Autowired SlackChecks checks;
  @Autowired SlackConnections slackConnections;
  @Autowired Connections connections;
  @Autowired TestClock clock;
  @LocalServerPort int port;

  private final FakeSlack slack = FakeSlack.shared();
  private final String ending =
      UUID.randomUUID().toString().substring(0, 6).toUpperCase(Locale.ROOT);
  private final SlackPlace acme = SlackPlace.workspace("Acme", ending + "A");
  private final SlackPlace beta = SlackPlace.workspace("Beta", ending + "B");
  private final SlackPlace group = SlackPlace.organisation("The group", ending + "G");
  private Workspace workspace;
  private TestPeople.Someone admin;
  private SlackInstallWorld world;

  @BeforeEach
  void makeTheApp() {
    workspace = TestWorkspaces.fresh(workspaces);
    admin = people.signedIn(workspace, "Admin", Role.ADMIN);
    world = new SlackInstallWorld(slack, installs, workspace, admin.id(), false);
  }

  @Test
  void anInstallationIsConnectedUnderTheNameOfItsPlaceWithEveryScope() {
    ChatConnection connection = world.install(acme);

    assertThat(connection.name()).isEqualTo("Acme");
    assertThat(connection.botId()).isEqualTo(acme.botUser());
    assertThat(slackConnections.find(workspace.id(), connection.id()).orElseThrow().missing())
        .isEmpty();
  }

  @Test
  void installingAgainReplacesTheTokenOfTheSamePlaceAlone() {
    ChatConnection first = world.install(acme);
    ChatConnection other = world.install(beta);
    String before = token(first);

    assertThat(world.install(acme).id()).isEqualTo(first.id());

    assertThat(token(first)).isNotEqualTo(before);
    assertThat(connected()).containsExactlyInAnyOrder(first.id().value(), other.id().value());
  }

  @Test
  void anEventGoesToTheConnectionOfTheSlackWorkspaceThatItNames() {
    ChatConnection inAcme = world.install(acme);
    ChatConnection inBeta = world.install(beta);
    ChatConnection inGroup = world.install(group);

    tell(payload -> from(payload, beta.team(), null, false));
    assertThat(ended()).containsExactly(inBeta.id().value());
    tell(payload -> from(payload, "T0ELSEWHERE", group.enterprise(), true));
    assertThat(ended()).containsExactlyInAnyOrder(inBeta.id().value(), inGroup.id().value());
    assertThat(state(inAcme)).isInstanceOf(ConnectionState.Active.class);
  }

  @Test
  void whatNamesAPlaceWhereTheAppIsNotInstalledIsAcknowledgedAndChangesNothing() {
    world.install(acme);

    assertThat(tell(payload -> from(payload, "T0ELSEWHERE", null, false))).isEqualTo(200);

    assertThat(ended()).isEmpty();
  }

  /// An organisation and one of its workspaces may each have an installation of their own.
  @Test
  void slackSaysWhichOfTwoInstallationsInOneOrganisationItMeans() {
    SlackPlace team =
        SlackPlace.workspaceOf(String.valueOf(group.enterprise()), "Team", ending + "T");
    ChatConnection inGroup = world.install(group);
    ChatConnection inTeam = world.install(team);

    tell(payload -> from(payload, team.team(), group.enterprise(), false));
    assertThat(ended()).containsExactly(inTeam.id().value());
    tell(payload -> from(payload, team.team(), group.enterprise(), true));
    assertThat(ended()).containsExactlyInAnyOrder(inTeam.id().value(), inGroup.id().value());
  }

  @Test
  void theSameAppInTwoWorkspacesOfOursStaysApart() {
    ChatConnection ours = world.install(acme);
    Workspace other = TestWorkspaces.fresh(workspaces);
    TestPeople.Someone there = people.signedIn(other, "Other", Role.ADMIN);
    SlackInstallWorld theirs = new SlackInstallWorld(slack, installs, other, there.id(), false);
    theirs.install(acme);

    assertThat(tell(payload -> from(payload, acme.team(), null, false), theirs.signingSecret))
        .as("signed with the other workspace's secret, sent to ours")
        .isEqualTo(401);
    assertThat(state(ours)).isInstanceOf(ConnectionState.Active.class);

    Departure departure = theirs.depart();
    Arrival arrival = SlackInstallWorld.arrival(departure, slack.authorize(departure.address()));
    assertThat(installs.arrive(workspace.id(), admin.id(), SlackInstallWorld.BACK, arrival))
        .isInstanceOf(Outcome.Refused.class);
  }

  @Test
  void whoComesBackIsBelievedOnceInTheSameBrowserAsTheSamePersonWithinTenMinutes() {
    Departure departure = world.depart();
    String back = slack.authorize(departure.address());
    Arrival genuine = SlackInstallWorld.arrival(departure, back);
    Arrival otherBrowser = new Arrival(genuine.state(), genuine.code(), "", "another");
    assertThat(arrive(otherBrowser)).contains("begin again");
    assertThat(arrive(genuine)).as("used up by the attempt before").contains("begin again");

    Departure second = world.depart();
    Arrival stolen = SlackInstallWorld.arrival(second, slack.authorize(second.address()));
    TestPeople.Someone other = people.signedIn(workspace, "Other", Role.ADMIN);
    assertThat(installs.arrive(workspace.id(), other.id(), SlackInstallWorld.BACK, stolen))
        .isInstanceOf(Outcome.Refused.class);

    Departure third = world.depart();
    Arrival late = SlackInstallWorld.arrival(third, slack.authorize(third.address()));
    clock.advance(Duration.ofMinutes(10).plusSeconds(1));
    assertThat(arrive(late)).contains("ten minutes");
    clock.reset();

    Departure fourth = world.depart();
    Arrival forged = new Arrival(UUID.randomUUID() + ".x", "code", "", fourth.browserSecret());
    assertThat(arrive(forged)).contains("begin again");
    assertThat(arrive(new Arrival("", "", "", ""))).contains("begin again");
    assertThat(connected()).isEmpty();
  }

  @Test
  void whatGoesWrongAtSlackIsSaidInWords() {
    slack.refuseNextInstallation("access_denied");
    assertThat(refusal(world.arrive(world.depart()))).contains("cancelled");

    Departure departure = world.depart();
    String back = slack.authorize(departure.address());
    String wrongCode = back.replaceAll("code=[^&]*", "code=nonsense");
    assertThat(refusal(world.arrive(departure, wrongCode))).contains("good once");

    assertThat(world.save("another5ecret0000")).isEmpty();
    assertThat(refusal(world.arrive(world.depart()))).contains("client secret");
    assertThat(world.save(world.clientSecret)).isEmpty();

    slack.refuseNext("oauth.v2.access", "bad_redirect_uri");
    assertThat(refusal(world.arrive(world.depart()))).contains("redirect_urls");
    slack.refuseNext("oauth.v2.access", "code_already_used");
    assertThat(refusal(world.arrive(world.depart()))).contains("used already");
    slack.breakNext("oauth.v2.access", 500);
    assertThat(refusal(world.arrive(world.depart()))).contains("could not be reached");
    assertThat(connected()).isEmpty();
  }

  /// Slack checks the address when it is saved in the app's settings, before any installation.
  @Test
  void theAddressIsProvenAsSoonAsTheAppIsKnown() {
    SlackRequests slackItself = SlackRequests.signedWith(world.signingSecret, clock);

    assertThat(slackItself.event("url-verification").sendTo(events()).body())
        .isEqualTo(SlackRequests.recording("url-verification").path("challenge").asString());
    ChatConnection connection = world.install(acme);
    assertThat(checks.check(workspace.id(), connection.id()))
        .filteredOn(check -> check.name().equals("Signing secret"))
        .singleElement()
        .satisfies(check -> assertThat(check.state()).isEqualTo(SlackChecks.State.OK));
  }

  @Test
  void anotherSigningSecretOfTheAppHoldsForItsInstallations() {
    ChatConnection connection = world.install(acme);
    String fresh = UUID.randomUUID().toString().replace("-", "");
    installs.saveApp(
        workspace.id(),
        admin.id(),
        new SlackInstalls.Credentials("1.1", world.clientSecret, fresh, ""));

    tell(payload -> from(payload, acme.team(), null, false), fresh);

    await().atMost(Duration.ofSeconds(5)).until(() -> ended().contains(connection.id().value()));
  }

  private static String refusal(Outcome outcome) {
    assertThat(outcome).isInstanceOf(Outcome.Refused.class);
    return ((Outcome.Refused) outcome).problem().message();
  }

  private String arrive(Arrival arrival) {
    return refusal(installs.arrive(workspace.id(), admin.id(), SlackInstallWorld.BACK, arrival));
  }

  private int tell(Consumer<ObjectNode> change) {
    return tell(change, world.signingSecret);
  }

  /// That the app was uninstalled: of all that Slack tells, what can be seen at the connection.
  private int tell(Consumer<ObjectNode> change, String secret) {
    return SlackRequests.signedWith(secret, clock)
        .event(
            "app-uninstalled",
            payload -> {
              payload.put("event_time", clock.instant().getEpochSecond()).remove("api_app_id");
              change.accept(payload);
            })
        .sendTo(events())
        .statusCode();
  }

  private static void from(
      ObjectNode payload, @Nullable String team, @Nullable String enterprise, boolean orgWide) {
    payload.put("team_id", team);
    ((ObjectNode) payload.at("/authorizations/0"))
        .put("team_id", orgWide ? null : team)
        .put("enterprise_id", enterprise)
        .put("is_enterprise_install", orgWide);
  }

  private URI events() {
    return URI.create("http://127.0.0.1:" + port + "/chat/slack/" + workspace.id() + "/events");
  }

  private List<UUID> connected() {
    return all().stream()
        .filter(each -> !(each.state() instanceof ConnectionState.Ended))
        .map(each -> each.connection().id().value())
        .toList();
  }

  private List<UUID> ended() {
    return all().stream()
        .filter(each -> each.state() instanceof ConnectionState.Ended)
        .map(each -> each.connection().id().value())
        .toList();
  }

  private List<Known> all() {
    return workspaces.inWorkspace(workspace.id(), connections::listAll);
  }

  private ConnectionState state(ChatConnection connection) {
    return workspaces
        .inWorkspace(workspace.id(), () -> connections.known(connection.id()))
        .orElseThrow()
        .state();
  }

  private String token(ChatConnection connection) {
    byte[] stored =
        workspaces.inWorkspace(workspace.id(), () -> connections.storedSecrets(connection.id()));
    return SlackSecrets.read(stored).botToken();
  }
}
