package dev.bothy.app.rotations.web;

import dev.bothy.app.rotations.ChangeInput;
import dev.bothy.app.rotations.PlanChange;
import dev.bothy.app.rotations.Shift;
import dev.bothy.app.rotations.plan.Change;
import dev.bothy.app.rotations.plan.Participant;
import dev.bothy.app.rotations.plan.Why;
import dev.bothy.app.rotations.web.RotationDocuments.PersonDocument;
import dev.bothy.platform.kernel.Problem;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What programs send and read of a rotation's plan.
final class PlanDocuments {
  private PlanDocuments() {}

  @Schema(
      name = "TimelineShift",
      description = "Who was, is or is going to be on duty, for a role, and why.")
  record TimelineShift(
      @Schema(description = "Null for a shift to come, which is only foreseen.") @Nullable UUID id,
      String role,
      @Schema(description = "Null when nobody has the role.") @Nullable PersonDocument person,
      Instant start,
      @Schema(description = "When it ended, or is going to.") Instant end,
      @Schema(description = "The hand-off that began its turn; pieces of one turn share it.")
          Instant turn,
      @Schema(
              description =
                  "`turn`, `absence` (a substitute for hours away), `set`, `replace`, `swap`,"
                      + " `cover`, `take-over`, `move`, `add`, `temporary`, `removed`, `empty` (kept"
                      + " free on purpose) or `nobody` (nobody is available).")
          String why,
      @Schema(description = "In whose place; null when in nobody's.")
          @Nullable PersonDocument instead,
      @Schema(description = "Whether it was over before anybody could be told.") boolean missed) {
    static TimelineShift of(Shift shift, Map<Participant, String> names) {
      return new TimelineShift(
          shift.id(),
          shift.role(),
          PersonDocument.of(shift.person(), names),
          shift.start(),
          shift.end(),
          shift.turn(),
          word(shift.why()),
          PersonDocument.of(shift.instead(), names),
          shift.missed());
    }
  }

  @Schema(
      name = "Timeline",
      description =
          "A rotation's shifts between two instants: what really was, then the plan. Shifts that"
              + " reach out are whole.")
  record Timeline(
      Instant from,
      Instant until,
      @Schema(description = "The zone that the rotation is shown in.") String timeZone,
      @Schema(description = "By start.") List<TimelineShift> shifts) {}

  @Schema(name = "TemporaryShift", description = "A shift of a temporary schedule.")
  record PieceDocument(
      @Schema(description = "Included.") @Nullable Instant from,
      @Schema(description = "Excluded.") @Nullable Instant until,
      @Schema(description = "The rotation's first role if null.") @Nullable String role,
      @Schema(description = "An account of the connection, or a name its directory knows.")
          @Nullable String account) {}

  @Schema(name = "PlanChange", description = "What was decided against the turns, for a time.")
  record ChangeDocument(
      UUID id,
      @Schema(description = "`set`, `replace`, `remove`, `add` or `temporary`.") String kind,
      @Schema(description = "Included.") Instant from,
      @Schema(description = "Excluded.") Instant until,
      @Schema(description = "Null for every role.") @Nullable String role,
      @Schema(description = "Who serves; null of `remove` and `temporary`.")
          @Nullable PersonDocument person,
      @Schema(description = "Who does not; null but of `replace` and `remove`.")
          @Nullable PersonDocument out,
      @Schema(
              description =
                  "How a `replace` came to be: `replace`, `swap`, `cover`, `take-over` or `move`;"
                      + " null of others.")
          @Nullable String why,
      @Schema(description = "Of `temporary`; else empty.") List<PieceDocument> shifts,
      Instant madeAt) {
    static ChangeDocument of(PlanChange made, Map<Participant, String> names) {
      Change change = made.change();
      return switch (change) {
        case Change.Set set -> of(made, "set", set.role(), person(set.person(), names), null, null);
        case Change.Add add -> of(made, "add", add.role(), person(add.person(), names), null, null);
        case Change.Remove remove ->
            of(made, "remove", remove.role(), null, person(remove.person(), names), null);
        case Change.Replace replace ->
            of(
                made,
                "replace",
                replace.role(),
                person(replace.in(), names),
                person(replace.out(), names),
                word(replace.why()));
        case Change.Temporary _ -> of(made, "temporary", null, null, null, null);
      };
    }

    private static ChangeDocument of(
        PlanChange made,
        String kind,
        @Nullable String role,
        @Nullable PersonDocument person,
        @Nullable PersonDocument out,
        @Nullable String why) {
      Change change = made.change();
      return new ChangeDocument(
          change.id(),
          kind,
          change.span().start(),
          change.span().end(),
          role,
          person,
          out,
          why,
          change instanceof Change.Temporary temporary
              ? temporary.shifts().stream()
                  .map(each ->
                      new PieceDocument(
                          each.span().start(),
                          each.span().end(),
                          each.role(),
                          each.person().account()))
                  .toList()
              : List.of(),
          made.madeAt());
    }

    private static PersonDocument person(Participant person, Map<Participant, String> names) {
      return new PersonDocument(person.account(), names.getOrDefault(person, person.account()));
    }
  }

  @Schema(name = "NewPlanChange", description = "A change of the plan to be made.")
  record NewChange(
      @Schema(
              description =
                  "`set`: `account` alone has the role; `replace`: `account` serves wherever `out`"
                      + " would; `remove`: `out` is not on duty; `add`: `account` is on duty as"
                      + " well; `temporary`: nothing but `shifts`.")
          @Nullable String kind,
      @Schema(description = "Included; what lies before now is left out.") @Nullable Instant from,
      @Schema(description = "Excluded; at most 366 days later.") @Nullable Instant until,
      @Schema(
              description =
                  "Null for every role; of `set` and `add` for the first. Not of `temporary`.")
          @Nullable String role,
      @Schema(description = "Who serves: an account of the connection, or a name.")
          @Nullable String account,
      @Schema(description = "Who does not: likewise.") @Nullable String out,
      @Schema(description = "Of `temporary`.") @Nullable List<PieceDocument> shifts) {
    /// Who is named: `out`, `account` and those of the shifts, in this order.
    List<String> people() {
      List<String> people = new ArrayList<>(List.of(text(out), text(account)));
      pieces().forEach(piece -> people.add(text(piece.account())));
      return people;
    }

    private List<PieceDocument> pieces() {
      return shifts == null ? List.of() : shifts;
    }

    /// What it asks for; empty when something is missing, which the problems say then.
    ///
    /// @param accounts whom [#people] means
    Optional<ChangeInput> read(List<String> accounts, List<Problem> problems) {
      Instant starts = from;
      Instant ends = until;
      if (starts == null) {
        problems.add(missing("from", "an instant, such as 2026-12-24T09:00:00Z"));
      }
      if (ends == null) {
        problems.add(missing("until", "an instant after `from`"));
      }
      String word = text(kind);
      boolean serves = List.of("set", "replace", "add").contains(word);
      boolean relieves = List.of("replace", "remove").contains(word);
      if (!serves && !relieves && !word.equals("temporary")) {
        problems.add(missing("kind", "set, replace, remove, add or temporary"));
      }
      if (serves && text(account).isBlank()) {
        problems.add(missing("account", "an account of the connection, or a name"));
      }
      if (relieves && text(out).isBlank()) {
        problems.add(missing("out", "an account of the connection, or a name"));
      }
      List<ChangeInput.Piece> read =
          word.equals("temporary") ? pieces(accounts, problems) : List.of();
      if (!problems.isEmpty() || starts == null || ends == null) {
        return Optional.empty();
      }
      String relieved = accounts.get(0);
      String server = accounts.get(1);
      return Optional.of(
          switch (word) {
            case "set" -> new ChangeInput.Set(starts, ends, role, server);
            case "replace" -> new ChangeInput.Replace(starts, ends, role, relieved, server);
            case "remove" -> new ChangeInput.Remove(starts, ends, role, relieved);
            case "add" -> new ChangeInput.Add(starts, ends, role, server);
            default -> new ChangeInput.Temporary(starts, ends, read);
          });
    }

    private List<ChangeInput.Piece> pieces(List<String> accounts, List<Problem> problems) {
      List<ChangeInput.Piece> read = new ArrayList<>();
      if (pieces().isEmpty()) {
        problems.add(missing("shifts", "at least one"));
      }
      for (int number = 0; number < pieces().size(); number++) {
        PieceDocument piece = pieces().get(number);
        Instant starts = piece.from();
        Instant ends = piece.until();
        if (starts == null || ends == null || text(piece.account()).isBlank()) {
          problems.add(missing("shifts[" + number + "]", "`from`, `until` and `account`"));
        } else {
          read.add(new ChangeInput.Piece(starts, ends, piece.role(), accounts.get(number + 2)));
        }
      }
      return read;
    }

    /// The problems with their fields as the body names them.
    List<Problem> named(List<Problem> problems) {
      String person = text(kind).equals("remove") ? "out" : "account";
      return problems.stream()
          .map(problem -> {
            String field = problem.field();
            boolean account = "account".equals(field) || "in".equals(field);
            return account ? Problem.ofField(problem.code(), person, problem.message()) : problem;
          })
          .toList();
    }

    private static Problem missing(String field, String allowed) {
      return Problem.ofField("rotations.change", field, field + ": allowed: " + allowed);
    }

    private static String text(@Nullable String value) {
      return value == null ? "" : value;
    }
  }

  private static String word(Why why) {
    return why.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
