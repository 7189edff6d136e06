package dev.bothy.platform.erasure.web;

import dev.bothy.platform.api.ApiArea;
import dev.bothy.platform.api.ApiProblem;
import dev.bothy.platform.api.Page;
import dev.bothy.platform.api.Problems;
import dev.bothy.platform.erasure.Erasure;
import dev.bothy.platform.erasure.ErasureTarget;
import dev.bothy.platform.erasure.Erasures;
import dev.bothy.platform.kernel.PersonId;
import dev.bothy.platform.people.Viewer;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;

/// What the page of erasures shows and does, for programs.
@ApiArea(name = "erasures", about = "What is erased for good, and the receipts")
@RequestMapping(
    path = "/api/v1/workspaces/{workspace}/erasures",
    produces = MediaType.APPLICATION_JSON_VALUE)
class ErasuresApi {
  private final ErasureActions actions;

  ErasuresApi(ErasureActions actions) {
    this.actions = actions;
  }

  @Schema(name = "ErasureConfirmation", description = "That an erasure is meant.")
  record Confirmed(
      @Schema(
              description =
                  "For a person their user name, for an app `workspace/app`, for the workspace its"
                      + " short name.")
          @Nullable String confirm) {}

  @GetMapping
  @Operation(
      summary = "List erasures",
      description = "The last 200, newest first. Needs the role owner or auditor.")
  Page<ErasureDocument> list(Viewer viewer) {
    return Page.of(
        actions.list(viewer).stream()
            .map(each -> ErasureDocument.of(viewer.workspace(), each))
            .toList());
  }

  @GetMapping("/{id}")
  @Operation(
      summary = "Show an erasure",
      description = "How far it is. Needs the role owner or auditor.")
  ErasureDocument show(Viewer viewer, @PathVariable UUID id) {
    return ErasureDocument.of(viewer.workspace(), find(viewer, id));
  }

  @GetMapping("/{id}/receipt")
  @ApiResponse(responseCode = "409", description = "`erasures.not-done`")
  @Operation(
      summary = "Show the receipt of an erasure",
      description = "A signed document. Needs the role owner or auditor.")
  String receipt(Viewer viewer, @PathVariable UUID id) {
    if (!find(viewer, id).isDone()) {
      throw ApiProblem.of(ErasureProblems.NOT_DONE);
    }
    return actions.receipt(viewer, id).orElseThrow(() -> ApiProblem.of(Problems.NOT_FOUND));
  }

  @PostMapping(path = "/people/{person}", consumes = MediaType.APPLICATION_JSON_VALUE)
  @ResponseStatus(HttpStatus.ACCEPTED)
  @ApiResponse(
      responseCode = "409",
      description = "`erasures.last-owner`, `erasures.in-directory` or `erasures.under-way`")
  @Operation(
      summary = "Erase a person",
      description =
          "From this workspace, for good. It goes on by itself; when it is done there is a receipt."
              + " `confirm` is their user name. Needs the role owner.")
  ErasureDocument erasePerson(
      Viewer viewer, @PathVariable UUID person, @RequestBody Confirmed body) {
    return erase(viewer, new ErasureTarget.OfPerson(new PersonId(person)), body);
  }

  @PostMapping(path = "/apps/{app}", consumes = MediaType.APPLICATION_JSON_VALUE)
  @ResponseStatus(HttpStatus.ACCEPTED)
  @ApiResponse(responseCode = "409", description = "`erasures.under-way`")
  @Operation(
      summary = "Erase all that an app holds",
      description =
          "In this workspace, for good, with its keys. `confirm` is `workspace/app`. Needs the role"
              + " owner.")
  ErasureDocument eraseApp(Viewer viewer, @PathVariable String app, @RequestBody Confirmed body) {
    return erase(viewer, new ErasureTarget.OfApp(app), body);
  }

  @PostMapping(path = "/workspace", consumes = MediaType.APPLICATION_JSON_VALUE)
  @ResponseStatus(HttpStatus.ACCEPTED)
  @ApiResponse(responseCode = "409", description = "`erasures.under-way`")
  @Operation(
      summary = "Erase this workspace",
      description =
          "With everything in it, for good, and without the bin. `confirm` is its short name. Needs"
              + " the role owner.")
  ErasureDocument eraseWorkspace(Viewer viewer, @RequestBody Confirmed body) {
    return erase(viewer, new ErasureTarget.OfWorkspace(), body);
  }

  private ErasureDocument erase(Viewer viewer, ErasureTarget target, Confirmed body) {
    String word =
        actions.wordFor(viewer, target).orElseThrow(() -> ApiProblem.of(Problems.NOT_FOUND));
    String typed = body.confirm();
    if (typed == null || !typed.strip().equals(word)) {
      throw ApiProblem.invalid(
          "confirm", "erasures.confirm", "confirm must be \"%s\".".formatted(word));
    }
    return switch (actions.erase(viewer, target)) {
      case Erasures.Outcome.Begun(Erasure begun) -> ErasureDocument.of(viewer.workspace(), begun);
      case Erasures.Outcome.UnderWay _ -> throw ApiProblem.of(ErasureProblems.UNDER_WAY);
      case Erasures.Outcome.Unknown _ -> throw ApiProblem.of(Problems.NOT_FOUND);
      case Erasures.Outcome.LastOwner _ -> throw ApiProblem.of(ErasureProblems.LAST_OWNER);
      case Erasures.Outcome.InDirectory _ -> throw ApiProblem.of(ErasureProblems.IN_DIRECTORY);
    };
  }

  private Erasure find(Viewer viewer, UUID id) {
    return actions.find(viewer, id).orElseThrow(() -> ApiProblem.of(Problems.NOT_FOUND));
  }
}
