package dev.bothy.platform.chat.slack;

import dev.bothy.platform.console.NavigationItem;
import dev.bothy.platform.egress.Destination;
import dev.bothy.platform.egress.Egress;
import dev.bothy.platform.egress.EgressWebSockets;
import dev.bothy.platform.people.Role;
import java.util.Set;
import org.springframework.beans.factory.ObjectProvider;
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

  /// Which host a socket goes to Slack says when it is asked for one, `wss-something.slack.com`
  /// (docs.slack.dev/reference/methods/apps.connections.open): any host right under slack.com, and
  /// for WebSockets alone.
  @Bean
  Destination slackSocketHosts() {
    return Destination.builtIn(
        "wss://*.slack.com",
        OWNER,
        "Hearing from Slack without an open port (Socket Mode)",
        REGION);
  }

  @Bean
  EgressWebSockets slackWebSockets(Egress egress) {
    return egress.webSockets(OWNER);
  }

  @Bean
  SlackApi slackApi(
      Egress egress, SlackSettings settings, JsonMapper json, ObjectProvider<SlackTokens> tokens) {
    return new SlackApi(egress.restClient(OWNER), settings.apiAddress(), json, tokens::getObject);
  }

  @Bean
  NavigationItem slackPage() {
    return new NavigationItem(520, "Slack", "/slack", "plug", Set.of(Role.ADMIN));
  }
}
