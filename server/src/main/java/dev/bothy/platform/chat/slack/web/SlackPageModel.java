package dev.bothy.platform.chat.slack.web;

import dev.bothy.platform.chat.slack.SlackAbilities;
import dev.bothy.platform.chat.slack.SlackChecks;
import dev.bothy.platform.chat.slack.SlackConnections;
import dev.bothy.platform.chat.slack.SlackInstalls;
import dev.bothy.platform.kernel.Problem;
import dev.bothy.platform.people.InstallationSettings;
import dev.bothy.platform.people.Viewer;
import java.net.URI;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.ui.Model;
import org.springframework.web.servlet.support.ServletUriComponentsBuilder;

/// Fills the page on which an admin connects Slack.
@Component
class SlackPageModel {
  private static final String TEMPLATE = "slack/slack";

  private final SlackConnections connections;
  private final SlackInstalls installs;
  private final SlackChecks checks;
  private final SlackAbilities abilities;
  private final InstallationSettings installation;

  SlackPageModel(
      SlackConnections connections,
      SlackInstalls installs,
      SlackChecks checks,
      SlackAbilities abilities,
      InstallationSettings installation) {
    this.connections = connections;
    this.installs = installs;
    this.checks = checks;
    this.abilities = abilities;
    this.installation = installation;
  }

  /// @param problem what was wrong with what was sent; null when nothing was
  String show(
      Viewer viewer,
      Model model,
      SlackWay way,
      SlackWay.Options options,
      @Nullable Problem problem) {
    URI publicAddress = publicAddress();
    String arrival = arrivalAddress(viewer).toString();
    model.addAttribute("problem", problem);
    model.addAttribute("way", way.id());
    model.addAttribute("options", options);
    model.addAttribute("connected", connections.list(viewer.workspace()));
    model.addAttribute("clientId", installs.clientId(viewer.workspace()).orElse(null));
    model.addAttribute("appCheck", checks.checkApp(viewer.workspace()).orElse(null));
    model.addAttribute("abilities", abilities.list(viewer.workspace()));
    model.addAttribute("arrival", arrival);
    model.addAttribute(
        "manifest",
        connections.manifest(publicAddress, viewer.workspace(), way.choice(options, arrival)));
    model.addAttribute("reachable", "https".equals(publicAddress.getScheme()));
    return TEMPLATE;
  }

  /// Where Slack sends an admin back to.
  URI arrivalAddress(Viewer viewer) {
    return URI.create(
        publicAddress() + "/w/" + viewer.slug() + "/slack/" + SlackInstallController.ARRIVAL);
  }

  /// Whether browsers come by https.
  boolean isSecure() {
    return "https".equals(publicAddress().getScheme());
  }

  private URI publicAddress() {
    URI configured = installation.publicAddress();
    return configured == null
        ? ServletUriComponentsBuilder.fromCurrentContextPath().build().toUri()
        : configured;
  }
}
