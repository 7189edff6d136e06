package dev.bothy.app.rotations.web;

import dev.bothy.app.rotations.ChangeInput;
import dev.bothy.platform.kernel.Problem;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The form of a temporary schedule as it was filled in.
///
/// @param shifts a shift on each line: `2026-12-24 09:00, 2026-12-25 09:00, Ada`, and after another
///   comma the role
record TemporaryForm(String from, String until, String shifts) {
  private static final int MOST_LINES = 500;
  private static final String SHIFTS = "shifts";

  // Whoever sends less than the form does left it empty.
  TemporaryForm {
    from = Objects.requireNonNullElse(from, "");
    until = Objects.requireNonNullElse(until, "");
    shifts = Objects.requireNonNullElse(shifts, "");
  }

  List<String> lines() {
    return shifts.lines().map(String::strip).filter(line -> !line.isEmpty()).toList();
  }

  /// Who is named on each line, in order.
  List<String> people() {
    return lines().stream()
        .limit(MOST_LINES)
        .map(line -> line.split(",", -1))
        .filter(parts -> parts.length > 2)
        .map(parts -> parts[2].strip())
        .toList();
  }

  /// What it asks for; empty when something cannot be read, which the problems say then.
  ///
  /// @param accounts whom the lines mean, in the order of [#people]
  Optional<ChangeInput> read(ZoneId zone, List<String> accounts, List<Problem> problems) {
    Optional<Instant> begin = WallTimes.read(from, zone, "from", "From", problems);
    Optional<Instant> end = WallTimes.read(until, zone, "until", "Until", problems);
    List<ChangeInput.Piece> pieces = new ArrayList<>();
    List<String> lines = lines();
    if (lines.isEmpty()) {
      problems.add(wrong("name at least one; to have nobody on duty, pause the rotation"));
    }
    if (lines.size() > MOST_LINES) {
      problems.add(wrong(lines.size() + " lines were typed; allowed: at most " + MOST_LINES));
      return Optional.empty();
    }
    int named = 0;
    for (int number = 0; number < lines.size(); number++) {
      String[] parts = lines.get(number).split(",", -1);
      if (parts.length < 3 || parts.length > 4 || parts[2].isBlank()) {
        problems.add(
            wrong(
                "line %d is not allowed; allowed: from, until, person, as 2026-12-24 09:00, 2026-12-25 09:00, Ada"
                    .formatted(number + 1)));
        named += parts.length > 2 ? 1 : 0;
        continue;
      }
      String account = accounts.get(named++);
      String label = "Shifts, line " + (number + 1);
      Optional<Instant> starts = WallTimes.read(parts[0], zone, SHIFTS, label, problems);
      Optional<Instant> ends = WallTimes.read(parts[1], zone, SHIFTS, label, problems);
      if (starts.isPresent() && ends.isPresent()) {
        @Nullable String role = parts.length == 4 && !parts[3].isBlank() ? parts[3].strip() : null;
        pieces.add(new ChangeInput.Piece(starts.get(), ends.get(), role, account));
      }
    }
    return problems.isEmpty()
        ? Optional.of(new ChangeInput.Temporary(begin.orElseThrow(), end.orElseThrow(), pieces))
        : Optional.empty();
  }

  /// The problems with the fields as this form names them: `shifts[3].account` is line 4.
  List<Problem> named(List<Problem> problems) {
    return problems.stream()
        .map(problem -> {
          String field = problem.field();
          if (field == null || field.equals("from") || field.equals("until")) {
            return problem;
          }
          if (!field.startsWith(SHIFTS + "[")) {
            return Problem.ofField(problem.code(), SHIFTS, problem.message());
          }
          int line = Integer.parseInt(field.substring(SHIFTS.length() + 1, field.indexOf(']'))) + 1;
          return Problem.ofField(problem.code(), SHIFTS, "Line " + line + ": " + problem.message());
        })
        .toList();
  }

  private static Problem wrong(String message) {
    return Problem.ofField("rotations.shifts", SHIFTS, "Shifts: " + message);
  }
}
