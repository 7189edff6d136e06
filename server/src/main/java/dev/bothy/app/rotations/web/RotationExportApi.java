package dev.bothy.app.rotations.web;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.bothy.app.rotations.Rotations;
import dev.bothy.app.rotations.ShiftFiles;
import dev.bothy.app.rotations.exchange.NamedShift;
import dev.bothy.app.rotations.exchange.ShiftExport;
import dev.bothy.app.rotations.plan.Participant;
import dev.bothy.app.rotations.web.RotationDocuments.NewRotation;
import dev.bothy.app.rotations.web.RotationDocuments.RotationDocument;
import dev.bothy.app.rotations.web.RotationDocuments.Settings;
import dev.bothy.platform.api.ApiArea;
import dev.bothy.platform.api.ApiProblem;
import dev.bothy.platform.api.Problems;
import dev.bothy.platform.people.Viewer;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;

/// A rotation as files, for programs: its settings as they are sent, and its shifts.
@ApiArea(name = "rotations", about = "On-duty rotations")
@RequestMapping(path = "/api/v1/workspaces/{workspace}/rotations/{id}/export")
class RotationExportApi {
  private static final MediaType CSV = new MediaType("text", "csv", StandardCharsets.UTF_8);
  private static final Duration BACK = Duration.ofDays(31);
  private static final Duration AHEAD = Duration.ofDays(28);
  private static final Duration LONGEST = Duration.ofDays(732);

  private final Rotations rotations;
  private final RotationNames names;
  private final ShiftFiles files;
  private final Clock clock;

  RotationExportApi(Rotations rotations, RotationNames names, ShiftFiles files, Clock clock) {
    this.rotations = rotations;
    this.names = names;
    this.files = files;
    this.clock = clock;
  }

  @Schema(name = "ExportedShift", description = "A line of the table of shifts.")
  record ExportedShift(
      @Schema(description = "Its name.") String rotation,
      String role,
      @Schema(description = "The name of who is on duty; null when nobody is.")
          @Nullable String person,
      @Nullable String account,
      Instant start,
      Instant end,
      @Schema(description = "Such as `turn` or `swap`; a word of the table.") String why,
      @JsonProperty("instead_of")
          @Schema(description = "The name of whoever they serve for; null when for nobody.")
          @Nullable String insteadOf,
      @Schema(description = "With two digits after the point.") BigDecimal hours) {
    static ExportedShift of(NamedShift shift) {
      Participant person = shift.assignment().person();
      return new ExportedShift(
          shift.rotation(),
          shift.assignment().role(),
          shift.person(),
          person == null ? null : person.account(),
          shift.assignment().start(),
          shift.assignment().end(),
          ShiftExport.why(shift),
          shift.instead(),
          ShiftExport.hours(shift));
    }
  }

  @Schema(name = "ExportedShifts", description = "Shifts with the names of the table.")
  record ExportedShifts(@Schema(description = "By start.") List<ExportedShift> shifts) {}

  @GetMapping(path = "/settings", produces = MediaType.APPLICATION_JSON_VALUE)
  @Operation(
      summary = "Export a rotation's settings",
      description =
          "As they are sent to make a rotation: with another name, or after this one is deleted,"
              + " this document makes it again. Turns begin anew then. What it tells people besides"
              + " is at `telling`.")
  NewRotation settings(Viewer viewer, @PathVariable UUID id) {
    RotationDocument document =
        names.document(
            viewer,
            rotations
                .find(viewer.workspace(), id)
                .filter(found -> found.deletedAt() == null)
                .orElseThrow(() -> ApiProblem.of(Problems.NOT_FOUND)));
    return new NewRotation(
        document.connection(),
        document.conversation(),
        new Settings(document.name(), document.layers()));
  }

  @GetMapping(path = "/shifts", produces = MediaType.APPLICATION_JSON_VALUE)
  @Operation(
      summary = "Export a rotation's shifts as JSON",
      description =
          "Between `from` (31 days ago, unless given) and `until` (28 days ahead, unless given), at"
              + " most two years: what really was, then the plan.")
  ExportedShifts json(
      Viewer viewer,
      @PathVariable UUID id,
      @RequestParam(required = false) @Nullable Instant from,
      @RequestParam(required = false) @Nullable Instant until) {
    return new ExportedShifts(
        shifts(viewer, id, from, until).stream().map(ExportedShift::of).toList());
  }

  @GetMapping(path = "/shifts.csv", produces = "text/csv")
  @Operation(
      summary = "Export a rotation's shifts as a table",
      description = "The same as CSV (RFC 4180) in UTF-8, with a line of names first.")
  ResponseEntity<String> table(
      Viewer viewer,
      @PathVariable UUID id,
      @RequestParam(required = false) @Nullable Instant from,
      @RequestParam(required = false) @Nullable Instant until) {
    return ResponseEntity.ok()
        .cacheControl(CacheControl.noStore())
        .contentType(CSV)
        .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"shifts.csv\"")
        .body(ShiftExport.csv(shifts(viewer, id, from, until)));
  }

  private List<NamedShift> shifts(
      Viewer viewer, UUID id, @Nullable Instant from, @Nullable Instant until) {
    Instant now = clock.instant();
    Instant start = from == null ? now.minus(BACK) : from;
    Instant end = until == null ? now.plus(AHEAD) : until;
    if (start.isBefore(Instant.EPOCH)
        || !start.isBefore(end)
        || end.isAfter(now.plus(LONGEST))
        || Duration.between(start, end).compareTo(LONGEST) > 0) {
      throw ApiProblem.invalid(
          "until",
          "rotations.range",
          "until: after `from`, at most two years after it and two years from now");
    }
    return files
        .of(viewer.workspace(), id, start, end)
        .orElseThrow(() -> ApiProblem.of(Problems.NOT_FOUND));
  }
}
