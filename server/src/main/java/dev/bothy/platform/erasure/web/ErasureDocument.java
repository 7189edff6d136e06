package dev.bothy.platform.erasure.web;

import dev.bothy.platform.erasure.Erasure;
import dev.bothy.platform.kernel.PersonId;
import dev.bothy.platform.kernel.WorkspaceId;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// An erasure, for programs.
@Schema(name = "Erasure", description = "Something that is erased, or was.")
record ErasureDocument(
    UUID id,
    @Schema(description = "`person`, `app` or `workspace`.") String what,
    @Schema(description = "A person's id, an app's, or the workspace's.") String target,
    @Schema(description = "Null if Bothy did it by itself.") @Nullable UUID requestedBy,
    Instant requestedAt,
    @Schema(description = "`running`, `waiting` or `done`.") String state,
    @Schema(description = "What it does now; null when it is done.") @Nullable String step,
    @Schema(description = "Why it waits, in words; null unless it does.") @Nullable String waitsFor,
    @Schema(description = "Null until it is done.") @Nullable Instant finishedAt,
    @Schema(description = "How many rows went or were changed so far, by table.")
        Map<String, Long> rows,
    List<String> notes) {

  static ErasureDocument of(WorkspaceId workspace, Erasure erasure) {
    PersonId by = erasure.requestedBy();
    UUID requestedBy = by == null ? null : by.value();
    return switch (erasure.state()) {
      case Erasure.State.Running running ->
          of(workspace, erasure, requestedBy, "running", running.step(), null, null);
      case Erasure.State.Waiting(String step, String why) ->
          of(workspace, erasure, requestedBy, "waiting", step, why, null);
      case Erasure.State.Done(Instant at) ->
          of(workspace, erasure, requestedBy, "done", null, null, at);
    };
  }

  private static ErasureDocument of(
      WorkspaceId workspace,
      Erasure erasure,
      @Nullable UUID requestedBy,
      String state,
      @Nullable String step,
      @Nullable String waitsFor,
      @Nullable Instant finishedAt) {
    return new ErasureDocument(
        erasure.id(),
        erasure.target().kind(),
        erasure.target().id(workspace),
        requestedBy,
        erasure.requestedAt(),
        state,
        step,
        waitsFor,
        finishedAt,
        erasure.rows(),
        erasure.notes());
  }
}
