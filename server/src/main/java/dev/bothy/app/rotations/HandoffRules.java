package dev.bothy.app.rotations;

import dev.bothy.platform.kernel.Problem;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// What a rotation expects of a hand-off.
///
/// @param checklist what whoever is on duty ticks off for the next person; items of the team's own,
///   which say nothing of a person; may be empty
/// @param noteExpected whether people are reminded of what is missing: a note, or every item ticked
/// @param noteReminder how long before the end of a shift its person is reminded, in whole minutes
/// @param acknowledgeReminder how long after a hand-off the next person is reminded to acknowledge
///   it, in whole minutes; zero for never
/// @param readers who reads the notes
public record HandoffRules(
    List<String> checklist,
    boolean noteExpected,
    Duration noteReminder,
    Duration acknowledgeReminder,
    NoteReaders readers) {
  /// As they are unless somebody said otherwise.
  public static final HandoffRules DEFAULT =
      new HandoffRules(
          List.of(), false, Duration.ofMinutes(30), Duration.ofHours(2), NoteReaders.NEXT);

  /// How many items a checklist has at most.
  public static final int MOST_ITEMS = 20;

  /// The longest item, in characters: as long as networks let a choice be.
  public static final int LONGEST_ITEM = 75;

  /// How long after a hand-off its note can still be written.
  static final Duration WINDOW = Duration.ofHours(24);

  private static final Duration SHORTEST = Duration.ofMinutes(15);
  private static final Duration LONGEST_NOTE_REMINDER = Duration.ofDays(1);
  private static final Duration LONGEST_ACKNOWLEDGEMENT = Duration.ofDays(7);

  public HandoffRules {
    checklist = List.copyOf(checklist);
  }

  /// What is not allowed, if anything is; fields as the API names them.
  List<Problem> problems() {
    List<Problem> problems = new ArrayList<>(checklistProblems());
    if (noteReminder.compareTo(SHORTEST) < 0 || noteReminder.compareTo(LONGEST_NOTE_REMINDER) > 0) {
      problems.add(
          RotationInput.wrong(
              "handoff.noteReminderMinutes",
              "Reminder before the end",
              noteReminder.toMinutes() + " minutes",
              "15 minutes to a day (1440)"));
    }
    if (!acknowledgeReminder.isZero()
        && (acknowledgeReminder.compareTo(SHORTEST) < 0
            || acknowledgeReminder.compareTo(LONGEST_ACKNOWLEDGEMENT) > 0)) {
      problems.add(
          RotationInput.wrong(
              "handoff.acknowledgeMinutes",
              "Reminder to acknowledge",
              acknowledgeReminder.toMinutes() + " minutes",
              "0 for never, or 15 minutes to 7 days (10080)"));
    }
    return problems;
  }

  private List<Problem> checklistProblems() {
    List<Problem> problems = new ArrayList<>();
    if (checklist.size() > MOST_ITEMS) {
      problems.add(wrong(checklist.size() + " items", "at most " + MOST_ITEMS + " items"));
    }
    Set<String> seen = new HashSet<>();
    for (int index = 0; index < checklist.size(); index++) {
      String item = checklist.get(index);
      String which = "item " + (index + 1);
      int length = item.codePointCount(0, item.length());
      if (item.isBlank()) {
        problems.add(wrong(which + " is empty", "1 to " + LONGEST_ITEM + " characters"));
      } else if (length > LONGEST_ITEM) {
        problems.add(
            wrong(
                which + " has " + length + " characters", "1 to " + LONGEST_ITEM + " characters"));
      } else if (item.chars().anyMatch(Character::isISOControl)) {
        problems.add(wrong(which + " has a line break or a control character", "one line"));
      } else if (!seen.add(item)) {
        problems.add(wrong(which + " is on the list before", "each item once"));
      }
    }
    return problems;
  }

  private static Problem wrong(String found, String allowed) {
    return RotationInput.wrong("handoff.checklist", "Checklist", found, allowed);
  }
}
