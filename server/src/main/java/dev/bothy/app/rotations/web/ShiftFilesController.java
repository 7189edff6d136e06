package dev.bothy.app.rotations.web;

import dev.bothy.app.rotations.ShiftFiles;
import dev.bothy.app.rotations.exchange.NamedShift;
import dev.bothy.app.rotations.exchange.ShiftExport;
import dev.bothy.platform.people.Viewer;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

/// The shifts of a rotation as a file: a month back and four weeks ahead, unless another time is
/// asked for.
@RestController
@RequestMapping("/w/{workspace}/rotations/{id}")
class ShiftFilesController {
  private static final MediaType CSV = new MediaType("text", "csv", StandardCharsets.UTF_8);
  private static final Duration BACK = Duration.ofDays(31);
  private static final Duration AHEAD = Duration.ofDays(28);
  private static final Duration LONGEST = Duration.ofDays(732);

  private final ShiftFiles files;
  private final Clock clock;

  ShiftFilesController(ShiftFiles files, Clock clock) {
    this.files = files;
    this.clock = clock;
  }

  @GetMapping("/shifts.csv")
  ResponseEntity<String> table(
      Viewer viewer,
      @PathVariable UUID id,
      @RequestParam(required = false) @Nullable Instant from,
      @RequestParam(required = false) @Nullable Instant until) {
    return file(CSV, "shifts.csv", ShiftExport.csv(shifts(viewer, id, from, until)));
  }

  @GetMapping("/shifts.json")
  ResponseEntity<String> json(
      Viewer viewer,
      @PathVariable UUID id,
      @RequestParam(required = false) @Nullable Instant from,
      @RequestParam(required = false) @Nullable Instant until) {
    return file(
        MediaType.APPLICATION_JSON,
        "shifts.json",
        ShiftExport.json(shifts(viewer, id, from, until)));
  }

  private List<NamedShift> shifts(
      Viewer viewer, UUID id, @Nullable Instant from, @Nullable Instant until) {
    Instant now = clock.instant();
    Instant start = from == null ? now.minus(BACK) : from;
    Instant end = until == null ? now.plus(AHEAD) : until;
    if (!start.isBefore(end) || Duration.between(start, end).compareTo(LONGEST) > 0) {
      throw new ResponseStatusException(
          HttpStatus.BAD_REQUEST, "until is after from, by two years at most");
    }
    return files
        .of(viewer.workspace(), id, start, end)
        .orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
  }

  private static ResponseEntity<String> file(MediaType type, String name, String text) {
    return ResponseEntity.ok()
        .cacheControl(CacheControl.noStore())
        .contentType(type)
        .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"" + name + "\"")
        .body(text);
  }
}
