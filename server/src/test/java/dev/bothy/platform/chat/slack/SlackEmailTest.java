package dev.bothy.platform.chat.slack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bothy.platform.chat.Capability;
import dev.bothy.platform.chat.ChatConnection;
import dev.bothy.platform.chat.ChatFeature;
import dev.bothy.platform.chat.InboundEvent;
import dev.bothy.platform.chat.Network;
import dev.bothy.platform.kernel.ConnectionId;
import dev.bothy.platform.kernel.WorkspaceId;
import dev.bothy.platform.operation.Metrics;
import dev.bothy.testkit.TestClock;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.web.client.RestClient;
import tools.jackson.databind.json.JsonMapper;

/// Slack tells addresses with a scope of its own, and only those count that the company vouches
/// for.
class SlackEmailTest {
  private static final String ADA = "U0ADA0001";
  private static final RestClient HTTP =
      RestClient.builder().requestFactory(new JdkClientHttpRequestFactory()).build();
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final TestClock clock = new TestClock();
  private final FakeSlack slack = FakeSlack.start(clock);
  private final ChatConnection connection =
      new ChatConnection(
          new ConnectionId(UUID.randomUUID()),
          new WorkspaceId(UUID.randomUUID()),
          Network.SLACK,
          "Acme",
          SlackTeam.BOT_USER);

  @BeforeEach
  void populate() {
    slack.team().person(ADA, "ada", "Ada Lovelace");
    slack.team().user(new SlackTeam.User("U0SHY", "shy", "Shy", null, "UTC", false, false));
  }

  @AfterEach
  void stop() {
    slack.close();
  }

  @Test
  void theAddressIsToldWithTheScopeAndElseNone() throws IOException {
    SlackConnector with = connector(slack.install("users:read", "users:read.email"));
    assertThat(with.emailOf(connection, ADA)).contains("ada@example.com");
    assertThat(with.emailOf(connection, "U0SHY")).isEmpty();
    assertThat(with.emailOf(connection, "U0NOBODY1")).isEmpty();
    assertThat(connector(slack.install("users:read")).emailOf(connection, ADA)).isEmpty();
  }

  @Test
  void whenSlackWouldNotSayThatIsAnErrorAndNamesNoAddress() {
    SlackConnector with = connector(slack.install("users:read", "users:read.email"));
    slack.limitNext("users.info", 30);
    assertThatThrownBy(() -> with.emailOf(connection, ADA))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("PT30S");
  }

  @ParameterizedTest
  @CsvSource({
    "T0OURS, , false, true, true",
    "T0OURS, , false, false, false",
    "T0OTHER, , false, true, false",
    "T0OTHER, E0OURS, true, true, true",
    "T0OTHER, E0OTHER, true, true, false",
  })
  void onlyAConfirmedAddressOfTheSameCompanyCounts(
      String team, String enterprise, boolean orgWide, boolean confirmed, boolean counts) {
    SlackIdentity ours =
        orgWide
            ? new SlackIdentity("", "U1", "B1", "A1", "E0OURS", true)
            : new SlackIdentity("T0OURS", "U1", "B1");
    String user =
        """
        {"id": "U2", "team_id": "%s", "is_email_confirmed": %s,
         "enterprise_user": {"enterprise_id": "%s"}, "profile": {"email": " ada@example.com "}}
        """
            .formatted(team, confirmed, enterprise);
    assertThat(SlackAccounts.email(JSON.readTree(user), ours))
        .isEqualTo(counts ? Optional.of("ada@example.com") : Optional.empty());
  }

  @Test
  void theScopeIsAskedForOnlyByAFeatureThatComparesAddresses() {
    assertThat(SlackManifest.asked(List.of(feature(Map.of(Capability.LOOKUP, "Names."))), Set.of()))
        .extracting(SlackManifest.Scope::name)
        .containsExactly("users:read");
    assertThat(
            SlackManifest.asked(
                List.of(
                    feature(Map.of(Capability.LOOKUP, "Names.", Capability.EMAIL, "Compares."))),
                Set.of()))
        .containsExactly(
            new SlackManifest.Scope("users:read", List.of("one: Names.")),
            new SlackManifest.Scope("users:read.email", List.of("one: Compares.")));
  }

  private SlackConnector connector(String token) {
    return new SlackConnector(
        new SlackApi(HTTP, slack.api(), JSON),
        new NoLimits(),
        _ ->
            Optional.of(
                new SlackSecrets(token, "secret", SlackTeam.ID, SlackTeam.BOT_ID, "", null)),
        clock,
        new Metrics(new PrometheusRegistry()));
  }

  private static ChatFeature feature(Map<Capability, String> needs) {
    return new ChatFeature() {
      @Override
      public String id() {
        return "one";
      }

      @Override
      public List<Command> commands() {
        return List.of();
      }

      @Override
      public Map<Capability, String> needs() {
        return needs;
      }

      @Override
      public Answer handle(ChatConnection connection, InboundEvent event) {
        return new Answer.Done();
      }
    };
  }
}
