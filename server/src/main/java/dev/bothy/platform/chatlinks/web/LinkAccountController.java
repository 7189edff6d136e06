package dev.bothy.platform.chatlinks.web;

import dev.bothy.platform.audit.Actor;
import dev.bothy.platform.chat.Chat;
import dev.bothy.platform.chat.ChatConnection;
import dev.bothy.platform.chat.Connections;
import dev.bothy.platform.chatlinks.ChatLinks;
import dev.bothy.platform.chatlinks.LinkOutcome;
import dev.bothy.platform.chatlinks.LinkRequests;
import dev.bothy.platform.chatlinks.LinkRequests.Found;
import dev.bothy.platform.chatlinks.LinkedAccount;
import dev.bothy.platform.chatlinks.LinkedBy;
import dev.bothy.platform.kernel.ConnectionId;
import dev.bothy.platform.people.Viewer;
import dev.bothy.platform.workspace.Workspaces;
import java.util.Optional;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;

/// Where a link leads that an account was sent: it shows which account it is about and who is
/// signed in, and links the two only when that is confirmed. So nobody is linked by a mere click on
/// a link that somebody else sent them.
@Controller
@RequestMapping("/w/{workspace}/link-account")
class LinkAccountController {
  private static final String AGAIN = " Type /bothy link in chat to get another.";

  private final LinkRequests requests;
  private final ChatLinks links;
  private final Connections connections;
  private final Chat chat;
  private final Workspaces workspaces;

  LinkAccountController(
      LinkRequests requests,
      ChatLinks links,
      Connections connections,
      Chat chat,
      Workspaces workspaces) {
    this.requests = requests;
    this.links = links;
    this.connections = connections;
    this.chat = chat;
    this.workspaces = workspaces;
  }

  /// What the page says.
  ///
  /// @param network whose account it is, as people read it
  /// @param account the network's own id, which nobody can choose as they can their name
  /// @param name the account's name there
  record Asked(String network, String account, String name) {}

  @GetMapping
  String ask(Viewer viewer, @RequestParam(defaultValue = "") String token, Model model) {
    workspaces.inWorkspace(
        viewer.workspace(),
        () -> {
          switch (requests.find(token)) {
            case Found.Open(ConnectionId connection, String account) -> {
              Optional<Asked> asked = asked(connection, account);
              if (asked.isEmpty()) {
                say(model, "The network does not know this account any more.", false);
              } else {
                model.addAttribute("asked", asked.get());
                model.addAttribute("token", token);
              }
            }
            case Found.Used _, Found.Expired _, Found.Unknown _ -> sayWhyNot(model, token);
          }
        });
    return "chatlinks/link";
  }

  @PostMapping
  String confirm(Viewer viewer, @RequestParam(defaultValue = "") String token, Model model) {
    workspaces.inWorkspace(
        viewer.workspace(),
        () -> {
          switch (requests.use(token)) {
            case Found.Open(ConnectionId connection, String account) ->
                link(viewer, new LinkedAccount(connection, account, viewer.person()), model);
            case Found.Used _, Found.Expired _, Found.Unknown _ -> sayWhyNot(model, token);
          }
        });
    return "chatlinks/link";
  }

  private void link(Viewer viewer, LinkedAccount linked, Model model) {
    LinkOutcome outcome = links.link(linked, LinkedBy.MESSAGE, new Actor.Person(viewer.person()));
    switch (outcome) {
      case LinkOutcome.Linked _ ->
          say(model, "The account is yours now. What you do with it counts as yours.", true);
      case LinkOutcome.Unchanged _ -> say(model, "The account was yours already.", true);
      case LinkOutcome.SomebodyElses() ->
          say(
              model,
              "The account belongs to somebody else here. Type /bothy unlink with it, or ask an"
                  + " admin.",
              false);
      case LinkOutcome.NoPlace() -> say(model, "You have no place in this workspace.", false);
      case LinkOutcome.NoAccount() ->
          say(model, "The network does not know this account any more.", false);
    }
  }

  private Optional<Asked> asked(ConnectionId connection, String account) {
    return connections
        .ofCurrentWorkspace(connection)
        .flatMap(known ->
            chat.account(connection, account)
                .map(found -> new Asked(title(known), account, found.name())));
  }

  /// Says why this link does nothing.
  private void sayWhyNot(Model model, String token) {
    switch (requests.find(token)) {
      case Found.Open _ -> throw new IllegalStateException("It was not open a moment ago");
      case Found.Used() -> say(model, "This link was used already. It works once." + AGAIN, false);
      case Found.Expired() ->
          say(
              model,
              "This link is older than %d minutes and does nothing any more."
                      .formatted(LinkRequests.LIFETIME.toMinutes())
                  + AGAIN,
              false);
      case Found.Unknown() ->
          say(
              model,
              "There is no such link: it is not whole, or a newer one was sent." + AGAIN,
              false);
    }
  }

  private static void say(Model model, String words, boolean good) {
    model.addAttribute("words", words);
    model.addAttribute("good", good);
  }

  static String title(ChatConnection connection) {
    String network = connection.network().title();
    return network.equals(connection.name()) ? network : network + " (" + connection.name() + ")";
  }
}
