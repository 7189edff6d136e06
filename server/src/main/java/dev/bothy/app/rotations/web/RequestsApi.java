package dev.bothy.app.rotations.web;

import dev.bothy.app.rotations.RequestOutcome;
import dev.bothy.app.rotations.Rotation;
import dev.bothy.app.rotations.RotationRequests;
import dev.bothy.app.rotations.Rotations;
import dev.bothy.app.rotations.ShiftRequest;
import dev.bothy.app.rotations.ShiftRequest.State;
import dev.bothy.app.rotations.plan.Participant;
import dev.bothy.app.rotations.web.RequestDocuments.NewRequest;
import dev.bothy.app.rotations.web.RequestDocuments.RequestAnswer;
import dev.bothy.app.rotations.web.RequestDocuments.RequestDocument;
import dev.bothy.platform.api.ApiArea;
import dev.bothy.platform.api.ApiProblem;
import dev.bothy.platform.api.Page;
import dev.bothy.platform.api.Problems;
import dev.bothy.platform.kernel.Problem;
import dev.bothy.platform.people.Viewer;
import io.swagger.v3.oas.annotations.Operation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;

/// Swap and cover requests, for programs.
@ApiArea(name = "rotations", about = "On-duty rotations")
@RequestMapping(
    path = "/api/v1/workspaces/{workspace}/rotations",
    produces = MediaType.APPLICATION_JSON_VALUE)
class RequestsApi {
  private final Rotations rotations;
  private final RotationRequests requests;

  RequestsApi(Rotations rotations, RotationRequests requests) {
    this.rotations = rotations;
    this.requests = requests;
  }

  @GetMapping("/requests")
  @Operation(
      summary = "List one's own swap and cover requests",
      description =
          "Of all rotations those that are about shifts of whoever asks, or were asked or taken by"
              + " them as the chat accounts that are linked to them; newest first, at most 200."
              + " `state` leaves those in other states out.")
  Page<RequestDocument> mine(Viewer viewer, @RequestParam(defaultValue = "") String state) {
    Map<UUID, List<RotationRequests.Known>> byRotation =
        requests.mine(viewer, states(state)).stream()
            .collect(Collectors.groupingBy(known -> known.request().rotation()));
    List<RequestDocument> found = new ArrayList<>();
    byRotation.forEach((id, known) ->
        rotations
            .find(viewer.workspace(), id)
            .ifPresent(rotation -> found.addAll(documents(viewer, rotation, known))));
    return Page.of(
        found.stream().sorted((one, other) -> other.askedAt().compareTo(one.askedAt())).toList());
  }

  @GetMapping("/{id}/requests")
  @Operation(
      summary = "List a rotation's swap and cover requests",
      description =
          "Newest first, at most 200. `state` (`open`, `taken`, `past-due`, `deleted`) leaves those"
              + " in other states out.")
  Page<RequestDocument> list(
      Viewer viewer, @PathVariable UUID id, @RequestParam(defaultValue = "") String state) {
    Rotation rotation = find(viewer, id);
    return Page.of(documents(viewer, rotation, requests.of(viewer, id, states(state))));
  }

  @GetMapping("/{id}/requests/{request}")
  @Operation(
      summary = "Show a swap or cover request",
      description = "How it stands, who answered, and how it came to its end if it did.")
  RequestDocument show(Viewer viewer, @PathVariable UUID id, @PathVariable UUID request) {
    return document(viewer, find(viewer, id), request);
  }

  @PostMapping(path = "/{id}/requests", consumes = MediaType.APPLICATION_JSON_VALUE)
  @ResponseStatus(HttpStatus.CREATED)
  @Operation(
      summary = "Ask for a swap or a cover",
      description =
          "Posts the question in the rotation's channel. For one's own shift, as the chat account"
              + " that is linked to whoever asks; for another's with a place in the rotation or the"
              + " role admin.")
  RequestDocument ask(Viewer viewer, @PathVariable UUID id, @RequestBody NewRequest wanted) {
    Rotation rotation = find(viewer, id);
    List<Problem> problems = new ArrayList<>();
    Optional<RotationRequests.Wanted> read =
        wanted.read(meant(viewer, rotation, wanted.account()), problems);
    if (read.isEmpty()) {
      throw ApiProblem.invalid(problems);
    }
    return answered(viewer, rotation, () -> requests.ask(viewer, id, read.get()));
  }

  @PostMapping(path = "/{id}/requests/{request}/take", consumes = MediaType.APPLICATION_JSON_VALUE)
  @Operation(
      summary = "Take what a request asks for",
      description = "It becomes a change of the plan.")
  RequestDocument take(
      Viewer viewer,
      @PathVariable UUID id,
      @PathVariable UUID request,
      @RequestBody RequestAnswer answer) {
    Rotation rotation = find(viewer, id);
    String who = meant(viewer, rotation, answer.account());
    return answered(viewer, rotation, () -> requests.take(viewer, id, request, who));
  }

  @PostMapping(
      path = "/{id}/requests/{request}/decline",
      consumes = MediaType.APPLICATION_JSON_VALUE)
  @Operation(
      summary = "Say that somebody cannot take it",
      description = "It stands on the question in the channel.")
  RequestDocument decline(
      Viewer viewer,
      @PathVariable UUID id,
      @PathVariable UUID request,
      @RequestBody RequestAnswer answer) {
    Rotation rotation = find(viewer, id);
    String who = meant(viewer, rotation, answer.account());
    return answered(viewer, rotation, () -> requests.decline(viewer, id, request, who));
  }

  @PostMapping("/{id}/requests/{request}/undo")
  @Operation(
      summary = "Give back what somebody took",
      description =
          "The plan is as it was, and the request is open again while its time is to come. For"
              + " whoever took it, or the role admin.")
  RequestDocument undo(Viewer viewer, @PathVariable UUID id, @PathVariable UUID request) {
    Rotation rotation = find(viewer, id);
    return answered(viewer, rotation, () -> requests.giveBack(viewer, id, request));
  }

  @DeleteMapping("/{id}/requests/{request}")
  @Operation(
      summary = "Withdraw a request",
      description =
          "For whoever it is about, who asked, or the role admin. It is never open again.")
  RequestDocument withdraw(Viewer viewer, @PathVariable UUID id, @PathVariable UUID request) {
    Rotation rotation = find(viewer, id);
    return answered(viewer, rotation, () -> requests.withdraw(viewer, id, request));
  }

  private RequestDocument answered(
      Viewer viewer, Rotation rotation, Supplier<RequestOutcome> change) {
    return switch (change.get()) {
      case RequestOutcome.Done(ShiftRequest request) -> document(viewer, rotation, request.id());
      case RequestOutcome.Closed _ -> throw ApiProblem.of(RotationProblems.REQUEST_CLOSED);
      case RequestOutcome.Refused(List<Problem> problems) -> throw ApiProblem.invalid(problems);
      case RequestOutcome.NotFound() -> throw ApiProblem.of(Problems.NOT_FOUND);
    };
  }

  private RequestDocument document(Viewer viewer, Rotation rotation, UUID request) {
    return requests
        .find(viewer, rotation.id(), request)
        .map(known -> documents(viewer, rotation, List.of(known)).getFirst())
        .orElseThrow(() -> ApiProblem.of(Problems.NOT_FOUND));
  }

  private List<RequestDocument> documents(
      Viewer viewer, Rotation rotation, List<RotationRequests.Known> found) {
    Map<Participant, String> names =
        rotations.names(viewer.workspace(), rotation.connection(), RequestDocuments.people(found));
    return found.stream().map(known -> RequestDocument.of(known, names)).toList();
  }

  /// Whom a name means; empty for nobody in particular.
  private String meant(Viewer viewer, Rotation rotation, @Nullable String typed) {
    return typed == null || typed.isBlank()
        ? ""
        : rotations.accounts(viewer.workspace(), rotation.connection(), List.of(typed)).getFirst();
  }

  private static List<State> states(String wanted) {
    if (wanted.isEmpty()) {
      return List.of(State.values());
    }
    List<State> found = Stream.of(State.values()).filter(each -> each.id().equals(wanted)).toList();
    if (found.isEmpty()) {
      throw ApiProblem.invalid(
          "state", "rotations.request", "state: open, taken, past-due and deleted are allowed");
    }
    return found;
  }

  private Rotation find(Viewer viewer, UUID id) {
    return rotations
        .find(viewer.workspace(), id)
        .filter(rotation -> rotation.deletedAt() == null)
        .orElseThrow(() -> ApiProblem.of(Problems.NOT_FOUND));
  }
}
