package dev.bothy.platform.peoplemanagement.web;

import dev.bothy.platform.audit.Audit;
import dev.bothy.platform.audit.AuditFilter;
import dev.bothy.platform.audit.AuditPage;
import dev.bothy.platform.console.AuditLines;
import dev.bothy.platform.people.Access;
import dev.bothy.platform.people.Member;
import dev.bothy.platform.people.SignedIn;
import dev.bothy.platform.people.Viewer;
import dev.bothy.platform.workspace.Workspaces;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
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
  private final Audit audit;
  private final AuditLines lines;
  private final Workspaces workspaces;

  ProfileController(PersonActions actions, Audit audit, AuditLines lines, Workspaces workspaces) {
    this.actions = actions;
    this.audit = audit;
    this.lines = lines;
    this.workspaces = workspaces;
  }

  @GetMapping
  String profile(
      Viewer viewer,
      SignedIn signedIn,
      @RequestParam(defaultValue = "") String done,
      @RequestParam(defaultValue = "") String after,
      Model model) {
    Member self = actions.self(viewer);
    AuditPage looks = looks(viewer, after.isEmpty() ? null : AuditPage.Place.of(after));
    model.addAttribute("notice", Notice.of(done));
    model.addAttribute("member", self);
    model.addAttribute("held", RoleWords.held(self));
    model.addAttribute("sessions", actions.sessions(self));
    model.addAttribute("current", signedIn.session());
    model.addAttribute("looks", lines.of(looks.entries()));
    model.addAttribute("older", looks.older() == null ? null : looks.older().text());
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

  private AuditPage looks(Viewer viewer, AuditPage.@Nullable Place after) {
    AuditFilter atMe =
        new AuditFilter(null, Access.VIEWED, null, viewer.person().toString(), null, null);
    return workspaces.inWorkspace(viewer.workspace(), () -> audit.page(atMe, after, ENTRIES));
  }

  private static String home(Viewer viewer, Notice notice) {
    return "redirect:/w/" + viewer.slug() + "/profile" + notice.query();
  }
}
