package dev.bothy.app.rotations;

import java.time.ZoneId;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Time zones as people type them: names of the tz database such as `Europe/Berlin`, in any case
/// and with a space for an underscore.
///
/// Abbreviations (`CET`, `EST`) are not taken: several mean a fixed offset that never changes its
/// clocks, which is seldom what the person meant.
public final class TimeZones {
  private static final int SUGGESTIONS = 3;

  /// By the folded name.
  private static final TreeMap<String, String> NAMES = names();

  private TimeZones() {}

  /// The zone of that name.
  static Optional<ZoneId> find(String typed) {
    return Optional.ofNullable(NAMES.get(fold(typed))).map(ZoneId::of);
  }

  /// All names, in alphabetical order.
  public static List<String> all() {
    return List.copyOf(NAMES.values());
  }

  /// The names nearest to what was typed, nearest first: by the whole name or by its city alone, so
  /// that both `Europe/Berln` and `berlin` find `Europe/Berlin`. What is clearly further off than
  /// the nearest is left out; nothing is near to what resembles no name.
  static List<String> nearest(String typed) {
    String wanted = fold(typed);
    Map<String, Integer> distances = new HashMap<>();
    NAMES.keySet().forEach(name -> distances.put(name, distance(wanted, name)));
    int nearest = Collections.min(distances.values());
    if (nearest > Math.max(2, wanted.length() / 3)) {
      return List.of();
    }
    return distances.entrySet().stream()
        .filter(entry -> entry.getValue() <= nearest + 1)
        .sorted(
            Map.Entry.<String, Integer>comparingByValue().thenComparing(Map.Entry.comparingByKey()))
        .limit(SUGGESTIONS)
        .flatMap(entry -> Optional.ofNullable(NAMES.get(entry.getKey())).stream())
        .toList();
  }

  private static int distance(String wanted, String name) {
    int whole = editDistance(wanted, name);
    int city = editDistance(cityOf(wanted), cityOf(name));
    // A right city in a wrong region is one slip, not as many as the region has letters.
    return Math.min(whole, city + (wanted.contains("/") ? 1 : 0));
  }

  private static String cityOf(String name) {
    return name.substring(name.lastIndexOf('/') + 1);
  }

  /// Levenshtein's distance: the fewest insertions, removals and replacements.
  private static int editDistance(String from, String to) {
    int[] previous = new int[to.length() + 1];
    for (int column = 0; column <= to.length(); column++) {
      previous[column] = column;
    }
    for (int row = 1; row <= from.length(); row++) {
      int[] current = new int[to.length() + 1];
      current[0] = row;
      for (int column = 1; column <= to.length(); column++) {
        int replaced =
            previous[column - 1] + (from.charAt(row - 1) == to.charAt(column - 1) ? 0 : 1);
        current[column] = Math.min(replaced, 1 + Math.min(previous[column], current[column - 1]));
      }
      previous = current;
    }
    return previous[to.length()];
  }

  private static String fold(String name) {
    return name.strip().replace(' ', '_').toLowerCase(Locale.ROOT);
  }

  private static TreeMap<String, String> names() {
    TreeMap<String, String> names = new TreeMap<>();
    for (String name : ZoneId.getAvailableZoneIds()) {
      boolean place = name.contains("/") && !name.startsWith("Etc/");
      if (place && !name.startsWith("SystemV/") || name.equals("UTC")) {
        names.put(fold(name), name);
      }
    }
    return names;
  }
}
