package dev.bothy.app.rotations;

import dev.bothy.platform.kernel.Problem;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Reads what follows `/rotation` where it is about who serves when:
///
///     override "Support desk" @ada from tomorrow 14:00 to 18:00
///     take Support desk
///     move "Support desk" @ada
///     swap "Support desk" [from … to …] [for @ada]
///     cover "Support desk" tue [for @ada]
///     away [from … to …]
///     back
///
/// People are as they were typed; times are read by [Moments].
sealed interface ShiftLine {
  /// The first words of these commands.
  Set<String> VERBS = Set.of("override", "take", "move", "swap", "cover", "away", "back");

  /// Somebody is on duty for a time, whatever the turns say.
  record Override(String name, String person, List<String> times) implements ShiftLine {}

  /// The asker serves the rest of the current shift.
  record Take(String name) implements ShiftLine {}

  /// Somebody serves the asker's next shift.
  record Move(String name, String person) implements ShiftLine {}

  /// Asks the channel for somebody who takes a shift or covers a time.
  ///
  /// @param person whose shift; null for the asker's
  /// @param times empty for the whole next shift
  record Ask(ShiftRequest.Kind kind, String name, @Nullable String person, List<String> times)
      implements ShiftLine {}

  /// The asker is away.
  ///
  /// @param times empty where the form is wanted
  record Away(List<String> times) implements ShiftLine {}

  /// The asker's absences to come.
  record Back() implements ShiftLine {}

  /// A note for whoever takes over next.
  record Note(String name, String text) implements ShiftLine {
    @java.lang.Override
    public String toString() {
      return "Note(" + name + ")";
    }
  }

  /// The notes that were handed over, for whoever may read them.
  record Notes(String name) implements ShiftLine {}

  /// Not a command.
  record NotUnderstood(Problem problem) implements ShiftLine {}

  /// @param verb one of [#VERBS]
  /// @param tokens what follows it
  static ShiftLine read(String verb, Deque<String> tokens) {
    List<String> words = List.copyOf(tokens);
    return switch (verb) {
      case "away" -> new Away(dates(words));
      case "back" -> new Back();
      case "take" ->
          words.isEmpty()
              ? nameMissing("take \"Support desk\"")
              : new Take(String.join(" ", words));
      case "override" ->
          withPerson(
              words,
              "override \"Support desk\" @ada from tomorrow 14:00 to 18:00",
              named -> new Override(named.name(), named.person(), named.rest()));
      case "move" ->
          withPerson(
              words,
              "move \"Support desk\" @ada",
              named ->
                  named.rest().isEmpty()
                      ? new Move(named.name(), named.person())
                      : wrong(
                          "in",
                          "Who serves",
                          RotationInput.typed(String.join(" ", named.rest())),
                          "one person: your whole next shift moves to them"));
      case "swap" -> ask(ShiftRequest.Kind.SWAP, words, "swap \"Support desk\"");
      default -> ask(ShiftRequest.Kind.COVER, words, "cover \"Support desk\" tuesday");
    };
  }

  /// Two days without a word between them are meant from the one to the other.
  private static List<String> dates(List<String> words) {
    return words.size() == 2 && words.stream().noneMatch(word -> word.contains(":"))
        ? List.of(words.getFirst(), "to", words.getLast())
        : words;
  }

  private static ShiftLine ask(ShiftRequest.Kind kind, List<String> words, String example) {
    if (words.isEmpty()) {
      return nameMissing(example);
    }
    List<String> times = new ArrayList<>(words.subList(1, words.size()));
    @Nullable String person = null;
    int at = times.size() - 1;
    if (at >= 0 && isPerson(times.get(at))) {
      person = times.remove(at);
      if (at > 0 && times.get(at - 1).equalsIgnoreCase("for")) {
        times.remove(at - 1);
      }
    }
    return new Ask(kind, words.getFirst(), person, List.copyOf(times));
  }

  /// A rotation's name, a person, and what follows.
  record Named(String name, String person, List<String> rest) {}

  private static ShiftLine withPerson(
      List<String> words, String example, Function<Named, ShiftLine> then) {
    Optional<Integer> at =
        IntStream.range(0, words.size())
            .filter(number -> isPerson(words.get(number)))
            .boxed()
            .findFirst();
    if (words.isEmpty() || at.filter(number -> number == 0).isPresent()) {
      return nameMissing(example);
    }
    if (at.isEmpty()) {
      return wrong(
          "in", "Who serves", "nobody was named", "a person with @, as in /rotation " + example);
    }
    return then.apply(
        new Named(
            String.join(" ", words.subList(0, at.get())),
            words.get(at.get()),
            words.subList(at.get() + 1, words.size())));
  }

  private static boolean isPerson(String word) {
    return word.startsWith("@") || word.startsWith("<@");
  }

  private static ShiftLine nameMissing(String example) {
    return wrong(
        RotationInput.NAME,
        "Name",
        "nothing was typed",
        "the name of a rotation, as in /rotation " + example);
  }

  private static ShiftLine wrong(String field, String label, String found, String allowed) {
    Problem problem = RotationInput.wrong(field, label, found, allowed);
    return new NotUnderstood(problem);
  }
}
