package dev.bothy.platform.chatlinks.web;

import dev.bothy.platform.audit.Actor;
import dev.bothy.platform.chatlinks.ChatLinks;
import dev.bothy.platform.chatlinks.EmailMatching;
import dev.bothy.platform.chatlinks.LinkOutcome;
import dev.bothy.platform.chatlinks.LinkedAccount;
import dev.bothy.platform.chatlinks.LinkedBy;
import dev.bothy.platform.kernel.ConnectionId;
import dev.bothy.platform.people.Role;
import dev.bothy.platform.people.Viewer;
import dev.bothy.platform.workspace.Workspaces;
import java.util.List;
import java.util.UUID;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/// Which account of a chat network is whose: admins look, link, unlink and have addresses compared;
/// auditors look.
@Controller
@RequestMapping("/w/{workspace}/people/chat-accounts")
class ChatAccountsController {
  /// More are found by their name.
  private static final int MOST = 100;

  private final AccountLines lines;
  private final ChatLinks links;
  private final EmailMatching matching;
  private final Workspaces workspaces;

  ChatAccountsController(
      AccountLines lines, ChatLinks links, EmailMatching matching, Workspaces workspaces) {
    this.lines = lines;
    this.links = links;
    this.matching = matching;
    this.workspaces = workspaces;
  }

  /// @param text part of a name or of an account's id; empty for any
  /// @param show `linked`, `unlinked`, or anything else for both
  @GetMapping
  String page(
      Viewer viewer,
      @RequestParam(defaultValue = "") String text,
      @RequestParam(defaultValue = "") String show,
      Model model) {
    viewer.require(Role.ADMIN, Role.AUDITOR);
    List<AccountLine> all = workspaces.inWorkspace(viewer.workspace(), lines::all);
    List<AccountLine> fitting =
        all.stream()
            .filter(line -> line.says(text.strip()))
            .filter(line ->
                switch (show) {
                  case "linked" -> line.link() != null;
                  case "unlinked" -> line.link() == null;
                  default -> true;
                })
            .toList();
    model.addAttribute("total", all.size());
    model.addAttribute("linked", all.stream().filter(line -> line.link() != null).count());
    model.addAttribute("lines", fitting.stream().limit(MOST).toList());
    model.addAttribute("more", Math.max(0, fitting.size() - MOST));
    model.addAttribute("text", text);
    model.addAttribute("show", show);
    model.addAttribute("admin", viewer.may(Role.ADMIN));
    model.addAttribute("matching", matching.isOn());
    return "chatlinks/accounts";
  }

  @PostMapping("/link")
  String link(
      Viewer viewer,
      @RequestParam UUID connection,
      @RequestParam String account,
      @RequestParam(defaultValue = "") String person,
      RedirectAttributes flash) {
    viewer.require(Role.ADMIN);
    workspaces.inWorkspace(
        viewer.workspace(),
        () ->
            lines
                .member(person)
                .ifPresentOrElse(
                    found ->
                        say(
                            links.link(
                                new LinkedAccount(new ConnectionId(connection), account, found),
                                LinkedBy.ADMIN,
                                new Actor.Person(viewer.person())),
                            flash),
                    () ->
                        problem(
                            flash,
                            "Nothing was linked: no active member, or more than one, has the user"
                                + " name or e-mail address that was typed.")));
    return home(viewer);
  }

  @PostMapping("/unlink")
  String unlink(
      Viewer viewer,
      @RequestParam UUID connection,
      @RequestParam String account,
      RedirectAttributes flash) {
    viewer.require(Role.ADMIN);
    boolean was =
        workspaces.inWorkspace(
            viewer.workspace(),
            () ->
                links.unlink(
                    new ConnectionId(connection), account, new Actor.Person(viewer.person())));
    notice(
        flash,
        was
            ? "The account is nobody's now, and was told so. Its e-mail address does not link it"
                + " again."
            : "The account was nobody's already.");
    return home(viewer);
  }

  @PostMapping("/match")
  String match(Viewer viewer, RedirectAttributes flash) {
    viewer.require(Role.ADMIN);
    if (!matching.isOn()) {
      problem(
          flash,
          "Nothing was compared: matching by e-mail address is off (bothy.chat-links.match-by-email).");
      return home(viewer);
    }
    EmailMatching.Run run =
        matching.matchAll(viewer.workspace(), new Actor.Person(viewer.person()));
    notice(flash, inWords(run));
    return home(viewer);
  }

  private static String inWords(EmailMatching.Run run) {
    StringBuilder words = new StringBuilder();
    words.append(run.linked() == 1 ? "1 account" : run.linked() + " accounts").append(" linked.");
    if (run.nobody() > 0) {
      words.append(" Of %d no active member has the address.".formatted(run.nobody()));
    }
    if (run.several() > 0) {
      words.append(" Of %d more than one member has it.".formatted(run.several()));
    }
    if (run.noAddress() > 0) {
      words.append(" Of %d the network tells no address.".formatted(run.noAddress()));
    }
    if (run.left() > 0) {
      words.append(
          " %d were not asked for yet: the network takes its time. Match again in a minute."
              .formatted(run.left()));
    }
    return words.toString();
  }

  private static void say(LinkOutcome outcome, RedirectAttributes flash) {
    switch (outcome) {
      case LinkOutcome.Linked _ -> notice(flash, "The account is linked, and was told so.");
      case LinkOutcome.Unchanged _ -> notice(flash, "The account was theirs already.");
      case LinkOutcome.SomebodyElses() ->
          problem(
              flash,
              "Nothing was linked: the account is somebody else's. Unlink it from them first.");
      case LinkOutcome.NoPlace() ->
          problem(flash, "Nothing was linked: the person has no place in this workspace any more.");
      case LinkOutcome.NoAccount() ->
          problem(flash, "Nothing was linked: the network has no such account any more.");
    }
  }

  private static void notice(RedirectAttributes flash, String words) {
    flash.addFlashAttribute("notice", words);
  }

  private static void problem(RedirectAttributes flash, String words) {
    flash.addFlashAttribute("problem", words);
  }

  private static String home(Viewer viewer) {
    return "redirect:/w/" + viewer.slug() + "/people/chat-accounts";
  }
}
