package dev.bothy.platform.bin.web;

import dev.bothy.platform.api.ApiArea;
import dev.bothy.platform.api.ApiProblem;
import dev.bothy.platform.api.Page;
import dev.bothy.platform.api.Problems;
import dev.bothy.platform.bin.BinChoices;
import dev.bothy.platform.bin.BinDesk;
import dev.bothy.platform.bin.BinLine;
import dev.bothy.platform.kernel.Problem;
import dev.bothy.platform.people.Viewer;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;

/// What the page of the bin shows and does, for programs.
@ApiArea(name = "bin", about = "What was deleted and can still be brought back")
@RequestMapping(
    path = "/api/v1/workspaces/{workspace}/bin",
    produces = MediaType.APPLICATION_JSON_VALUE)
class BinApi {
  private final BinDesk desk;
  private final BinChoices choices;

  BinApi(BinDesk desk, BinChoices choices) {
    this.desk = desk;
    this.choices = choices;
  }

  @Schema(name = "BinDeletion", description = "What is deleted.")
  record Deletion(
      @Schema(
              description =
                  "`rotations.rotation`, `slack.connection`, `webhooks.endpoint`, `bin.app` or"
                      + " `bin.workspace`.",
              example = "slack.connection")
          @Nullable String kind,
      @Schema(
              description =
                  "Its id; of an app its short name, such as `rotations`, of the workspace its id.")
          @Nullable String subject) {}

  @Schema(name = "BinConfirmation", description = "That deleting at once is meant.")
  record Confirmed(
      @Schema(description = "The name of what goes, as the bin shows it.")
          @Nullable String confirm) {}

  @Schema(name = "BinChoice", description = "How long an app's things stay in the bin.")
  record Choice(
      @Schema(description = "0 is gone within the hour; null follows the workspace's clock `bin`.")
          @Nullable Integer days) {}

  @GetMapping
  @Operation(
      summary = "List what is in the bin",
      description = "What goes first comes first. Needs the role admin or auditor.")
  Page<BinDocument> list(Viewer viewer) {
    return Page.of(desk.list(viewer).stream().map(BinDocument::of).toList());
  }

  @GetMapping("/{id}")
  @Operation(
      summary = "Show something in the bin",
      description = "Needs the role admin or auditor.")
  BinDocument show(Viewer viewer, @PathVariable UUID id) {
    return desk.find(viewer, id)
        .map(BinDocument::of)
        .orElseThrow(() -> ApiProblem.of(Problems.NOT_FOUND));
  }

  @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
  @ResponseStatus(HttpStatus.CREATED)
  @ApiResponse(responseCode = "409", description = "`bin.not-possible` or `bin.workspace-in-bin`")
  @Operation(
      summary = "Delete something into the bin",
      description =
          "It does nothing from now on, and can be restored until `goesAt`. Needs the role admin, for"
              + " an app and the workspace the role owner.")
  BinDocument putAway(Viewer viewer, @RequestBody Deletion body) {
    String kind = body.kind();
    String subject = body.subject();
    if (kind == null || subject == null) {
      throw ApiProblem.invalid(
          kind == null ? "kind" : "subject", "bin.missing", "kind and subject are needed.");
    }
    return done(desk.putAway(viewer, kind, subject));
  }

  @PostMapping("/{id}/restore")
  @ApiResponse(
      responseCode = "409",
      description =
          "`bin.not-possible`, `bin.keys-destroyed`, `bin.going` or `bin.workspace-in-bin`")
  @Operation(
      summary = "Restore from the bin",
      description = "As it was. Needs the role admin, for an app and the workspace the role owner.")
  BinDocument restore(Viewer viewer, @PathVariable UUID id) {
    return done(desk.restore(viewer, id));
  }

  @PostMapping(path = "/{id}/delete", consumes = MediaType.APPLICATION_JSON_VALUE)
  @ResponseStatus(HttpStatus.ACCEPTED)
  @ApiResponse(responseCode = "409", description = "`bin.going`")
  @Operation(
      summary = "Delete from the bin at once",
      description =
          "For good. `confirm` is its name. Needs the role admin, for an app and the workspace the role"
              + " owner.")
  BinDocument delete(Viewer viewer, @PathVariable UUID id, @RequestBody Confirmed body) {
    String typed = body.confirm();
    return done(desk.deleteNow(viewer, id, typed == null ? "" : typed));
  }

  @GetMapping("/times")
  @Operation(
      summary = "List how long things stay in the bin",
      description = "For each app, and for the workspace itself. Needs the role admin or auditor.")
  Page<BinTimeDocument> times(Viewer viewer) {
    return Page.of(choices.list(viewer).stream().map(BinTimeDocument::of).toList());
  }

  @PutMapping(path = "/times/{app}", consumes = MediaType.APPLICATION_JSON_VALUE)
  @Operation(
      summary = "Choose how long an app's things stay in the bin",
      description =
          "A shorter time holds for what is in the bin already. Needs the role admin, for the"
              + " workspace the role owner.")
  BinTimeDocument choose(Viewer viewer, @PathVariable String app, @RequestBody Choice body) {
    return switch (choices.choose(viewer, app, body.days())) {
      case BinChoices.Outcome.Done(var stay) -> BinTimeDocument.of(stay);
      case BinChoices.Outcome.Unknown _ -> throw ApiProblem.of(Problems.NOT_FOUND);
      case BinChoices.Outcome.Refused(Problem problem) ->
          throw ApiProblem.invalid(List.of(problem));
    };
  }

  private static BinDocument done(BinDesk.Outcome outcome) {
    return switch (outcome) {
      case BinDesk.Outcome.Done(BinLine line) -> BinDocument.of(line);
      case BinDesk.Outcome.Unknown _ -> throw ApiProblem.of(Problems.NOT_FOUND);
      case BinDesk.Outcome.Refused(Problem problem) ->
          throw problem.code().equals(BinProblems.WORKSPACE_IN_BIN.code())
              ? ApiProblem.of(BinProblems.WORKSPACE_IN_BIN)
              : ApiProblem.of(BinProblems.NOT_POSSIBLE, problem.message());
      case BinDesk.Outcome.KeysDestroyed _ -> throw ApiProblem.of(BinProblems.KEYS_DESTROYED);
      case BinDesk.Outcome.Going _ -> throw ApiProblem.of(BinProblems.GOING);
      case BinDesk.Outcome.NotConfirmed(BinLine line) ->
          throw ApiProblem.invalid(
              "confirm", "bin.confirm", "confirm must be \"%s\".".formatted(line.name()));
    };
  }
}
