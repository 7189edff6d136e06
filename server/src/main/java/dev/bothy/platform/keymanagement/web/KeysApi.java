package dev.bothy.platform.keymanagement.web;

import dev.bothy.platform.api.ApiArea;
import dev.bothy.platform.api.ApiProblem;
import dev.bothy.platform.api.Problems;
import dev.bothy.platform.keymanagement.KeyDestruction;
import dev.bothy.platform.keymanagement.KeyDestructions;
import dev.bothy.platform.keymanagement.ReencryptionProgress;
import dev.bothy.platform.keys.DataKey;
import dev.bothy.platform.keys.DataKeys;
import dev.bothy.platform.keys.WrappingKey;
import dev.bothy.platform.people.Role;
import dev.bothy.platform.people.Viewer;
import dev.bothy.platform.workspace.Workspaces;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import java.time.Instant;
import java.util.List;
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

/// What the page of keys shows and does, for programs.
@ApiArea(name = "keys", about = "The keys that data is encrypted with")
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
  @Operation(summary = "Show the keys", description = "Needs the role admin or auditor.")
  KeysDocument show(Viewer viewer) {
    viewer.require(Role.ADMIN, Role.AUDITOR);
    return new KeysDocument(
        dataKeys.provider(),
        dataKeys.lastContact().orElse(null),
        page.owners(viewer.workspace()).stream().map(OwnerDocument::of).toList(),
        workspaces.inWorkspace(viewer.workspace(), destructions::list));
  }

  @PostMapping("/{owner:[a-z]{2,30}}/rotate")
  @ApiResponse(responseCode = "409", description = "`keys.one-key-for-all`")
  @Operation(
      summary = "Rotate a wrapping key",
      description =
          "A new version from now on; the data keys under it are wrapped anew. Needs the role"
              + " admin.")
  Rotated rotate(Viewer viewer, @PathVariable String owner) {
    return new Rotated(
        actions
            .rotate(viewer, owner)
            .orElseThrow(() ->
                ApiProblem.of(
                    KeyProblems.ONE_KEY_FOR_ALL,
                    "The local key file has one key for all, which is not rotated here.")));
  }

  @PostMapping("/{owner:[a-z]{2,30}}/renew")
  @ResponseStatus(HttpStatus.ACCEPTED)
  @ApiResponse(responseCode = "409", description = "`keys.reencryption-runs`")
  @Operation(
      summary = "Bring in a new data key",
      description =
          "What the old one encrypted is encrypted anew in the background. Needs the role admin.")
  void renew(Viewer viewer, @PathVariable String owner) {
    if (!actions.renew(viewer, owner)) {
      throw ApiProblem.of(
          KeyProblems.REENCRYPTION_RUNS,
          "A new data key is being brought in already; wait until its reencryption has ended.");
    }
  }

  @PostMapping(path = "/destroy", consumes = MediaType.APPLICATION_JSON_VALUE)
  @ResponseStatus(HttpStatus.ACCEPTED)
  @Operation(
      summary = "Destroy all keys",
      description =
          "What they encrypted is lost for good. `confirm` says that it is meant. Needs the role"
              + " owner.")
  Destroyed destroyAll(Viewer viewer, @RequestBody Confirmed body) {
    return destroyed(viewer, null, body);
  }

  @PostMapping(path = "/{owner:[a-z]{2,30}}/destroy", consumes = MediaType.APPLICATION_JSON_VALUE)
  @ResponseStatus(HttpStatus.ACCEPTED)
  @Operation(
      summary = "Destroy an owner's keys",
      description =
          "What they encrypted is lost for good. `confirm` says that it is meant. Needs the role"
              + " owner.")
  Destroyed destroy(Viewer viewer, @PathVariable String owner, @RequestBody Confirmed body) {
    return destroyed(viewer, owner, body);
  }

  private Destroyed destroyed(Viewer viewer, @Nullable String owner, Confirmed body) {
    actions.requireMayDestroy(viewer, owner);
    String typed = body.confirm();
    if (typed == null || !KeyActions.isMeant(viewer, owner, typed)) {
      throw ApiProblem.invalid(
          "confirm",
          "keys.confirm",
          "confirm must be \"%s\".".formatted(KeyActions.wordOf(viewer, owner)));
    }
    return new Destroyed(actions.destroy(viewer, owner));
  }

  @GetMapping("/receipts/{id}")
  @Operation(
      summary = "Show the receipt of a destruction",
      description = "A signed document. Needs the role admin or auditor.")
  String receipt(Viewer viewer, @PathVariable UUID id) {
    viewer.require(Role.ADMIN, Role.AUDITOR);
    return workspaces
        .inWorkspace(viewer.workspace(), () -> destructions.receipt(id))
        .orElseThrow(() -> ApiProblem.of(Problems.NOT_FOUND));
  }
}
