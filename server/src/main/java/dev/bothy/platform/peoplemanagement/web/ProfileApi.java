package dev.bothy.platform.peoplemanagement.web;

import dev.bothy.platform.api.ApiArea;
import dev.bothy.platform.api.ApiProblem;
import dev.bothy.platform.api.Page;
import dev.bothy.platform.api.Problems;
import dev.bothy.platform.audit.AuditPage;
import dev.bothy.platform.people.Viewer;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;

/// One's own place in a workspace, for one's program.
@ApiArea(name = "profile", about = "One's own roles, sessions, and who looked at one's data")
@RequestMapping(
    path = "/api/v1/workspaces/{workspace}/profile",
    produces = MediaType.APPLICATION_JSON_VALUE)
class ProfileApi {
  private final PersonActions actions;
  private final Looks looks;

  ProfileApi(PersonActions actions, Looks looks) {
    this.actions = actions;
    this.looks = looks;
  }

  @Schema(name = "Look", description = "Somebody looked at what is known of one.")
  record LookDocument(
      Instant at,
      @Schema(description = "Who, by id.") String by,
      @Schema(description = "`account`, `activity` or `work`.") String data) {}

  @GetMapping
  @Operation(summary = "Show one's own place", description = "What the workspace knows of one.")
  PersonDocument show(Viewer viewer) {
    return PersonDocument.of(actions.self(viewer));
  }

  @GetMapping("/sessions")
  @Operation(summary = "List one's own sessions", description = "The one seen last comes first.")
  Page<PersonDocument.SessionDocument> sessions(Viewer viewer) {
    return Page.of(
        actions.sessions(viewer, actions.self(viewer)).stream()
            .map(PersonDocument.SessionDocument::of)
            .toList());
  }

  @DeleteMapping("/sessions/{session}")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  @Operation(
      summary = "End a session of one's own",
      description = "The next request with it is asked to sign in.")
  void endSession(Viewer viewer, @PathVariable UUID session) {
    if (!actions.endSession(viewer, viewer.person(), session)) {
      throw ApiProblem.of(Problems.NOT_FOUND);
    }
  }

  @GetMapping("/looks")
  @Operation(
      summary = "List who looked at one's data",
      description = "The newest first, as the workspace's audit log has it.")
  Page<LookDocument> looks(
      Viewer viewer,
      @RequestParam(required = false) @Nullable String after,
      @RequestParam(defaultValue = Page.DEFAULT_LIMIT) int limit) {
    int most = Page.checked(limit);
    AuditPage.@Nullable Place place = after == null ? null : AuditPage.Place.of(after);
    if (after != null && place == null) {
      throw ApiProblem.invalid(
          "after", "api.after", "after: what the page before gave as next is allowed");
    }
    AuditPage page = looks.at(viewer, place, most);
    return new Page<>(
        page.entries().stream()
            .map(entry ->
                new LookDocument(
                    entry.at(), entry.actor(), entry.details().getOrDefault("data", "")))
            .toList(),
        page.older() == null ? null : page.older().text());
  }
}
