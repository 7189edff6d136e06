package dev.bothy.platform.chat.slack;

import dev.bothy.platform.chat.ChatConnection;
import dev.bothy.platform.chat.Connections;
import dev.bothy.platform.console.NavigationItem;
import dev.bothy.platform.egress.Destination;
import dev.bothy.platform.egress.Egress;
import dev.bothy.platform.people.Role;
import java.util.Optional;
import java.util.Set;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.databind.json.JsonMapper;

@Configuration(proxyBeanMethods = false)
class SlackConfiguration {
  /// As Slack's own list of sub-processors names the company.
  static final String OWNER = "Slack Technologies";

  /// Slack keeps a workspace's data in the United States unless the customer bought residency.
  private static final String REGION = "us";

  @Bean
  Destination slackWebApi() {
    return Destination.builtIn(
        "https://slack.com", OWNER, "Posting in the Slack workspaces that were connected", REGION);
  }

  @Bean
  Destination slackResponses() {
    return Destination.builtIn(
        "https://hooks.slack.com", OWNER, "Answering a person's command or click in Slack", REGION);
  }

  @Bean
  SlackApi slackApi(Egress egress, SlackSettings settings, JsonMapper json) {
    return new SlackApi(egress.restClient(OWNER), settings.apiAddress(), json);
  }

  @Bean
  SlackSecrets.Source slackSecrets(Connections connections) {
    return (ChatConnection connection) -> {
      Optional<ChatConnection> found = connections.find(connection.id());
      return found.map(present -> SlackSecrets.read(connections.secrets(present.id())));
    };
  }

  @Bean
  NavigationItem slackPage() {
    return new NavigationItem(520, "Slack", "/slack", "plug", Set.of(Role.ADMIN));
  }
}
