package dev.bothy.platform.console;

import dev.bothy.platform.chat.ChatConnection;
import dev.bothy.platform.chat.Connections;
import dev.bothy.platform.chat.Network;
import dev.bothy.platform.people.Role;
import dev.bothy.platform.people.Viewer;
import dev.bothy.platform.workspace.Workspaces;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/// A workspace that no real network is connected to is told how to begin: with the sandbox, and by
/// connecting one.
@Component
class ChatFirstSteps implements FirstSteps {
  private static final Step SANDBOX =
      new Step(
          10,
          "Try it in the sandbox",
          "A chat room of Bothy's own, which needs no account anywhere. Type /rotation new and see"
              + " people take over on duty.",
          "Open the sandbox",
          "/sandbox");

  private static final Step SLACK =
      new Step(
          20,
          "Connect Slack",
          "Your channels get what the sandbox shows. It takes a Slack admin and five minutes.",
          "Connect Slack",
          "/slack");

  private final Connections connections;
  private final Workspaces workspaces;
  private final Set<String> pages;

  ChatFirstSteps(Connections connections, Workspaces workspaces, List<NavigationItem> items) {
    this.connections = connections;
    this.workspaces = workspaces;
    this.pages = items.stream().map(NavigationItem::path).collect(Collectors.toSet());
  }

  @Override
  public List<Step> steps(Viewer viewer) {
    List<ChatConnection> connected = workspaces.inWorkspace(viewer.workspace(), connections::list);
    if (connected.stream().anyMatch(connection -> connection.network() != Network.SANDBOX)) {
      return List.of();
    }
    List<Step> steps = new ArrayList<>();
    if (pages.contains(SANDBOX.path())) {
      steps.add(SANDBOX);
    }
    if (pages.contains(SLACK.path()) && viewer.may(Role.ADMIN)) {
      steps.add(SLACK);
    }
    return steps;
  }
}
