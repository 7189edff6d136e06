package dev.bothy.platform.console.web;

import dev.bothy.platform.api.ApiArea;
import dev.bothy.platform.api.ApiProblem;
import dev.bothy.platform.api.Page;
import dev.bothy.platform.api.Problems;
import dev.bothy.platform.audit.AuditPage;
import dev.bothy.platform.people.Role;
import dev.bothy.platform.people.Viewer;
import dev.bothy.platform.work.DeadLetter;
import dev.bothy.platform.work.DeadLetter.Box;
import dev.bothy.platform.work.DeadLetters;
import dev.bothy.platform.workspace.Workspaces;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;

/// The letters that were put aside, for programs.
@ApiArea(name = "dead-letters", about = "Work that was put aside after its last try")
@RequestMapping(
    path = "/api/v1/workspaces/{workspace}/dead-letters",
    produces = MediaType.APPLICATION_JSON_VALUE)
class DeadLettersApi {
  private static final String ONE = "/{box:inbox|outbox}/{id}";

  private final DeadLetters letters;
  private final DeadLetterActions actions;
  private final LetterWords words;
  private final Workspaces workspaces;

  DeadLettersApi(
      DeadLetters letters, DeadLetterActions actions, LetterWords words, Workspaces workspaces) {
    this.letters = letters;
    this.actions = actions;
    this.words = words;
    this.workspaces = workspaces;
  }

  @Schema(name = "DeadLetter", description = "A piece of work that was put aside.")
  record LetterDocument(
      @Schema(description = "`inbox` for an event that came in, `outbox` for a message to go out.")
          String box,
      UUID id,
      @Schema(description = "Which handler or sender it is for, e.g. `chat.slack`.") String kind,
      @Schema(description = "The connection it came or was to go through.") UUID connection,
      int attempts,
      @Schema(description = "Of the last try: names of errors or a network's code, no content.")
          String problem,
      Instant cameAt,
      @Schema(description = "When it was put aside.") Instant diedAt) {
    static LetterDocument of(DeadLetter letter) {
      return new LetterDocument(
          letter.box().word(),
          letter.id(),
          letter.kind(),
          letter.connection(),
          letter.attempts(),
          letter.problem(),
          letter.cameAt(),
          letter.diedAt());
    }
  }

  @Schema(name = "LetterContent", description = "What a letter says.")
  record ContentDocument(
      @Schema(description = "Null if it does not open: its key is gone.") @Nullable String text) {}

  @Schema(name = "Retried", description = "How many letters are tried again.")
  record RetriedDocument(int retried) {}

  @GetMapping
  @Operation(
      summary = "List dead letters",
      description = "The latest first. Needs the role admin or auditor.")
  Page<LetterDocument> list(
      Viewer viewer,
      @RequestParam(required = false) @Nullable String box,
      @RequestParam(required = false) @Nullable String problem,
      @RequestParam(required = false) @Nullable String after,
      @RequestParam(defaultValue = Page.DEFAULT_LIMIT) int limit) {
    viewer.require(Role.ADMIN, Role.AUDITOR);
    int most = Page.checked(limit);
    AuditPage.@Nullable Place place = AuditApi.place(after);
    DeadLetter.Filter filter = filter(box, problem);
    List<DeadLetter> found =
        workspaces.inWorkspace(
            viewer.workspace(),
            () ->
                letters.page(
                    filter,
                    place == null ? null : new DeadLetter.Place(place.at(), place.id()),
                    most + 1));
    List<DeadLetter> shown = found.subList(0, Math.min(most, found.size()));
    return new Page<>(
        shown.stream().map(LetterDocument::of).toList(),
        found.size() <= most
            ? null
            : new AuditPage.Place(shown.getLast().diedAt(), shown.getLast().id()).text());
  }

  @GetMapping(ONE)
  @Operation(
      summary = "Show a dead letter",
      description = "Without its content. Needs the role admin or auditor.")
  LetterDocument get(Viewer viewer, @PathVariable String box, @PathVariable UUID id) {
    viewer.require(Role.ADMIN, Role.AUDITOR);
    return workspaces
        .inWorkspace(viewer.workspace(), () -> letters.find(box(box), id))
        .map(LetterDocument::of)
        .orElseThrow(() -> ApiProblem.of(Problems.NOT_FOUND));
  }

  @PostMapping(ONE + "/content")
  @Operation(
      summary = "Read a dead letter",
      description = "What it says; the reading is audited. Needs the role admin.")
  ContentDocument content(Viewer viewer, @PathVariable String box, @PathVariable UUID id) {
    get(viewer, box, id);
    return new ContentDocument(
        actions.content(viewer, box(box), id).map(words::readable).orElse(null));
  }

  @PostMapping(ONE + "/retry")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  @Operation(
      summary = "Try a dead letter again",
      description =
          "Before anything that came after it. If it fails for good it comes back. Needs the role"
              + " admin.")
  void retry(Viewer viewer, @PathVariable String box, @PathVariable UUID id) {
    orGone(actions.retry(viewer, box(box), id));
  }

  @PostMapping(ONE + "/drop")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  @Operation(
      summary = "Give a dead letter up",
      description = "Its content is erased. Needs the role admin.")
  void drop(Viewer viewer, @PathVariable String box, @PathVariable UUID id) {
    orGone(actions.drop(viewer, box(box), id));
  }

  @PostMapping("/retry")
  @Operation(
      summary = "Try dead letters again",
      description = "All, or those of a box or with a problem. Needs the role admin.")
  RetriedDocument retryAll(
      Viewer viewer,
      @RequestParam(required = false) @Nullable String box,
      @RequestParam(required = false) @Nullable String problem) {
    return new RetriedDocument(actions.retryAll(viewer, filter(box, problem)));
  }

  private static void orGone(boolean done) {
    if (!done) {
      throw ApiProblem.of(Problems.NOT_FOUND);
    }
  }

  private static DeadLetter.Filter filter(@Nullable String box, @Nullable String problem) {
    Box known = box == null ? null : Box.of(box);
    if (box != null && known == null) {
      throw ApiProblem.invalid("box", "dead-letters.box", "box: inbox or outbox is allowed");
    }
    return new DeadLetter.Filter(known, problem);
  }

  /// The path's pattern lets no other word through.
  private static Box box(String word) {
    Box box = Box.of(word);
    if (box == null) {
      throw ApiProblem.of(Problems.NOT_FOUND);
    }
    return box;
  }
}
