package dev.bothy.platform.console.web;

import dev.bothy.platform.api.ApiArea;
import dev.bothy.platform.api.ApiProblem;
import dev.bothy.platform.api.Page;
import dev.bothy.platform.audit.Audit;
import dev.bothy.platform.audit.AuditEntry;
import dev.bothy.platform.audit.AuditFilter;
import dev.bothy.platform.audit.AuditPage;
import dev.bothy.platform.people.Role;
import dev.bothy.platform.people.Viewer;
import dev.bothy.platform.workspace.Workspaces;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;

/// The workspace's audit log, for programs.
@ApiArea(name = "audit", about = "Who did what to what")
@RequestMapping(
    path = "/api/v1/workspaces/{workspace}/audit",
    produces = MediaType.APPLICATION_JSON_VALUE)
class AuditApi {
  private static final String MODULE = "[a-z]+";
  private static final String ACTION = "[a-z]+\\.[a-z-]{2,60}";

  private final Audit audit;
  private final PersonField people;
  private final Workspaces workspaces;

  AuditApi(Audit audit, PersonField people, Workspaces workspaces) {
    this.audit = audit;
    this.people = people;
    this.workspaces = workspaces;
  }

  @Schema(name = "AuditEntry", description = "Somebody did something to something.")
  record EntryDocument(
      UUID id,
      Instant at,
      @Schema(description = "`person`, `account` (of a chat network) or `system` (Bothy itself).")
          String actorKind,
      @Schema(description = "The actor's id within its kind; empty for the system.") String actor,
      @Schema(description = "`module.what`, e.g. `rotations.created`.") String action,
      @Schema(description = "`module.what`, e.g. `rotations.rotation`.") String subjectKind,
      @Schema(description = "The subject's id within its kind.") String subject,
      @Schema(description = "Ids and single words by name; never content.")
          SortedMap<String, String> details) {
    static EntryDocument of(AuditEntry entry) {
      return new EntryDocument(
          entry.id(),
          entry.at(),
          entry.actorKind(),
          entry.actor(),
          entry.action(),
          entry.subject().kind(),
          entry.subject().id(),
          new TreeMap<>(Map.copyOf(entry.details())));
    }
  }

  @GetMapping
  @Operation(
      summary = "Read the audit log",
      description =
          "Newest first; a page stays where it is while new entries arrive. `action` is a part such"
              + " as `people` or an action such as `people.signed-in`; `actor` and `subject` are"
              + " ids, and asking about one person is a view of their data, which is told to them;"
              + " `actorKind` is `person`, `account` or `system`; `from` counts in, `until` does"
              + " not. Needs the role admin or auditor.")
  Page<EntryDocument> list(
      Viewer viewer,
      @RequestParam(required = false) @Nullable String action,
      @RequestParam(required = false) @Nullable String actor,
      @RequestParam(required = false) @Nullable String actorKind,
      @RequestParam(required = false) @Nullable String subject,
      @RequestParam(required = false) @Nullable Instant from,
      @RequestParam(required = false) @Nullable Instant until,
      @RequestParam(required = false) @Nullable String after,
      @RequestParam(defaultValue = Page.DEFAULT_LIMIT) int limit) {
    viewer.require(Role.ADMIN, Role.AUDITOR);
    int most = Page.checked(limit);
    boolean module = action != null && action.matches(MODULE);
    if (action != null && !module && !action.matches(ACTION)) {
      throw ApiProblem.invalid(
          "action",
          "audit.action",
          "action: a part such as people, or an action such as people.signed-in, is allowed");
    }
    AuditFilter filter =
        new AuditFilter(
            module ? action : null, module ? null : action, actor, subject, from, until, actorKind);
    AuditPage.@Nullable Place place = place(after);
    if (place == null) {
      people.looked(viewer, actor);
      people.looked(viewer, subject);
    }
    AuditPage page =
        workspaces.inWorkspace(viewer.workspace(), () -> audit.page(filter, place, most));
    return new Page<>(
        page.entries().stream().map(EntryDocument::of).toList(),
        page.older() == null ? null : page.older().text());
  }

  /// Where a page begins.
  static AuditPage.@Nullable Place place(@Nullable String after) {
    if (after == null) {
      return null;
    }
    AuditPage.Place place = AuditPage.Place.of(after);
    if (place == null) {
      throw ApiProblem.invalid(
          "after", "api.after", "after: what the page before gave as next is allowed");
    }
    return place;
  }
}
