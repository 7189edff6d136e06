package dev.bothy.app.rotations.exchange;

import java.util.List;

/// How much of a file is taken. Beyond it the part is refused, never cut.
final class Limits {
  /// Of the whole file, in bytes.
  static final int MOST_BYTES = 5_000_000;

  /// How deep JSON may be nested; the formats that are read go down to about ten.
  static final int DEEPEST = 40;

  /// Schedules in one file.
  static final int MOST_SCHEDULES = 200;

  private static final int MOST_PEOPLE = 100;
  private static final int MOST_LAYERS = 50;
  private static final int MOST_RESTRICTIONS = 100;
  private static final int MOST_TOGETHER = 10;
  private static final int MOST_SHIFTS = 2_000;

  private Limits() {}

  /// Those of one layer.
  static <T> List<T> people(List<T> people) throws Unreadable {
    return atMost(people, MOST_PEOPLE, "people in it");
  }

  /// Those of one schedule.
  static <T> List<T> layers(List<T> layers) throws Unreadable {
    return atMost(layers, MOST_LAYERS, "layers in it");
  }

  /// Those of one layer.
  static <T> List<T> restrictions(List<T> restrictions) throws Unreadable {
    return atMost(restrictions, MOST_RESTRICTIONS, "restrictions in it");
  }

  /// People who are on duty at once.
  static int together(int people) throws Unreadable {
    if (people > MOST_TOGETHER) {
      throw new Unreadable(people + " people are on duty at once; it takes up to " + MOST_TOGETHER);
    }
    return people;
  }

  /// Overrides or events of one schedule.
  static <T> List<T> shifts(List<T> shifts) throws Unreadable {
    return atMost(shifts, MOST_SHIFTS, "single shifts in it");
  }

  private static <T> List<T> atMost(List<T> things, int most, String what) throws Unreadable {
    if (things.size() > most) {
      throw new Unreadable("there are " + things.size() + " " + what + "; it takes up to " + most);
    }
    return things;
  }
}
