package dev.bothy.platform.chat.slack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bothy.platform.chat.ChatConnection;
import dev.bothy.platform.chat.slack.SlackInstalls.Arrival;
import dev.bothy.platform.chat.slack.SlackInstalls.Credentials;
import dev.bothy.platform.chat.slack.SlackInstalls.Departure;
import dev.bothy.platform.chat.slack.SlackInstalls.Outcome;
import dev.bothy.platform.kernel.PersonId;
import dev.bothy.platform.kernel.Problem;
import dev.bothy.platform.workspace.Workspace;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.UUID;

/// A workspace with a Slack app, and an admin who installs it here and there.
final class SlackInstallWorld {
  static final URI BACK = URI.create("https://bothy.test/w/x/slack/installed");

  final String clientSecret = "c1ientSecret" + UUID.randomUUID().toString().substring(0, 8);
  final String signingSecret = UUID.randomUUID().toString().replace("-", "");
  private final FakeSlack slack;
  private final SlackInstalls installs;
  private final Workspace workspace;
  private final PersonId admin;
  private final String clientId;

  SlackInstallWorld(
      FakeSlack slack,
      SlackInstalls installs,
      Workspace workspace,
      PersonId admin,
      boolean rotating) {
    this.slack = slack;
    this.installs = installs;
    this.workspace = workspace;
    this.admin = admin;
    this.clientId = slack.app(clientSecret, rotating, BACK.toString());
    assertThat(save(clientSecret)).isEmpty();
  }

  Optional<Problem> save(String secret) {
    return installs.saveApp(
        workspace.id(), admin, new Credentials(clientId, secret, signingSecret, ""));
  }

  ChatConnection install(SlackPlace place) {
    slack.installNextInto(place);
    Outcome outcome = arrive(depart());
    assertThat(outcome).isInstanceOf(Outcome.Done.class);
    return ((Outcome.Done) outcome).connection();
  }

  Departure depart() {
    return installs.depart(workspace.id(), admin, BACK).orElseThrow();
  }

  /// Presses "Allow" at Slack and comes back.
  Outcome arrive(Departure departure) {
    return arrive(departure, slack.authorize(departure.address()));
  }

  Outcome arrive(Departure departure, String address) {
    return installs.arrive(workspace.id(), admin, BACK, arrival(departure, address));
  }

  static Arrival arrival(Departure departure, String address) {
    return new Arrival(
        parameter(address, "state"),
        parameter(address, "code"),
        parameter(address, "error"),
        departure.browserSecret());
  }

  private static String parameter(String address, String name) {
    for (String pair : URI.create(address).getRawQuery().split("&")) {
      if (pair.startsWith(name + "=")) {
        return URLDecoder.decode(pair.substring(name.length() + 1), StandardCharsets.UTF_8);
      }
    }
    return "";
  }
}
