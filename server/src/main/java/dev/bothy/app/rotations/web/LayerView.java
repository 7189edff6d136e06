package dev.bothy.app.rotations.web;

import dev.bothy.app.rotations.LayerInput;
import dev.bothy.app.rotations.LayerTurn;
import dev.bothy.app.rotations.plan.AbsenceMode;
import dev.bothy.app.rotations.plan.Layer;
import dev.bothy.app.rotations.plan.Order;
import dev.bothy.app.rotations.plan.Participant;
import dev.bothy.app.rotations.plan.Roster;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.format.TextStyle;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// A layer as the pages show it: its rule in words, whose turn it is and who is next, in its own
/// zone.
///
/// @param colour as in the calendar, by role
/// @param rhythm such as `Every day at 09:00`
/// @param zone such as `Europe/Berlin`
/// @param when the days and hours of duty, a line for each block; empty when it is always
/// @param free the name of the calendar of its free days; empty for none
/// @param order in words
/// @param absences in words
/// @param people in order, with the days they join and leave
/// @param now who serves by its turns; empty while the rotation is paused
/// @param handoff when the next turn begins; empty when none is foreseen
/// @param next whose it is
record LayerView(
    String role,
    int colour,
    String rhythm,
    String zone,
    List<String> when,
    String free,
    String order,
    String absences,
    List<String> people,
    String now,
    String handoff,
    String next) {
  private static final int MOST_COLOURS = 6;
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("EEE d MMM, HH:mm", Locale.ENGLISH);
  private static final Pattern DAY_NAME = Pattern.compile("[a-z]{3}");
  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("d MMM yyyy", Locale.ENGLISH);

  /// @param roles of the rotation, in order
  /// @param turn null while the rotation is paused
  static LayerView of(
      Layer layer,
      LayerInput typed,
      List<String> roles,
      @Nullable LayerTurn turn,
      String free,
      Map<Participant, String> names) {
    String rhythm = layer.times().cadence().describe() + " at " + layer.times().at();
    return new LayerView(
        layer.role(),
        roles.indexOf(layer.role()) % MOST_COLOURS,
        rhythm.substring(0, 1).toUpperCase(Locale.ENGLISH) + rhythm.substring(1),
        layer.times().zone().getId(),
        when(layer, typed),
        free,
        order(layer.order()),
        absences(layer.absences()),
        people(layer.roster(), names),
        turn == null ? "" : now(turn, names),
        turn == null ? "" : time(turn.handoff(), layer),
        turn == null ? "" : name(turn.next(), names));
  }

  /// Its rule on one line.
  public String rule() {
    return rhythm + " (" + zone + ")" + (when.isEmpty() ? "" : ", " + String.join(", ", when));
  }

  private static List<String> when(Layer layer, LayerInput typed) {
    if (!layer.activity().hours().isEmpty()) {
      return typed.hours().lines().map(LayerView::capitals).toList();
    }
    return layer.activity().days().size() == DayOfWeek.values().length
        ? List.of()
        : List.of(
            layer.activity().days().stream()
                .map(day -> day.getDisplayName(TextStyle.SHORT, Locale.ENGLISH))
                .collect(Collectors.joining(", ")));
  }

  /// `mon-fri 09:00-17:00` with capital days.
  private static String capitals(String line) {
    return DAY_NAME
        .matcher(line)
        .replaceAll(day ->
            day.group().substring(0, 1).toUpperCase(Locale.ENGLISH) + day.group().substring(1));
  }

  private static String order(Order order) {
    return switch (order) {
      case QUEUE -> "One after the other";
      case BALANCED -> "Whoever served the fewest hours is next";
    };
  }

  private static String absences(AbsenceMode mode) {
    return switch (mode) {
      case ASK -> "Whoever is away is asked, and else skipped";
      case SKIP -> "Whoever is away is skipped, and serves next once back";
      case IGNORE -> "Absences are ignored";
    };
  }

  /// @return empty where every place is kept empty
  private static List<String> people(Roster roster, Map<Participant, String> names) {
    return roster.places().stream().allMatch(place -> place.person() == null)
        ? List.of()
        : roster.places().stream().map(place -> place(place, names)).toList();
  }

  private static String place(Roster.Place place, Map<Participant, String> names) {
    LocalDate joins = place.joinsOn();
    LocalDate leaves = place.leavesOn();
    String from = joins == null ? "" : " from " + DAY.format(joins);
    String until = leaves == null ? "" : " until " + DAY.format(leaves);
    String who = place.person() == null ? "an empty place" : name(place.person(), names);
    String days = (from + until).strip();
    return days.isEmpty() ? who : who + " (" + days + ")";
  }

  private static String now(LayerTurn turn, Map<Participant, String> names) {
    Participant person = turn.now();
    if (person != null) {
      return name(person, names);
    }
    return turn.off() ? "Nobody, outside of its hours" : "Nobody";
  }

  private static String name(@Nullable Participant person, Map<Participant, String> names) {
    return person == null ? "Nobody" : names.getOrDefault(person, person.account());
  }

  private static String time(@Nullable Instant instant, Layer layer) {
    return instant == null ? "" : TIME.format(instant.atZone(layer.times().zone()));
  }
}
