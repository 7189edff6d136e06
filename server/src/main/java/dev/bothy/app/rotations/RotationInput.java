package dev.bothy.app.rotations;

import dev.bothy.platform.kernel.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A rotation as somebody typed it, whether on one line, in a chat form or in the browser: all
/// text, nothing trusted. [#read] turns it into a [RotationPlan] or says, field by field, what is
/// wrong and what is allowed.
///
/// @param layers at least one; the fields of the first go by their plain names in problems, those
///   of the others by `layers[1].` and so on before them
public record RotationInput(String name, List<LayerInput> layers) {
  /// The fields by the names that problems carry and forms use.
  public static final String NAME = "name";

  public static final String CADENCE = "cadence";
  public static final String DAYS = "days";
  public static final String EVERY = "every";
  public static final String UNIT = "unit";
  public static final String TIME = "time";
  public static final String TIME_ZONE = "time-zone";
  public static final String PEOPLE = "people";
  public static final String ROLE = "role";
  public static final String ACTIVE_DAYS = "active-days";
  public static final String HOURS = "hours";
  public static final String HOLIDAYS = "holidays";
  public static final String ORDER = "order";
  public static final String ABSENCES = "absences";

  /// The longest name, in characters.
  public static final int LONGEST_NAME = 80;

  /// The most layers.
  public static final int MOST_LAYERS = 10;

  public RotationInput {
    layers = List.copyOf(layers);
  }

  /// One with a single layer, on duty at all hours of all days, in the order of its people.
  public static RotationInput of(
      String name,
      String cadence,
      List<String> days,
      String every,
      String unit,
      String time,
      String timeZone,
      List<String> people) {
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
                timeZone,
                List.of(),
                "",
                "",
                "",
                "",
                people.stream().map(LayerInput.Seat::of).toList())));
  }

  /// A rotation that is there, as somebody would have typed it.
  public static RotationInput of(Rotation rotation) {
    return new RotationInput(
        rotation.name(),
        rotation.layers().stream()
            .map(layer -> TypedLayer.of(layer, rotation.holidays().get(layer.id())))
            .toList());
  }

  /// The accounts that are named, layer by layer.
  public List<String> accounts() {
    return layers.stream().flatMap(layer -> layer.accounts().stream()).toList();
  }

  /// The same with other accounts for these, one for each of [#accounts].
  public RotationInput withAccounts(List<String> others) {
    List<LayerInput> changed = new ArrayList<>();
    int from = 0;
    for (LayerInput layer : layers) {
      int to = from + layer.accounts().size();
      changed.add(layer.withAccounts(others.subList(from, to)));
      from = to;
    }
    return new RotationInput(name, changed);
  }

  /// What is wrong with the fields themselves, one problem for each field; empty when nothing is.
  /// Whether the name is free and the people are there is asked when the rotation is made.
  public List<Problem> problems() {
    return switch (read()) {
      case Reading.Plan _ -> List.of();
      case Reading.Wrong(List<Problem> problems) -> problems;
    };
  }

  /// What reading came to.
  sealed interface Reading {
    /// Every field is well-formed; the people are yet to be resolved.
    record Plan(RotationPlan plan) implements Reading {}

    /// What is wrong, one problem for each field that is.
    record Wrong(List<Problem> problems) implements Reading {}
  }

  Reading read() {
    List<Problem> problems = new ArrayList<>();
    Optional<String> readName = readName(problems);
    if (layers.isEmpty() || layers.size() > MOST_LAYERS) {
      problems.add(wrong("layers", "Layers", layers.size() + " were given", "1 to " + MOST_LAYERS));
    }
    List<LayerSettings> settings = new ArrayList<>();
    for (int position = 0; position < layers.size() && position < MOST_LAYERS; position++) {
      layers.get(position).read(prefix(position), problems).ifPresent(settings::add);
    }
    return problems.isEmpty()
        ? new Reading.Plan(new RotationPlan(readName.orElseThrow(), settings))
        : new Reading.Wrong(problems);
  }

  private Optional<String> readName(List<Problem> problems) {
    String stripped = name.strip();
    int length = stripped.codePointCount(0, stripped.length());
    boolean printable = stripped.codePoints().noneMatch(Character::isISOControl);
    if (length >= 1 && length <= LONGEST_NAME && printable) {
      return Optional.of(stripped);
    }
    String found = length > LONGEST_NAME ? "it has " + length + " characters" : typed(name);
    problems.add(wrong(NAME, "Name", found, "1 to " + LONGEST_NAME + " characters on one line"));
    return Optional.empty();
  }

  /// What stands before the names of a layer's fields in problems.
  static String prefix(int position) {
    return position == 0 ? "" : "layers[" + position + "].";
  }

  /// The same problem of a layer's field.
  static Problem prefixed(String prefix, Problem problem) {
    String field = problem.field();
    return prefix.isEmpty() || field == null
        ? problem
        : Problem.ofField(problem.code(), prefix + field, problem.message());
  }

  /// A problem that names the field, what was found in it, and what is allowed.
  static Problem wrong(String field, String label, String found, String allowed) {
    return Problem.ofField(
        "rotations." + field, field, label + ": " + found + ". Allowed: " + allowed);
  }

  /// What was typed, short enough to repeat.
  static String typed(String text) {
    String stripped = text.strip();
    if (stripped.isEmpty()) {
      return "nothing was typed";
    }
    int shown =
        stripped.offsetByCodePoints(0, Math.min(60, stripped.codePointCount(0, stripped.length())));
    String ellipsis = shown < stripped.length() ? "…" : "";
    return "\"" + stripped.substring(0, shown) + ellipsis + "\" is not allowed";
  }
}
