package dev.bothy.app.rotations;

import dev.bothy.platform.kernel.Problem;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a rotation tells people beside its hand-offs.
///
/// @param reminder how long before a shift its person is reminded, in whole minutes; zero for
///   never; null for the default, an hour before shifts of at least eight hours
/// @param lookAhead when the channel hears of the next seven days; null for never
/// @param topic whether the channel's topic says who is on duty
/// @param group the group of the network whose members are whoever is on duty; null for none
/// @param handoff what is expected of a hand-off
public record Telling(
    @Nullable Duration reminder,
    @Nullable LookAhead lookAhead,
    boolean topic,
    @Nullable DutyGroup group,
    HandoffRules handoff) {
  /// As it is unless somebody said otherwise.
  public static final Telling DEFAULT = new Telling(null, null, false, null, HandoffRules.DEFAULT);

  static final Duration SHORTEST = Duration.ofMinutes(15);
  static final Duration LONGEST = Duration.ofDays(7);
  private static final Duration DEFAULT_REMINDER = Duration.ofHours(1);
  private static final Duration LONG_SHIFT = Duration.ofHours(8);
  private static final int LONGEST_GROUP = 80;

  /// A time of the week, by the wall clock of the rotation's zone.
  public record LookAhead(DayOfWeek day, LocalTime time) {}

  /// @param id the network's own, 1 to 80 characters
  /// @param role null for the first role
  public record DutyGroup(String id, @Nullable String role) {}

  /// How long before a shift of this length its person is reminded; zero when they are not.
  Duration before(Duration shift) {
    if (reminder != null) {
      return reminder;
    }
    return shift.compareTo(LONG_SHIFT) >= 0 ? DEFAULT_REMINDER : Duration.ZERO;
  }

  /// What is not allowed, if anything is.
  ///
  /// @param roles those of the rotation
  List<Problem> problems(List<String> roles) {
    List<Problem> problems = new ArrayList<>();
    if (reminder != null
        && !reminder.isZero()
        && (reminder.compareTo(SHORTEST) < 0 || reminder.compareTo(LONGEST) > 0)) {
      problems.add(
          RotationInput.wrong(
              "reminderMinutes",
              "Reminder",
              reminder.toMinutes() + " minutes",
              "0 for none, or 15 minutes to 7 days (10080)"));
    }
    if (group != null && (group.id().isBlank() || group.id().length() > LONGEST_GROUP)) {
      problems.add(
          RotationInput.wrong(
              "group.id",
              "Group",
              RotationInput.typed(group.id()),
              "the network's id of a group, 1 to 80 characters"));
    }
    if (group != null && group.role() != null && !roles.contains(group.role())) {
      problems.add(
          RotationInput.wrong(
              "group.role",
              "Role of the group",
              RotationInput.typed(group.role()),
              String.join(", ", roles)));
    }
    problems.addAll(handoff.problems());
    return problems;
  }
}
