package dev.bothy.platform.recovery.web;

import dev.bothy.platform.api.ApiArea;
import dev.bothy.platform.api.ApiProblem;
import dev.bothy.platform.people.Role;
import dev.bothy.platform.people.Viewer;
import dev.bothy.platform.recovery.Recoveries;
import dev.bothy.platform.recovery.Recovery;
import dev.bothy.platform.work.HeldWork;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;

/// What a restore of the installation holds up, and saying go, for programs.
@ApiArea(name = "recovery", about = "What is held after a restore, and saying go")
@RequestMapping(
    path = "/api/v1/workspaces/{workspace}/recovery",
    produces = MediaType.APPLICATION_JSON_VALUE)
class RecoveryApi {
  private final Recoveries recoveries;

  RecoveryApi(Recoveries recoveries) {
    this.recoveries = recoveries;
  }

  /// How far a restore is.
  enum StateWord {
    /// This installation was never restored.
    NONE,
    PREPARING,
    HELD,
    RELEASED;

    static StateWord of(Recovery.State state) {
      return switch (state) {
        case PREPARING -> PREPARING;
        case HELD -> HELD;
        case RELEASED -> RELEASED;
      };
    }
  }

  @Schema(name = "Recovery", description = "The newest restore of the installation.")
  record RecoveryDocument(
      @Schema(description = "`NONE` where there never was one; then all else is null or zero.")
          StateWord state,
      @Nullable String backup,
      @Schema(description = "What came after it is not in the database.")
          @Nullable Instant backupTakenAt,
      @Nullable Instant restoredAt,
      @Schema(description = "Why the preparation does not go on, in words.")
          @Nullable String waitsFor,
      @Nullable Instant preparedAt,
      @Schema(description = "Erasures of the ledger that were done again.") int replayed,
      @Schema(description = "Erasures of the ledger that the backup knew of.") int known,
      @Schema(description = "Erasures of the ledger that are refused, or wait.") int refused,
      @Schema(description = "Rows that the sweeps took.") long swept,
      @Schema(description = "The same by table.") Map<String, Long> sweptByTable,
      @Nullable Instant releasedAt,
      @Schema(description = "What waits; null unless work is held.")
          @Nullable WaitingDocument waiting) {
    static final RecoveryDocument NONE =
        new RecoveryDocument(
            StateWord.NONE, null, null, null, null, null, 0, 0, 0, 0, Map.of(), null, null);

    static RecoveryDocument of(Recovery recovery, @Nullable WaitingDocument waiting) {
      return new RecoveryDocument(
          StateWord.of(recovery.state()),
          recovery.backupId(),
          recovery.backupTakenAt(),
          recovery.restoredAt(),
          recovery.waitsFor(),
          recovery.preparedAt(),
          recovery.replayed(),
          recovery.known(),
          recovery.refused(),
          recovery.swept(),
          recovery.rowsByTable(),
          recovery.releasedAt(),
          waiting);
    }
  }

  @Schema(name = "HeldWork", description = "What waits, in all workspaces.")
  record WaitingDocument(
      @Schema(description = "Deliveries of networks that were not handled yet.") long deliveries,
      @Schema(description = "Messages that were not sent yet.") long messages,
      @Schema(description = "Work of the schedule whose time has come.") long due,
      @Schema(description = "Those of the deliveries that the backup had already.")
          long oldDeliveries,
      @Schema(description = "Those of the messages that the backup had already.")
          long oldMessages) {
    static WaitingDocument of(HeldWork.Waiting waiting) {
      return new WaitingDocument(
          waiting.deliveries(),
          waiting.messages(),
          waiting.due(),
          waiting.oldDeliveries(),
          waiting.oldMessages());
    }
  }

  @Schema(name = "RecoveryRelease", description = "How work is to go on.")
  record Release(
      @Schema(
              description =
                  "Whether to give up what waited when the backup was made: most likely it was"
                      + " handled and sent then.")
          boolean dropOld) {}

  @Schema(name = "RecoveryReleased", description = "Work goes on.")
  record Released(
      @Schema(description = "How much of what waited was given up, in all workspaces.")
          long dropped) {}

  @GetMapping
  @Operation(
      summary = "Show what is held after a restore",
      description = "Of the whole installation. Needs the role admin or auditor.")
  RecoveryDocument show(Viewer viewer) {
    viewer.require(Role.ADMIN, Role.AUDITOR);
    return recoveries
        .newest()
        .map(recovery ->
            RecoveryDocument.of(
                recovery,
                recovery.state() == Recovery.State.HELD
                    ? WaitingDocument.of(recoveries.waiting(recovery))
                    : null))
        .orElse(RecoveryDocument.NONE);
  }

  @PostMapping(path = "/release", consumes = MediaType.APPLICATION_JSON_VALUE)
  @ApiResponse(
      responseCode = "409",
      description = "`recovery.preparing` or `recovery.nothing-held`")
  @Operation(
      summary = "Say go after a restore",
      description =
          "Work of the whole installation goes on: what waits is handled and sent. Needs the role"
              + " admin.")
  Released release(Viewer viewer, @RequestBody Release body) {
    viewer.require(Role.ADMIN);
    return switch (recoveries.release(viewer.person(), viewer.workspace(), body.dropOld())) {
      case Recoveries.Outcome.Released(long dropped) -> new Released(dropped);
      case Recoveries.Outcome.Preparing _ -> throw ApiProblem.of(RecoveryProblems.PREPARING);
      case Recoveries.Outcome.NothingHeld _ -> throw ApiProblem.of(RecoveryProblems.NOTHING_HELD);
    };
  }
}
