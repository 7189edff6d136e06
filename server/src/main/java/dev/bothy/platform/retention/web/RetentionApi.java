package dev.bothy.platform.retention.web;

import dev.bothy.platform.api.ApiArea;
import dev.bothy.platform.api.ApiProblem;
import dev.bothy.platform.api.Page;
import dev.bothy.platform.api.Problems;
import dev.bothy.platform.audit.Actor;
import dev.bothy.platform.kernel.Problem;
import dev.bothy.platform.people.Role;
import dev.bothy.platform.people.Viewer;
import dev.bothy.platform.privacy.Change;
import dev.bothy.platform.privacy.RetentionClock;
import dev.bothy.platform.retention.ClockChange;
import dev.bothy.platform.retention.ClockSetting;
import dev.bothy.platform.retention.DryRun;
import dev.bothy.platform.retention.Due;
import dev.bothy.platform.retention.RetentionSettings;
import dev.bothy.platform.workspace.Workspaces;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;

/// How long a workspace keeps what, for programs.
@ApiArea(name = "retention", about = "How long what is kept, and what goes next")
@RequestMapping(
    path = "/api/v1/workspaces/{workspace}/retention",
    produces = MediaType.APPLICATION_JSON_VALUE)
class RetentionApi {
  private final RetentionSettings settings;
  private final DryRun dryRun;
  private final Workspaces workspaces;

  RetentionApi(RetentionSettings settings, DryRun dryRun, Workspaces workspaces) {
    this.settings = settings;
    this.dryRun = dryRun;
    this.workspaces = workspaces;
  }

  @Schema(name = "RetentionClock", description = "How long what a clock removes is kept.")
  record ClockDocument(
      @Schema(description = "E.g. `message-text`.") String clock,
      @Schema(description = "What it removes, in words.") String about,
      int days,
      @Schema(description = "Where the workspace does not choose.") int standardDays,
      @Schema(description = "The least that may be chosen.") int shortestDays,
      @Schema(description = "The most.") int longestDays,
      @Schema(description = "When it was chosen; null while it is the standard.")
          @Nullable Instant changedAt) {
    static ClockDocument of(ClockSetting setting) {
      return new ClockDocument(
          setting.clock().id(),
          setting.clock().words(),
          setting.days(),
          setting.standardDays(),
          setting.shortestDays(),
          setting.longestDays(),
          setting.changedAt());
    }
  }

  @Schema(name = "RetentionDays", description = "How long to keep something.")
  record DaysInput(@Schema(description = "Within the clock's bounds.") @Nullable Integer days) {}

  @Schema(name = "RetentionDryRun", description = "What the next sweep would remove.")
  record DryRunDocument(
      @Schema(description = "When it is to come.") Instant at, List<DueDocument> due) {}

  @Schema(name = "RetentionDue", description = "Rows whose time will be over.")
  record DueDocument(
      String table,
      @Schema(description = "`row`: the row goes; `content`: its content is erased.") String goes,
      @Schema(description = "At most 10000 are counted.") long rows,
      @Schema(description = "Whether there may be more than were counted.") boolean more,
      @Schema(description = "When the time of the oldest began.") Instant oldest) {
    static DueDocument of(Due due) {
      return new DueDocument(
          due.table().table(),
          switch (due.expiry().change()) {
            case Change.Delete() -> "row";
            case Change.Assign _ -> "content";
          },
          due.rows(),
          due.more(),
          due.oldest());
    }
  }

  @GetMapping("/clocks")
  @Operation(summary = "List the clocks", description = "Needs the role admin or auditor.")
  Page<ClockDocument> clocks(Viewer viewer) {
    viewer.require(Role.ADMIN, Role.AUDITOR);
    return Page.of(
        workspaces.inWorkspace(viewer.workspace(), settings::all).stream()
            .map(ClockDocument::of)
            .toList());
  }

  @PutMapping(path = "/clocks/{clock}", consumes = MediaType.APPLICATION_JSON_VALUE)
  @Operation(
      summary = "Set a clock",
      description =
          "Counts from the next sweep on. What a shorter one would remove says the dry run, asked"
              + " with `clock` and `days`. Needs the role admin.")
  ClockDocument set(Viewer viewer, @PathVariable String clock, @RequestBody DaysInput input) {
    viewer.require(Role.ADMIN);
    RetentionClock wanted = known(clock);
    Integer days = input.days();
    if (days == null) {
      throw ApiProblem.invalid("days", "retention.days", "days: a number is needed");
    }
    ClockChange change =
        workspaces.inWorkspace(
            viewer.workspace(),
            () -> settings.set(new Actor.Person(viewer.person()), wanted, days));
    return switch (change) {
      case ClockChange.Changed(ClockSetting setting) -> ClockDocument.of(setting);
      case ClockChange.Unchanged(ClockSetting setting) -> ClockDocument.of(setting);
      case ClockChange.Refused(Problem problem) -> throw ApiProblem.invalid(List.of(problem));
    };
  }

  @GetMapping("/dry-run")
  @Operation(
      summary = "What would go tonight",
      description =
          "As things stand; or, with `clock` and `days`, what that clock alone would remove if it"
              + " were set so. Removes nothing. Needs the role admin or auditor.")
  DryRunDocument dryRun(
      Viewer viewer,
      @RequestParam(required = false) @Nullable String clock,
      @RequestParam(required = false) @Nullable Integer days) {
    viewer.require(Role.ADMIN, Role.AUDITOR);
    if ((clock == null) != (days == null)) {
      throw ApiProblem.invalid(
          clock == null ? "clock" : "days",
          "retention.both",
          "clock and days: both are needed, or neither");
    }
    DryRun.Tonight tonight =
        clock == null || days == null
            ? dryRun.tonight(viewer.workspace())
            : dryRun.tonight(viewer.workspace(), known(clock), allowed(viewer, clock, days));
    return new DryRunDocument(tonight.at(), tonight.due().stream().map(DueDocument::of).toList());
  }

  private int allowed(Viewer viewer, String clock, int days) {
    Optional<Problem> problem =
        workspaces.inWorkspace(viewer.workspace(), () -> settings.problem(known(clock), days));
    problem.ifPresent(wrong -> {
      throw ApiProblem.invalid(List.of(wrong));
    });
    return days;
  }

  private static RetentionClock known(String clock) {
    return RetentionClock.of(clock).orElseThrow(() -> ApiProblem.of(Problems.NOT_FOUND));
  }
}
