package dev.bothy.platform.chat.slack.web;

import dev.bothy.platform.chat.slack.SlackConnections;
import dev.bothy.platform.chat.slack.SlackConnections.Outcome;
import dev.bothy.platform.kernel.ConnectionId;
import dev.bothy.platform.kernel.Problem;
import dev.bothy.platform.people.InstallationSettings;
import dev.bothy.platform.people.Role;
import dev.bothy.platform.people.Viewer;
import java.net.URI;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.support.ServletUriComponentsBuilder;

/// The page on which an admin connects a Slack workspace: the manifest to make the app from, the
/// form for its token and secret, and what is connected.
@Controller
@RequestMapping("/w/{workspace}/slack")
class SlackPageController {
  private static final String PAGE = "slack/slack";

  private final SlackConnections connections;
  private final InstallationSettings installation;

  SlackPageController(SlackConnections connections, InstallationSettings installation) {
    this.connections = connections;
    this.installation = installation;
  }

  @GetMapping
  String page(Viewer viewer, Model model) {
    viewer.require(Role.ADMIN);
    return show(viewer, model, null);
  }

  /// What was pasted is a secret, so a wrong one is not shown again.
  @PostMapping
  String connect(
      Viewer viewer,
      Model model,
      @RequestParam(defaultValue = "") String token,
      @RequestParam(name = "signing-secret", defaultValue = "") String signingSecret) {
    viewer.require(Role.ADMIN);
    Outcome outcome =
        connections.connect(
            viewer.workspace(), viewer.person(), token.strip(), signingSecret.strip());
    return switch (outcome) {
      case Outcome.Done _ -> "redirect:/w/" + viewer.slug() + "/slack";
      case Outcome.Refused(Problem problem) -> show(viewer, model, problem);
    };
  }

  @PostMapping("/{connection}/disconnect")
  String disconnect(Viewer viewer, @PathVariable UUID connection) {
    viewer.require(Role.ADMIN);
    connections.disconnect(viewer.workspace(), viewer.person(), new ConnectionId(connection));
    return "redirect:/w/" + viewer.slug() + "/slack";
  }

  private String show(Viewer viewer, Model model, @Nullable Problem problem) {
    URI publicAddress = publicAddress();
    model.addAttribute("problem", problem);
    model.addAttribute("connected", connections.list(viewer.workspace()));
    model.addAttribute("manifest", connections.manifest(publicAddress, viewer.workspace()));
    model.addAttribute("reachable", "https".equals(publicAddress.getScheme()));
    return PAGE;
  }

  private URI publicAddress() {
    URI configured = installation.publicAddress();
    return configured == null
        ? ServletUriComponentsBuilder.fromCurrentContextPath().build().toUri()
        : configured;
  }
}
