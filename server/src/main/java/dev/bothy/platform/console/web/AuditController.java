package dev.bothy.platform.console.web;

import dev.bothy.platform.audit.Audit;
import dev.bothy.platform.audit.AuditPage;
import dev.bothy.platform.audit.ChainCare;
import dev.bothy.platform.console.AuditLines;
import dev.bothy.platform.people.Member;
import dev.bothy.platform.people.Role;
import dev.bothy.platform.people.Viewer;
import dev.bothy.platform.workspace.Workspaces;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;

/// The workspace's audit log, newest first, for those who run the workspace or audit it.
@Controller
class AuditController {
  private static final int ENTRIES = 50;

  private final Audit audit;
  private final AuditActions actions;
  private final ChainCare care;
  private final AuditLines lines;
  private final PersonField people;
  private final Workspaces workspaces;

  AuditController(
      Audit audit,
      AuditActions actions,
      ChainCare care,
      AuditLines lines,
      PersonField people,
      Workspaces workspaces) {
    this.audit = audit;
    this.actions = actions;
    this.care = care;
    this.lines = lines;
    this.people = people;
    this.workspaces = workspaces;
  }

  /// What one look at the log found.
  private record Found(
      AuditPage page,
      @Nullable Look look,
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
                  care.lastLook().map(Look::of).orElse(null),
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
    model.addAttribute("look", found.look());
    return "console/audit";
  }

  /// The last look at the chain, in words.
  ///
  /// @param fault null if it held
  /// @param where which entry or position the fault is about; empty if it held
  public record Look(Instant at, long links, @Nullable String fault, String where) {
    static Look of(ChainCare.Look look) {
      String where =
          (look.position() == null ? "" : "Position " + look.position())
              + (look.entry() == null ? "" : " Entry " + look.entry());
      return new Look(
          look.at(),
          look.links(),
          look.fault() == null ? null : ChainWords.sentence(look.fault()),
          where.strip());
    }
  }

  @PostMapping("/w/{workspace}/audit/verify")
  String verify(Viewer viewer) {
    actions.verify(viewer);
    return "redirect:/w/" + viewer.slug() + "/audit";
  }

  /// What the page shows, all pages of it, as a file.
  @GetMapping("/w/{workspace}/audit/export")
  void export(
      Viewer viewer,
      @RequestParam(defaultValue = "csv") String format,
      @RequestParam(defaultValue = "") String what,
      @RequestParam(defaultValue = "") String who,
      @RequestParam(defaultValue = "") String about,
      @RequestParam(defaultValue = "") String by,
      @RequestParam(defaultValue = "") String from,
      @RequestParam(defaultValue = "") String until,
      HttpServletResponse response)
      throws IOException {
    viewer.require(Role.ADMIN, Role.AUDITOR);
    AuditForm form = new AuditForm(what, who, about, by, from, until);
    record Meant(PersonField.Meant who, PersonField.Meant about) {}
    Meant meant =
        workspaces.inWorkspace(
            viewer.workspace(), () -> new Meant(people.find(who), people.find(about)));
    AuditFormat as = AuditFormat.of(format).orElse(null);
    if (as == null
        || !form.errors().isEmpty()
        || meant.who().error() != null
        || meant.about().error() != null) {
      // The page says what is wrong before it offers an export; else more would leave than was
      // asked for.
      throw new ResponseStatusException(HttpStatus.BAD_REQUEST);
    }
    people.looked(viewer, meant.who().id());
    people.looked(viewer, meant.about().id());
    actions.export(viewer, form.filter(meant.who().id(), meant.about().id()), as, response);
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
