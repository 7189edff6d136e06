package dev.bothy.platform.webhooks.web;

import dev.bothy.platform.api.ApiArea;
import dev.bothy.platform.api.ApiProblem;
import dev.bothy.platform.api.Page;
import dev.bothy.platform.api.Problems;
import dev.bothy.platform.people.Role;
import dev.bothy.platform.people.Viewer;
import dev.bothy.platform.webhooks.Deliveries;
import dev.bothy.platform.webhooks.Endpoints;
import dev.bothy.platform.webhooks.Endpoints.Outcome;
import dev.bothy.platform.webhooks.WebhookDelivery;
import dev.bothy.platform.webhooks.WebhookDelivery.State;
import dev.bothy.platform.webhooks.WebhookEndpoint;
import dev.bothy.platform.webhooks.WebhookTypes;
import dev.bothy.platform.webhooks.web.WebhookDocuments.DeliveryDocument;
import dev.bothy.platform.webhooks.web.WebhookDocuments.EndpointDocument;
import dev.bothy.platform.webhooks.web.WebhookDocuments.EndpointInputDocument;
import dev.bothy.platform.webhooks.web.WebhookDocuments.ReplayedDocument;
import dev.bothy.platform.webhooks.web.WebhookDocuments.SecretDocument;
import dev.bothy.platform.webhooks.web.WebhookDocuments.TestedDocument;
import dev.bothy.platform.webhooks.web.WebhookDocuments.TypeDocument;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;

/// Webhooks, for programs.
@ApiArea(name = "webhooks", about = "Addresses that are told of events, and what was sent to them")
@RequestMapping(
    path = "/api/v1/workspaces/{workspace}/webhooks",
    produces = MediaType.APPLICATION_JSON_VALUE)
class WebhooksApi {
  private final Endpoints endpoints;
  private final Deliveries deliveries;
  private final WebhookTypes types;

  WebhooksApi(Endpoints endpoints, Deliveries deliveries, WebhookTypes types) {
    this.endpoints = endpoints;
    this.deliveries = deliveries;
    this.types = types;
  }

  @GetMapping
  @Operation(summary = "List webhooks", description = "Oldest first. Needs the role admin.")
  Page<EndpointDocument> list(Viewer viewer) {
    return Page.of(endpoints.list(viewer).stream().map(EndpointDocument::of).toList());
  }

  @GetMapping("/types")
  @Operation(
      summary = "List types of event",
      description = "What a webhook can be told of, by name. Needs the role admin.")
  Page<TypeDocument> types(Viewer viewer) {
    viewer.require(Role.ADMIN);
    return Page.of(types.all().stream().map(TypeDocument::of).toList());
  }

  @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
  @ResponseStatus(HttpStatus.CREATED)
  @Operation(
      summary = "Add a webhook",
      description = "Answers with its secret, this once. Needs the role admin.")
  SecretDocument add(Viewer viewer, @RequestBody EndpointInputDocument body) {
    return secret(endpoints.add(viewer, body.input()));
  }

  @GetMapping("/{id}")
  @Operation(summary = "Show a webhook", description = "Needs the role admin.")
  EndpointDocument get(Viewer viewer, @PathVariable UUID id) {
    return endpoints
        .find(viewer, id)
        .map(EndpointDocument::of)
        .orElseThrow(() -> ApiProblem.of(Problems.NOT_FOUND));
  }

  @PutMapping(path = "/{id}", consumes = MediaType.APPLICATION_JSON_VALUE)
  @Operation(
      summary = "Change a webhook",
      description = "All of it, but for its secret and state. Needs the role admin.")
  EndpointDocument change(
      Viewer viewer, @PathVariable UUID id, @RequestBody EndpointInputDocument body) {
    return endpoint(endpoints.change(viewer, id, body.input()));
  }

  @PostMapping("/{id}/pause")
  @Operation(
      summary = "Pause a webhook",
      description = "What happens meanwhile is not kept for it. Needs the role admin.")
  EndpointDocument pause(Viewer viewer, @PathVariable UUID id) {
    return endpoint(endpoints.pause(viewer, id));
  }

  @PostMapping("/{id}/resume")
  @Operation(
      summary = "Switch a webhook on",
      description = "Whatever it was off for. Needs the role admin.")
  EndpointDocument resume(Viewer viewer, @PathVariable UUID id) {
    return endpoint(endpoints.resume(viewer, id));
  }

  @PostMapping("/{id}/rotate-secret")
  @Operation(
      summary = "Make a new secret",
      description =
          "Answers with it, this once. Deliveries are signed with the one before as well, for a"
              + " day. Needs the role admin.")
  SecretDocument rotate(Viewer viewer, @PathVariable UUID id) {
    return secret(endpoints.rotate(viewer, id));
  }

  @DeleteMapping("/{id}")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  @Operation(
      summary = "Delete a webhook",
      description =
          "It goes into the bin, and can be restored until it leaves that. Needs the role admin.")
  void delete(Viewer viewer, @PathVariable UUID id) {
    if (!endpoints.delete(viewer, id)) {
      throw ApiProblem.of(Problems.NOT_FOUND);
    }
  }

  @PostMapping("/{id}/restore")
  @Operation(
      summary = "Restore a webhook",
      description = "One that is in the bin. Needs the role admin.")
  EndpointDocument restore(Viewer viewer, @PathVariable UUID id) {
    return endpoint(endpoints.restore(viewer, id));
  }

  @PostMapping("/{id}/test")
  @ResponseStatus(HttpStatus.ACCEPTED)
  @Operation(
      summary = "Send a trial",
      description = "Once, also to a webhook that is off. Needs the role admin.")
  TestedDocument test(Viewer viewer, @PathVariable UUID id) {
    return new TestedDocument(
        deliveries.test(viewer, id).orElseThrow(() -> ApiProblem.of(Problems.NOT_FOUND)));
  }

  @GetMapping("/{id}/deliveries")
  @Operation(
      summary = "List deliveries",
      description = "The log of a webhook, the latest first. Needs the role admin.")
  Page<DeliveryDocument> deliveries(
      Viewer viewer,
      @PathVariable UUID id,
      @RequestParam(required = false) @Nullable String state,
      @RequestParam(required = false) @Nullable String after,
      @RequestParam(defaultValue = Page.DEFAULT_LIMIT) int limit) {
    get(viewer, id);
    int most = Page.checked(limit);
    State known = state == null ? null : State.of(state);
    if (state != null && known == null) {
      throw ApiProblem.invalid(
          "state", "webhooks.state", "state: waiting, delivered or failed is allowed");
    }
    WebhookDelivery.@Nullable Place place = after == null ? null : WebhooksController.place(after);
    if (after != null && place == null) {
      throw ApiProblem.invalid("after", "webhooks.after", "after: what `next` of a page said");
    }
    List<WebhookDelivery> found = deliveries.page(viewer, id, known, place, most + 1);
    List<WebhookDelivery> shown = found.subList(0, Math.min(most, found.size()));
    return new Page<>(
        shown.stream().map(DeliveryDocument::of).toList(),
        found.size() <= most ? null : WebhooksController.text(shown.getLast()));
  }

  @GetMapping("/{id}/deliveries/{delivery}")
  @Operation(
      summary = "Show a delivery",
      description = "Without what it said. Needs the role admin.")
  DeliveryDocument delivery(Viewer viewer, @PathVariable UUID id, @PathVariable UUID delivery) {
    return deliveries
        .find(viewer, id, delivery)
        .map(DeliveryDocument::of)
        .orElseThrow(() -> ApiProblem.of(Problems.NOT_FOUND));
  }

  @PostMapping("/{id}/deliveries/{delivery}/replay")
  @ResponseStatus(HttpStatus.ACCEPTED)
  @ApiResponse(responseCode = "409", description = "`webhooks.not-replayable`")
  @Operation(
      summary = "Send a delivery once more",
      description = "Under its old id. Needs the role admin.")
  ReplayedDocument replay(Viewer viewer, @PathVariable UUID id, @PathVariable UUID delivery) {
    return switch (deliveries.replay(viewer, id, delivery)) {
      case DONE -> new ReplayedDocument(1);
      case NOT_NOW -> throw ApiProblem.of(WebhookProblems.NOT_REPLAYABLE);
      case UNKNOWN -> throw ApiProblem.of(Problems.NOT_FOUND);
    };
  }

  @PostMapping("/{id}/replay")
  @ResponseStatus(HttpStatus.ACCEPTED)
  @ApiResponse(responseCode = "409", description = "`webhooks.not-replayable`")
  @Operation(
      summary = "Send failed deliveries once more",
      description = "The oldest thousand that were given up. Needs the role admin.")
  ReplayedDocument replayFailed(Viewer viewer, @PathVariable UUID id) {
    get(viewer, id);
    return new ReplayedDocument(
        deliveries
            .replayFailed(viewer, id)
            .orElseThrow(() -> ApiProblem.of(WebhookProblems.NOT_REPLAYABLE)));
  }

  private static EndpointDocument endpoint(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Done(WebhookEndpoint endpoint) -> EndpointDocument.of(endpoint);
      case Outcome.Refused refused -> throw ApiProblem.invalid(refused.problems());
      case Outcome.DoneWithSecret _, Outcome.Unknown _ -> throw ApiProblem.of(Problems.NOT_FOUND);
    };
  }

  private static SecretDocument secret(Outcome outcome) {
    return switch (outcome) {
      case Outcome.DoneWithSecret(WebhookEndpoint endpoint, String secret) ->
          new SecretDocument(EndpointDocument.of(endpoint), secret);
      case Outcome.Refused refused -> throw ApiProblem.invalid(refused.problems());
      case Outcome.Done _, Outcome.Unknown _ -> throw ApiProblem.of(Problems.NOT_FOUND);
    };
  }
}
