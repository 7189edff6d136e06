package dev.bothy.platform.keymanagement.web;

import dev.bothy.platform.keymanagement.KeyDestruction;
import dev.bothy.platform.keymanagement.KeyDestructions;
import dev.bothy.platform.keymanagement.ReencryptionProgress;
import dev.bothy.platform.keys.DataKey;
import dev.bothy.platform.keys.DataKeys;
import dev.bothy.platform.keys.WrappingKey;
import dev.bothy.platform.people.Role;
import dev.bothy.platform.people.Viewer;
import dev.bothy.platform.workspace.Workspaces;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.ErrorResponseException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

/// What the page of keys shows and does, for programs. Times are RFC 3339 in UTC; errors are
/// problem details (RFC 9457).
@RestController
@RequestMapping(
    path = "/api/v1/workspaces/{workspace}/keys",
    produces = MediaType.APPLICATION_JSON_VALUE)
class KeysApi {
  private final KeysPage page;
  private final KeyActions actions;
  private final DataKeys dataKeys;
  private final KeyDestructions destructions;
  private final Workspaces workspaces;

  KeysApi(
      KeysPage page,
      KeyActions actions,
      DataKeys dataKeys,
      KeyDestructions destructions,
      Workspaces workspaces) {
    this.page = page;
    this.actions = actions;
    this.dataKeys = dataKeys;
    this.destructions = destructions;
    this.workspaces = workspaces;
  }

  /// The keys of a workspace.
  ///
  /// @param provider the one that wraps
  /// @param lastContact when it answered this server last; null if it never did
  record KeysDocument(
      String provider,
      @Nullable Instant lastContact,
      List<OwnerDocument> owners,
      List<KeyDestruction> destructions) {}

  /// The keys of an app, or of the workspace itself (`platform`).
  ///
  /// @param dataKeys newest first
  /// @param wrappingKey as the provider says just now; null if it has none, or did not answer
  /// @param problem why it did not answer; null if it did
  /// @param pendingRewraps data keys that are to be wrapped anew
  /// @param reencryption the newest; null if there was none
  record OwnerDocument(
      String owner,
      List<DataKey> dataKeys,
      @Nullable WrappingKey wrappingKey,
      @Nullable String problem,
      long pendingRewraps,
      @Nullable ReencryptionProgress reencryption) {
    static OwnerDocument of(KeysPage.OwnerKeys keys) {
      return new OwnerDocument(
          keys.name(), keys.keys(), keys.wrapping(), keys.away(), keys.outdated(), keys.progress());
    }
  }

  /// @param rewrapped data keys that were wrapped under the new version
  record Rotated(int rewrapped) {}

  /// @param confirm `workspace/owner`, or the workspace alone for all its keys
  record Confirmed(@Nullable String confirm) {}

  /// @param owners whose keys are being destroyed; a receipt follows for each
  record Destroyed(List<String> owners) {}

  @GetMapping
  KeysDocument keys(Viewer viewer) {
    viewer.require(Role.ADMIN, Role.AUDITOR);
    return new KeysDocument(
        dataKeys.provider(),
        dataKeys.lastContact().orElse(null),
        page.owners(viewer.workspace()).stream().map(OwnerDocument::of).toList(),
        workspaces.inWorkspace(viewer.workspace(), destructions::list));
  }

  @PostMapping("/{owner:[a-z]{2,30}}/rotate")
  Rotated rotate(Viewer viewer, @PathVariable String owner) {
    return new Rotated(
        actions
            .rotate(viewer, owner)
            .orElseThrow(() ->
                problem(
                    HttpStatus.CONFLICT,
                    "Nothing was changed",
                    "The local key file has one key for all, which is not rotated here.")));
  }

  @PostMapping("/{owner:[a-z]{2,30}}/renew")
  ResponseEntity<Void> renew(Viewer viewer, @PathVariable String owner) {
    if (!actions.renew(viewer, owner)) {
      throw problem(
          HttpStatus.CONFLICT,
          "Nothing was changed",
          "A new data key is being brought in already; wait until its reencryption has ended.");
    }
    return ResponseEntity.accepted().build();
  }

  @PostMapping({"/destroy", "/{owner:[a-z]{2,30}}/destroy"})
  ResponseEntity<Destroyed> destroy(
      Viewer viewer,
      @PathVariable(required = false) @Nullable String owner,
      @RequestBody Confirmed body) {
    actions.requireMayDestroy(viewer, owner);
    String typed = body.confirm();
    if (typed == null || !KeyActions.isMeant(viewer, owner, typed)) {
      throw problem(
          HttpStatus.UNPROCESSABLE_CONTENT,
          "Nothing was destroyed",
          "confirm must be \"%s\".".formatted(KeyActions.wordOf(viewer, owner)));
    }
    return ResponseEntity.accepted().body(new Destroyed(actions.destroy(viewer, owner)));
  }

  @GetMapping("/receipts/{id}")
  String receipt(Viewer viewer, @PathVariable UUID id) {
    viewer.require(Role.ADMIN, Role.AUDITOR);
    return workspaces
        .inWorkspace(viewer.workspace(), () -> destructions.receipt(id))
        .orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
  }

  @ExceptionHandler
  ResponseEntity<ProblemDetail> say(ErrorResponseException refused) {
    return ResponseEntity.status(refused.getStatusCode())
        .contentType(MediaType.APPLICATION_PROBLEM_JSON)
        .body(refused.getBody());
  }

  private static ErrorResponseException problem(HttpStatus status, String title, String detail) {
    ProblemDetail problem = ProblemDetail.forStatusAndDetail(status, detail);
    problem.setTitle(title);
    return new ErrorResponseException(status, problem, null);
  }
}
