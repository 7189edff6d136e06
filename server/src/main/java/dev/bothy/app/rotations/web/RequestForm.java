package dev.bothy.app.rotations.web;

import dev.bothy.app.rotations.RotationRequests;
import dev.bothy.app.rotations.RotationRequests.Offered;
import dev.bothy.app.rotations.ShiftRequest;
import dev.bothy.platform.kernel.Problem;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/// The form of a swap or cover request as it was filled in: all text, kept as it is when something
/// is wrong.
///
/// @param kind `swap` or `cover`
/// @param shift one of those that are offered ([#value])
/// @param from of the rotation's wall clock, as `2026-12-24T09:00`; empty, as `until`, for the
///   whole shift
record RequestForm(String kind, String shift, String from, String until) {
  // Whoever sends less than the form does left it empty.
  RequestForm {
    kind = Objects.requireNonNullElse(kind, "");
    shift = Objects.requireNonNullElse(shift, "");
    from = Objects.requireNonNullElse(from, "");
    until = Objects.requireNonNullElse(until, "");
  }

  /// How the form calls a shift.
  static String value(Offered offered) {
    return value(offered.start(), offered.person().account());
  }

  static String value(Instant start, String account) {
    return start.getEpochSecond() + " " + account;
  }

  /// The one of these in which that shift, or the piece of one that a calendar shows, lies.
  static Optional<Offered> chosen(String value, List<Offered> offered) {
    Optional<Offered> exact =
        offered.stream().filter(each -> value(each).equals(value)).findFirst();
    String[] parts = value.split(" ", 2);
    if (exact.isPresent() || parts.length < 2 || !parts[0].matches("-?\\d{1,12}")) {
      return exact;
    }
    Instant at = Instant.ofEpochSecond(Long.parseLong(parts[0]));
    return offered.stream()
        .filter(each -> each.person().account().equals(parts[1]))
        .filter(each -> !at.isBefore(each.start()) && at.isBefore(each.end()))
        .findFirst();
  }

  /// What it asks for; empty when something cannot be read, which the problems say then.
  Optional<RotationRequests.Wanted> read(
      ZoneId zone, List<Offered> offered, List<Problem> problems) {
    Optional<ShiftRequest.Kind> asked =
        Stream.of(ShiftRequest.Kind.values()).filter(each -> each.id().equals(kind)).findFirst();
    if (asked.isEmpty()) {
      problems.add(problem("kind", "What: choose one of those in the list"));
    }
    Optional<Offered> chosen = chosen(shift, offered);
    if (chosen.isEmpty()) {
      problems.add(problem("shift", "Shift: choose one of those in the list"));
    }
    Optional<Instant> begin = time(from, zone, "from", "From", problems);
    Optional<Instant> end = time(until, zone, "until", "Until", problems);
    if (problems.isEmpty() && begin.isPresent() != end.isPresent()) {
      problems.add(
          problem(
              begin.isPresent() ? "until" : "from",
              "Fill in both for a part of the shift, neither for the whole"));
    }
    if (!problems.isEmpty()) {
      return Optional.empty();
    }
    Offered whole = chosen.orElseThrow();
    Instant starts = begin.orElse(whole.start());
    Instant ends = end.orElse(whole.end());
    if (!starts.isBefore(ends) || !starts.isBefore(whole.end()) || !ends.isAfter(whole.start())) {
      problems.add(problem("from", "From: that is not within the shift"));
      return Optional.empty();
    }
    return Optional.of(
        new RotationRequests.Wanted(
            asked.orElseThrow(),
            whole.person().account(),
            whole.role(),
            starts.isBefore(whole.start()) ? whole.start() : starts,
            ends.isAfter(whole.end()) ? whole.end() : ends));
  }

  private static Optional<Instant> time(
      String typed, ZoneId zone, String field, String label, List<Problem> problems) {
    return typed.isBlank() ? Optional.empty() : WallTimes.read(typed, zone, field, label, problems);
  }

  private static Problem problem(String field, String message) {
    return Problem.ofField("rotations.request", field, message);
  }
}
