package dev.bothy.platform.console.web;

import dev.bothy.platform.audit.Audit;
import dev.bothy.platform.audit.AuditPage;
import dev.bothy.platform.console.AuditLines;
import dev.bothy.platform.people.Member;
import dev.bothy.platform.people.Role;
import dev.bothy.platform.people.Viewer;
import dev.bothy.platform.workspace.Workspaces;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/// The workspace's audit log, newest first, for those who run the workspace or audit it.
@Controller
class AuditController {
  private static final int ENTRIES = 50;

  private final Audit audit;
  private final AuditLines lines;
  private final PersonField people;
  private final Workspaces workspaces;

  AuditController(Audit audit, AuditLines lines, PersonField people, Workspaces workspaces) {
    this.audit = audit;
    this.lines = lines;
    this.people = people;
    this.workspaces = workspaces;
  }

  /// What one look at the log found.
  private record Found(
      AuditPage page,
      PersonField.Meant who,
      PersonField.Meant about,
      List<Member> suggestions,
      AuditForm form) {}

  @GetMapping("/w/{workspace}/audit")
  String page(
      Viewer viewer,
      @RequestParam(defaultValue = "") String what,
      @RequestParam(defaultValue = "") String who,
      @RequestParam(defaultValue = "") String about,
      @RequestParam(defaultValue = "") String by,
      @RequestParam(defaultValue = "") String from,
      @RequestParam(defaultValue = "") String until,
      @RequestParam(defaultValue = "") String after,
      Model model) {
    viewer.require(Role.ADMIN, Role.AUDITOR);
    AuditPage.@Nullable Place place = after.isEmpty() ? null : AuditPage.Place.of(after);
    Found found =
        workspaces.inWorkspace(
            viewer.workspace(),
            () -> {
              PersonField.Meant actor = people.find(who);
              PersonField.Meant subject = people.find(about);
              AuditForm form = new AuditForm(what, actor.shown(), subject.shown(), by, from, until);
              return new Found(
                  audit.page(form.filter(actor.id(), subject.id()), place, ENTRIES),
                  actor,
                  subject,
                  people.suggestions(),
                  form);
            });
    if (place == null) {
      people.looked(viewer, found.who().id());
      people.looked(viewer, found.about().id());
    }
    AuditPage.@Nullable Place older = found.page().older();
    model.addAttribute("form", found.form());
    model.addAttribute("errors", errors(found));
    model.addAttribute("people", found.suggestions());
    model.addAttribute("lines", lines.of(found.page().entries()));
    model.addAttribute("older", older == null ? null : older.text());
    model.addAttribute("first", place == null);
    return "console/audit";
  }

  private static Map<String, String> errors(Found found) {
    Map<String, String> errors = new LinkedHashMap<>(found.form().errors());
    if (found.who().error() != null) {
      errors.put("who", found.who().error());
    }
    if (found.about().error() != null) {
      errors.put("about", found.about().error());
    }
    return errors;
  }
}
