package dev.bothy.platform.peoplemanagement.web;

import dev.bothy.platform.audit.AuditPage;
import dev.bothy.platform.console.AuditLines;
import dev.bothy.platform.people.ApiTokens;
import dev.bothy.platform.people.Member;
import dev.bothy.platform.people.SignedIn;
import dev.bothy.platform.people.Viewer;
import java.util.UUID;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;

/// What a workspace knows of whoever looks, for everybody: their roles and whose word gave them,
/// their sessions, and who looked at their data.
@Controller
@RequestMapping("/w/{workspace}/profile")
class ProfileController {
  private static final int ENTRIES = 20;

  private final PersonActions actions;
  private final Looks looks;
  private final AuditLines lines;
  private final ApiTokens tokens;
  private final ChatAccounts accounts;

  ProfileController(
      PersonActions actions,
      Looks looks,
      AuditLines lines,
      ApiTokens tokens,
      ChatAccounts accounts) {
    this.actions = actions;
    this.looks = looks;
    this.lines = lines;
    this.tokens = tokens;
    this.accounts = accounts;
  }

  @GetMapping
  String profile(
      Viewer viewer,
      SignedIn signedIn,
      @RequestParam(defaultValue = "") String done,
      @RequestParam(defaultValue = "") String after,
      Model model) {
    Member self = actions.self(viewer);
    AuditPage looked =
        looks.at(viewer, after.isEmpty() ? null : AuditPage.Place.of(after), ENTRIES);
    model.addAttribute("notice", Notice.of(done));
    model.addAttribute("member", self);
    model.addAttribute("held", RoleWords.held(self));
    model.addAttribute("sessions", actions.sessions(viewer, self));
    model.addAttribute("tokens", tokens.of(viewer));
    model.addAttribute("accounts", accounts.of(viewer, self));
    model.addAttribute("current", signedIn.session());
    model.addAttribute("looks", lines.of(looked.entries()));
    model.addAttribute("older", looked.older() == null ? null : looked.older().text());
    model.addAttribute("first", after.isEmpty());
    return "peoplemanagement/profile";
  }

  @PostMapping("/sessions/{session}/end")
  String endSession(Viewer viewer, @PathVariable UUID session) {
    if (!actions.endSession(viewer, viewer.person(), session)) {
      throw new ResponseStatusException(HttpStatus.NOT_FOUND);
    }
    return home(viewer, Notice.SESSION);
  }

  @PostMapping("/sessions/end-others")
  String endOthers(Viewer viewer, SignedIn signedIn) {
    actions.endSessions(viewer, viewer.person(), signedIn.session());
    return home(viewer, Notice.SESSIONS);
  }

  @PostMapping("/tokens/{token}/revoke")
  String revoke(Viewer viewer, @PathVariable UUID token) {
    boolean own = tokens.of(viewer).stream().anyMatch(each -> each.id().equals(token));
    if (!own || !tokens.revoke(viewer, token)) {
      throw new ResponseStatusException(HttpStatus.NOT_FOUND);
    }
    return home(viewer, Notice.TOKEN);
  }

  @PostMapping("/accounts/unlink")
  String unlink(Viewer viewer, @RequestParam UUID connection, @RequestParam String account) {
    if (!accounts.unlink(viewer, viewer.person(), connection, account)) {
      throw new ResponseStatusException(HttpStatus.NOT_FOUND);
    }
    return home(viewer, Notice.UNLINKED);
  }

  private static String home(Viewer viewer, Notice notice) {
    return "redirect:/w/" + viewer.slug() + "/profile" + notice.query();
  }
}
