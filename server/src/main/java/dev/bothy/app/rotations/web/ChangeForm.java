package dev.bothy.app.rotations.web;

import dev.bothy.app.rotations.ChangeInput;
import dev.bothy.platform.kernel.Problem;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The form of an override as it was filled in: all text, kept as it is when something is wrong.
///
/// @param kind `replace`, `set`, `add` or `remove`
/// @param role empty for every role, or of a `set` and an `add` the first
/// @param out who is relieved
/// @param person who serves
/// @param from of the rotation's wall clock, as `2026-12-24T09:00`
record ChangeForm(String kind, String role, String out, String person, String from, String until) {
  static final String OUT = "out";
  static final String PERSON = "person";

  // Whoever sends less than the form does left it empty.
  ChangeForm {
    kind = Objects.requireNonNullElse(kind, "");
    role = Objects.requireNonNullElse(role, "");
    out = Objects.requireNonNullElse(out, "");
    person = Objects.requireNonNullElse(person, "");
    from = Objects.requireNonNullElse(from, "");
    until = Objects.requireNonNullElse(until, "");
  }

  /// What there is to choose, by `kind`.
  enum Kind {
    REPLACE("Somebody serves for somebody else"),
    SET("One person alone is on duty"),
    ADD("One more person is on duty"),
    REMOVE("Somebody is not on duty");

    private final String label;

    Kind(String label) {
      this.label = label;
    }

    public String label() {
      return label;
    }

    /// As the form sends it.
    public String value() {
      return name().toLowerCase(Locale.ROOT);
    }

    boolean relieves() {
      return this == REPLACE || this == REMOVE;
    }

    boolean serves() {
      return this != REMOVE;
    }
  }

  Optional<Kind> known() {
    return List.of(Kind.values()).stream().filter(each -> each.value().equals(kind)).findFirst();
  }

  /// What it asks for; empty when something cannot be read, which the problems say then.
  ///
  /// @param accounts whom `out` and `person` mean, in this order
  Optional<ChangeInput> read(ZoneId zone, List<String> accounts, List<Problem> problems) {
    Optional<Kind> chosen = known();
    if (chosen.isEmpty()) {
      problems.add(
          Problem.ofField("rotations.change", "kind", "What: choose one of those in the list"));
    }
    chosen.ifPresent(known -> {
      if (known.relieves() && out.isBlank()) {
        problems.add(Problem.ofField("rotations.change", OUT, "Who is relieved: name somebody"));
      }
      if (known.serves() && person.isBlank()) {
        problems.add(Problem.ofField("rotations.change", PERSON, "Who serves: name somebody"));
      }
    });
    Optional<Instant> begin = WallTimes.read(from, zone, "from", "From", problems);
    Optional<Instant> end = WallTimes.read(until, zone, "until", "Until", problems);
    if (!problems.isEmpty()) {
      return Optional.empty();
    }
    Instant starts = begin.orElseThrow();
    Instant ends = end.orElseThrow();
    @Nullable String wanted = role.isBlank() ? null : role;
    String relieved = accounts.getFirst();
    String serves = accounts.getLast();
    return Optional.of(
        switch (chosen.orElseThrow()) {
          case REPLACE -> new ChangeInput.Replace(starts, ends, wanted, relieved, serves);
          case SET -> new ChangeInput.Set(starts, ends, wanted, serves);
          case ADD -> new ChangeInput.Add(starts, ends, wanted, serves);
          case REMOVE -> new ChangeInput.Remove(starts, ends, wanted, relieved);
        });
  }

  /// The problems with the fields as this form names them.
  List<Problem> named(List<Problem> problems) {
    String account = known().filter(Kind.REMOVE::equals).isPresent() ? OUT : PERSON;
    List<Problem> named = new ArrayList<>();
    for (Problem problem : problems) {
      String field = problem.field();
      boolean person = "account".equals(field) || "in".equals(field);
      named.add(person ? Problem.ofField(problem.code(), account, problem.message()) : problem);
    }
    return named;
  }
}
