package dev.bothy.platform.console.web;

import dev.bothy.platform.audit.Audit;
import dev.bothy.platform.audit.AuditEntry;
import dev.bothy.platform.audit.AuditPage;
import dev.bothy.platform.kernel.PersonId;
import dev.bothy.platform.people.People;
import dev.bothy.platform.people.Person;
import dev.bothy.platform.people.Role;
import dev.bothy.platform.people.Viewer;
import dev.bothy.platform.workspace.Workspaces;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/// The workspace's audit log, newest first, for those who run the workspace or audit it.
@Controller
class AuditController {
  private static final int ENTRIES = 50;
  private static final String PERSON = "person";
  private static final String ERASED = "Somebody who has been erased";
  private static final String ABOUT_PERSON = "people.person";

  /// One entry as people read it.
  ///
  /// @param who a name, an account of a chat network, or Bothy itself
  /// @param subject a name, or the kind and id of what it was done to
  public record Line(
      Instant at, String who, String action, String subject, Map<String, String> details) {}

  private final Audit audit;
  private final People people;
  private final Workspaces workspaces;

  AuditController(Audit audit, People people, Workspaces workspaces) {
    this.audit = audit;
    this.people = people;
    this.workspaces = workspaces;
  }

  @GetMapping("/w/{workspace}/audit")
  String page(
      Viewer viewer,
      @RequestParam(defaultValue = "") String what,
      @RequestParam(defaultValue = "") String who,
      @RequestParam(defaultValue = "") String from,
      @RequestParam(defaultValue = "") String until,
      @RequestParam(defaultValue = "") String after,
      Model model) {
    viewer.require(Role.ADMIN, Role.AUDITOR);
    AuditForm form = new AuditForm(what, who, from, until);
    AuditPage.@Nullable Place place = after.isEmpty() ? null : AuditPage.Place.of(after);
    AuditPage page =
        workspaces.inWorkspace(viewer.workspace(), () -> audit.page(form.filter(), place, ENTRIES));
    model.addAttribute("form", form);
    model.addAttribute("errors", form.errors());
    model.addAttribute("people", people.members(viewer.workspace()));
    model.addAttribute("lines", lines(page.entries()));
    model.addAttribute("older", page.older() == null ? null : page.older().text());
    model.addAttribute("first", place == null);
    return "console/audit";
  }

  private List<Line> lines(List<AuditEntry> entries) {
    Set<PersonId> mentioned = new HashSet<>();
    for (AuditEntry entry : entries) {
      if (entry.actorKind().equals(PERSON)) {
        mentioned.add(new PersonId(UUID.fromString(entry.actor())));
      }
      if (entry.subject().kind().equals(ABOUT_PERSON)) {
        mentioned.add(new PersonId(UUID.fromString(entry.subject().id())));
      }
    }
    Map<String, String> names =
        people.byIds(mentioned).stream()
            .collect(Collectors.toMap(person -> person.id().toString(), Person::name));
    return entries.stream().map(entry -> line(entry, names)).toList();
  }

  private static Line line(AuditEntry entry, Map<String, String> names) {
    String who =
        switch (entry.actorKind()) {
          case PERSON -> names.getOrDefault(entry.actor(), ERASED);
          case "account" -> "Chat account " + entry.actor();
          default -> "Bothy";
        };
    String subject =
        entry.subject().kind().equals(ABOUT_PERSON)
            ? names.getOrDefault(entry.subject().id(), ERASED)
            : entry.subject().kind() + " " + entry.subject().id();
    return new Line(entry.at(), who, entry.action(), subject, entry.details());
  }
}
