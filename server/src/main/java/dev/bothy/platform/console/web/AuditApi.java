package dev.bothy.platform.console.web;

import dev.bothy.platform.api.ApiArea;
import dev.bothy.platform.api.ApiProblem;
import dev.bothy.platform.api.Page;
import dev.bothy.platform.audit.Audit;
import dev.bothy.platform.audit.AuditEntry;
import dev.bothy.platform.audit.AuditFilter;
import dev.bothy.platform.audit.AuditHeads;
import dev.bothy.platform.audit.AuditPage;
import dev.bothy.platform.audit.Verification;
import dev.bothy.platform.people.Role;
import dev.bothy.platform.people.Viewer;
import dev.bothy.platform.workspace.Workspaces;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Instant;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
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
  private final AuditActions actions;
  private final PersonField people;
  private final Workspaces workspaces;

  AuditApi(Audit audit, AuditActions actions, PersonField people, Workspaces workspaces) {
    this.audit = audit;
    this.actions = actions;
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
          SortedMap<String, String> details,
      @Schema(
              description =
                  "From where: `console`, `api`, `chat`, `scim`, `command` or `system`; null in old"
                      + " entries.")
          @Nullable String via,
      @Schema(
              description =
                  "Where a request to the console, the API or SCIM came from; null else, and once"
                      + " it was forgotten.")
          @Nullable String address,
      @Schema(description = "In the chain, from 1; null for the first seconds.")
          @Nullable Long position,
      @Schema(description = "SHA-256 of the hash before and the entry, in hexadecimal.")
          @Nullable String hash) {
    static EntryDocument of(AuditEntry entry) {
      AuditEntry.@Nullable Link link = entry.link();
      return new EntryDocument(
          entry.id(),
          entry.at(),
          entry.actorKind(),
          entry.actor(),
          entry.action(),
          entry.subject().kind(),
          entry.subject().id(),
          new TreeMap<>(Map.copyOf(entry.details())),
          entry.origin().via(),
          entry.origin().address(),
          link == null ? null : link.position(),
          link == null ? null : link.hash());
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
    AuditFilter filter = filter(action, actor, actorKind, subject, from, until);
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

  @GetMapping(
      path = "/export",
      produces = {"text/csv", "application/jsonl"})
  @Operation(
      summary = "Export the audit log",
      description =
          "All entries that fit, newest first, as `csv` or `jsonl` (one JSON object a line, with all"
              + " that the chain is recomputed from). The filter is that of the log. Leaves an entry"
              + " in it. Needs the role admin or auditor.",
      responses =
          @ApiResponse(
              responseCode = "200",
              description = "The entries",
              content = {
                @Content(mediaType = "text/csv", schema = @Schema(type = "string")),
                @Content(mediaType = "application/jsonl", schema = @Schema(type = "string"))
              }))
  void export(
      Viewer viewer,
      @RequestParam(defaultValue = "jsonl") String format,
      @RequestParam(required = false) @Nullable String action,
      @RequestParam(required = false) @Nullable String actor,
      @RequestParam(required = false) @Nullable String actorKind,
      @RequestParam(required = false) @Nullable String subject,
      @RequestParam(required = false) @Nullable Instant from,
      @RequestParam(required = false) @Nullable Instant until,
      HttpServletResponse response)
      throws IOException {
    viewer.require(Role.ADMIN, Role.AUDITOR);
    AuditFormat as =
        AuditFormat.of(format)
            .orElseThrow(() ->
                ApiProblem.invalid("format", "audit.format", "format: csv or jsonl is allowed"));
    AuditFilter filter = filter(action, actor, actorKind, subject, from, until);
    people.looked(viewer, actor);
    people.looked(viewer, subject);
    actions.export(viewer, filter, as, response);
  }

  @Schema(name = "AuditVerification", description = "What a look at the chain found.")
  record VerificationDocument(
      Instant at,
      @Schema(
              description =
                  "`intact`, or the first fault: `entry-changed`, `entry-missing`, `link-missing`,"
                      + " `reordered`, `not-linked`, `start-cut`, `end-cut`,"
                      + " `head-differs` or `emptied`.")
          String result,
      @Schema(description = "The first position that has its entry; null if the chain is broken.")
          @Nullable Long first,
      @Schema(description = "The last position; null if the chain is broken.") @Nullable Long last,
      @Schema(
              description =
                  "The head kept outside of the database that it was compared with; null if there is"
                      + " none, or the chain is broken.")
          @Nullable Long comparedWith,
      @Schema(description = "Where the fault is; null if it has no position.")
          @Nullable Long position,
      @Schema(description = "The entry that the fault is about; null if it is about none.")
          @Nullable UUID entry) {}

  @PostMapping("/verify")
  @Operation(
      summary = "Verify the audit log",
      description =
          "Looks at the whole chain: whether an entry was changed, taken out, put in or moved. It"
              + " reads all entries. Leaves an entry in the log. Needs the role admin or auditor.")
  VerificationDocument verify(Viewer viewer) {
    return switch (actions.verify(viewer)) {
      case Verification.Intact intact -> {
        AuditHeads.@Nullable Head kept = intact.kept();
        yield new VerificationDocument(
            intact.at(),
            "intact",
            intact.first(),
            intact.last(),
            kept == null ? null : kept.position(),
            null,
            null);
      }
      case Verification.Broken broken ->
          new VerificationDocument(
              broken.at(),
              ChainWords.word(broken.fault()),
              null,
              null,
              null,
              broken.position(),
              broken.entry());
    };
  }

  private static AuditFilter filter(
      @Nullable String action,
      @Nullable String actor,
      @Nullable String actorKind,
      @Nullable String subject,
      @Nullable Instant from,
      @Nullable Instant until) {
    boolean module = action != null && action.matches(MODULE);
    if (action != null && !module && !action.matches(ACTION)) {
      throw ApiProblem.invalid(
          "action",
          "audit.action",
          "action: a part such as people, or an action such as people.signed-in, is allowed");
    }
    return new AuditFilter(
        module ? action : null, module ? null : action, actor, subject, from, until, actorKind);
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
