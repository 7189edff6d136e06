package dev.bothy.platform.chat.slack.web;

import dev.bothy.platform.chat.slack.SlackAbilities;
import dev.bothy.platform.chat.slack.SlackChecks;
import dev.bothy.platform.chat.slack.SlackConnections;
import dev.bothy.platform.chat.slack.SlackConnections.Outcome;
import dev.bothy.platform.kernel.ConnectionId;
import dev.bothy.platform.kernel.Problem;
import dev.bothy.platform.people.Role;
import dev.bothy.platform.people.Viewer;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;

/// The page on which an admin connects Slack: three ways to do it, what each needs, and what is
/// connected, with every step checked.
@Controller
@RequestMapping("/w/{workspace}/slack")
class SlackPageController {
  private static final String CHECKS = "slack/checks";

  private final SlackConnections connections;
  private final SlackChecks checks;
  private final SlackAbilities abilities;
  private final SlackPageModel page;

  SlackPageController(
      SlackConnections connections,
      SlackChecks checks,
      SlackAbilities abilities,
      SlackPageModel page) {
    this.connections = connections;
    this.checks = checks;
    this.abilities = abilities;
    this.page = page;
  }

  @GetMapping
  String page(
      Viewer viewer,
      Model model,
      @RequestParam(required = false) @Nullable String way,
      @RequestParam(defaultValue = "false") boolean rotation,
      @RequestParam(defaultValue = "false") boolean organisation,
      @RequestParam(defaultValue = "false") boolean sockets) {
    viewer.require(Role.ADMIN);
    return page.show(
        viewer,
        model,
        SlackWay.of(way),
        new SlackWay.Options(rotation, organisation, sockets),
        null);
  }

  /// What was pasted is a secret, so a wrong one is not shown again.
  @PostMapping
  String connect(
      Viewer viewer,
      Model model,
      @RequestParam(required = false) @Nullable String way,
      @RequestParam(defaultValue = "") String token,
      @RequestParam(name = "signing-secret", defaultValue = "") String signingSecret,
      @RequestParam(name = "app-token", defaultValue = "") String appToken) {
    viewer.require(Role.ADMIN);
    SlackWay chosen = SlackWay.of(way);
    if (chosen == SlackWay.SOCKET && appToken.isBlank()) {
      return page.show(
          viewer,
          model,
          chosen,
          SlackWay.Options.NONE,
          Problem.ofField(
              "slack.app-token",
              "app-token",
              "Socket Mode needs the app-level token, which begins with xapp-."));
    }
    Outcome outcome =
        connections.connect(
            viewer.workspace(),
            viewer.person(),
            token.strip(),
            signingSecret.strip(),
            appToken.strip());
    return switch (outcome) {
      case Outcome.Done _ -> home(viewer);
      case Outcome.Refused(Problem problem) ->
          page.show(viewer, model, chosen, SlackWay.Options.NONE, problem);
    };
  }

  /// Asks Slack anew at each call, so the page does it once and by hand.
  @GetMapping("/{connection}/checks")
  String checks(Viewer viewer, Model model, @PathVariable UUID connection) {
    viewer.require(Role.ADMIN);
    model.addAttribute("id", connection);
    model.addAttribute("checks", checks.check(viewer.workspace(), new ConnectionId(connection)));
    return CHECKS;
  }

  @PostMapping("/{connection}/disconnect")
  String disconnect(Viewer viewer, @PathVariable UUID connection) {
    viewer.require(Role.ADMIN);
    connections.disconnect(viewer.workspace(), viewer.person(), new ConnectionId(connection));
    return home(viewer);
  }

  /// Takes a disconnecting back.
  @PostMapping("/{connection}/resume")
  String resume(Viewer viewer, @PathVariable UUID connection) {
    viewer.require(Role.ADMIN);
    connections.resume(viewer.workspace(), viewer.person(), new ConnectionId(connection));
    return home(viewer);
  }

  /// From sockets to HTTP.
  @PostMapping("/{connection}/leave-sockets")
  String leaveSockets(Viewer viewer, @PathVariable UUID connection) {
    viewer.require(Role.ADMIN);
    connections.leaveSockets(viewer.workspace(), viewer.person(), new ConnectionId(connection));
    return home(viewer);
  }

  /// Shows the manifest of the same way as before, which changes with it.
  @PostMapping("/abilities")
  String switchAbility(
      Viewer viewer,
      @RequestParam(defaultValue = "") String ability,
      @RequestParam(defaultValue = "false") boolean on,
      @RequestParam(required = false) @Nullable String way,
      @RequestParam(defaultValue = "false") boolean rotation,
      @RequestParam(defaultValue = "false") boolean organisation,
      @RequestParam(defaultValue = "false") boolean sockets) {
    viewer.require(Role.ADMIN);
    SlackWay.Options options = new SlackWay.Options(rotation, organisation, sockets);
    abilities.change(viewer.workspace(), viewer.person(), ability, on);
    return home(viewer) + "?way=" + SlackWay.of(way).id() + options.query() + "#abilities";
  }

  private static String home(Viewer viewer) {
    return "redirect:/w/" + viewer.slug() + "/slack";
  }
}
