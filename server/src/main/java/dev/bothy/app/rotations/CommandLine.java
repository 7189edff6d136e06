package dev.bothy.app.rotations;

import dev.bothy.platform.kernel.Problem;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Reads what follows `/rotation`:
///
///     new                                                           (opens the form)
///     new "Support desk" daily 09:00 Europe/Berlin @ada @grace
///     new "Support desk" weekly mon,thu 09:00 Europe/Berlin @ada @grace
///     new "Support desk" every 2 weeks mon 09:00 Europe/Berlin @ada @grace
///     new "Support desk" every month 09:00 Europe/Berlin @ada @grace
///     new "Support desk" daily 09:00 Europe/Berlin weekdays hours 09:00-17:00 balanced @ada @grace
///     list | show <name> | pause <name> | resume <name> | delete <name> | help
///     note <name> <text> | notes <name>
///
/// and what [ShiftLine] reads.
///
/// A name needs quotation marks, straight or curly, where it has a space and something follows.
sealed interface CommandLine {
  /// Somebody wants the form for a new rotation.
  record OpenForm() implements CommandLine {}

  /// A rotation on one line.
  record New(RotationInput input) implements CommandLine {}

  /// All rotations.
  record ListAll() implements CommandLine {}

  /// One rotation, by name.
  record Show(String name) implements CommandLine {}

  /// Stop handing off until resumed.
  record Pause(String name) implements CommandLine {}

  /// Hand off again.
  record Resume(String name) implements CommandLine {}

  /// Take the rotation away, after a confirmation.
  record Delete(String name) implements CommandLine {}

  /// About who serves when.
  record OfShifts(ShiftLine line) implements CommandLine {}

  /// What can be typed.
  record Help() implements CommandLine {}

  /// Not a command.
  record NotUnderstood(Problem problem) implements CommandLine {}

  /// Words, and groups of words in straight or curly quotation marks.
  Pattern TOKEN = Pattern.compile("[\"“”„]([^\"“”„]*)[\"“”„]|(\\S+)");

  /// A rotation's name and the rest, with its line breaks.
  Pattern NAME_AND_TEXT =
      Pattern.compile("\\S+\\s+(?:[\"“”„]([^\"“”„]*)[\"“”„]|(\\S+))\\s*(.*)", Pattern.DOTALL);

  /// @param text what was typed after the command's name
  /// @param defaultZone the time zone of a line that names none; empty if unknown
  static CommandLine read(String text, String defaultZone) {
    Deque<String> tokens = tokens(text);
    if (tokens.isEmpty()) {
      return new Help();
    }
    String verb = tokens.removeFirst().toLowerCase(Locale.ROOT);
    if (ShiftLine.VERBS.contains(verb)) {
      return new OfShifts(ShiftLine.read(verb, tokens));
    }
    return switch (verb) {
      case "new", "create", "add" ->
          tokens.isEmpty() ? new OpenForm() : new New(readNew(tokens, defaultZone));
      case "list" -> new ListAll();
      case "show" -> named(verb, tokens, Show::new);
      case "pause" -> named(verb, tokens, Pause::new);
      case "resume" -> named(verb, tokens, Resume::new);
      case "delete" -> named(verb, tokens, Delete::new);
      case "note" -> note(text);
      case "notes" -> named(verb, tokens, name -> new OfShifts(new ShiftLine.Notes(name)));
      case "help" -> new Help();
      default ->
          new NotUnderstood(
              RotationInput.wrong(
                  "command",
                  "Command",
                  RotationInput.typed(verb),
                  "new, list, show, pause, resume, delete, note, notes, override, take, move, swap,"
                      + " cover, away, back, help"));
    };
  }

  private static CommandLine named(
      String verb, Deque<String> tokens, Function<String, CommandLine> command) {
    String name = String.join(" ", tokens);
    if (name.isBlank()) {
      return new NotUnderstood(
          RotationInput.wrong(
              RotationInput.NAME,
              "Name",
              "nothing was typed",
              "the name of a rotation, as in /rotation " + verb + " \"Support desk\""));
    }
    return command.apply(name);
  }

  private static CommandLine note(String text) {
    Matcher matcher = NAME_AND_TEXT.matcher(text.strip());
    if (!matcher.matches()) {
      return new NotUnderstood(
          RotationInput.wrong(
              RotationInput.NAME,
              "Name",
              "nothing was typed",
              "the name of a rotation and a text, as in /rotation note \"Support desk\" All quiet"));
    }
    String name = matcher.group(1) == null ? matcher.group(2) : matcher.group(1);
    return new OfShifts(new ShiftLine.Note(name, matcher.group(3)));
  }

  private static RotationInput readNew(Deque<String> tokens, String defaultZone) {
    String name = tokens.removeFirst();
    String cadence = next(tokens);
    List<String> days = new ArrayList<>();
    Options options = new Options(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    String every = "";
    String unit = "";
    if (cadence.equalsIgnoreCase("every")) {
      cadence = "custom";
      every = startsWithDigit(tokens) ? next(tokens) : "1";
      unit = next(tokens);
    }
    boolean daily = cadence.equalsIgnoreCase("daily");
    while (daily ? options.read(tokens) : isDay(tokens)) {
      if (!daily && !options.readWeekdays(tokens)) {
        days.addAll(daysOf(tokens.removeFirst()));
      }
    }
    String time = isPerson(tokens) || isZone(tokens) ? "" : next(tokens);
    while (options.read(tokens)) {
      // Before the zone or after it.
    }
    String zone = tokens.isEmpty() || isPerson(tokens) ? defaultZone : next(tokens);
    while (options.read(tokens)) {
      // Each reads one.
    }
    return new RotationInput(
        name,
        List.of(
            new LayerInput(
                "",
                cadence,
                days,
                every,
                unit,
                time,
                zone,
                options.activeDays(),
                String.join("\n", options.hours()),
                "",
                options.order().isEmpty() ? "" : options.order().getFirst(),
                "",
                people(tokens).stream().map(LayerInput.Seat::of).toList())));
  }

  /// What may be said beside the rhythm: `weekdays`, `on mon-thu`, `hours 09:00-17:00`, `balanced`.
  ///
  /// @param order empty, or `balanced`
  record Options(List<String> activeDays, List<String> hours, List<String> order) {
    private static final Set<String> WORDS = Set.of("on", "weekdays", "hours", "balanced", "queue");

    /// Reads one option; false when what comes is none.
    boolean read(Deque<String> tokens) {
      if (tokens.isEmpty() || !WORDS.contains(tokens.getFirst().toLowerCase(Locale.ROOT))) {
        return false;
      }
      if (readWeekdays(tokens)) {
        return true;
      }
      String word = tokens.removeFirst().toLowerCase(Locale.ROOT);
      switch (word) {
        case "on" -> {
          while (isDay(tokens) && !WORDS.contains(tokens.getFirst().toLowerCase(Locale.ROOT))) {
            activeDays.addAll(daysOf(tokens.removeFirst()));
          }
          if (activeDays.isEmpty()) {
            activeDays.add("");
          }
        }
        case "hours" -> {
          String block = next(tokens);
          boolean ofDays = !block.isEmpty() && Character.isLetter(block.codePointAt(0));
          hours.add(ofDays && startsWithDigit(tokens) ? block + " " + next(tokens) : block);
        }
        default -> order.add(word);
      }
      return true;
    }

    /// Reads `weekdays`, which can be no day of the rhythm.
    boolean readWeekdays(Deque<String> tokens) {
      if (tokens.isEmpty() || !tokens.getFirst().equalsIgnoreCase("weekdays")) {
        return false;
      }
      tokens.removeFirst();
      activeDays.add("mon-fri");
      return true;
    }
  }

  /// Between the cadence and the time, a word that is neither a number nor a person nor a zone can
  /// only be meant as a day, right or wrong.
  private static boolean isDay(Deque<String> tokens) {
    return !tokens.isEmpty()
        && !tokens.getFirst().isEmpty()
        && Character.isLetter(tokens.getFirst().codePointAt(0))
        && !tokens.getFirst().contains("/")
        && !isZone(tokens);
  }

  private static List<String> daysOf(String token) {
    List<String> days = new ArrayList<>();
    for (String day : token.split(",", -1)) {
      if (!day.isBlank() && !day.equalsIgnoreCase("and") && !day.equalsIgnoreCase("on")) {
        days.add(day);
      }
    }
    return days;
  }

  private static boolean startsWithDigit(Deque<String> tokens) {
    return !tokens.isEmpty()
        && !tokens.getFirst().isEmpty()
        && Character.isDigit(tokens.getFirst().codePointAt(0));
  }

  private static boolean isPerson(Deque<String> tokens) {
    return !tokens.isEmpty()
        && (tokens.getFirst().startsWith("@") || tokens.getFirst().startsWith("<@"));
  }

  private static boolean isZone(Deque<String> tokens) {
    return !tokens.isEmpty() && TimeZones.find(tokens.getFirst()).isPresent();
  }

  private static List<String> people(Deque<String> tokens) {
    List<String> people = new ArrayList<>();
    for (String token : tokens) {
      for (String person : token.split(",", -1)) {
        if (!person.isBlank()) {
          people.add(person);
        }
      }
    }
    return people;
  }

  private static String next(Deque<String> tokens) {
    return tokens.isEmpty() ? "" : tokens.removeFirst();
  }

  private static Deque<String> tokens(String text) {
    Deque<String> tokens = new ArrayDeque<>();
    Matcher matcher = TOKEN.matcher(text);
    while (matcher.find()) {
      String quoted = matcher.group(1);
      tokens.add(quoted == null ? matcher.group(2) : quoted);
    }
    return tokens;
  }
}
