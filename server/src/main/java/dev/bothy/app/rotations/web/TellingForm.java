package dev.bothy.app.rotations.web;

import dev.bothy.app.rotations.HandoffRules;
import dev.bothy.app.rotations.NoteReaders;
import dev.bothy.app.rotations.Telling;
import dev.bothy.app.rotations.Tellings;
import dev.bothy.platform.kernel.Problem;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalTime;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The form of what a rotation tells and expects, as it was filled in: all text, kept as it is when
/// something is wrong.
///
/// @param revision the one that was opened
/// @param reminder in minutes; empty for the default, 0 for never
/// @param day `mon` to `sun`; empty for no look-ahead
/// @param time of the look-ahead, HH:MM
/// @param topic `yes`, or empty
/// @param group the network's id; empty for none
/// @param role whose the group is; empty for the first
/// @param note `yes` where one is expected, or empty
/// @param noteReminder in minutes; empty for the default
/// @param acknowledge in minutes; empty for the default, 0 for never
/// @param checklist an item on each line
/// @param readers see [NoteReaders#word]
record TellingForm(
    String revision,
    String reminder,
    String day,
    String time,
    String topic,
    String group,
    String role,
    String note,
    String noteReminder,
    String acknowledge,
    String checklist,
    String readers) {
  private static final String YES = "yes";

  // Whoever sends less than the form does left it empty.
  TellingForm {
    revision = Objects.requireNonNullElse(revision, "");
    reminder = Objects.requireNonNullElse(reminder, "");
    day = Objects.requireNonNullElse(day, "");
    time = Objects.requireNonNullElse(time, "");
    topic = Objects.requireNonNullElse(topic, "");
    group = Objects.requireNonNullElse(group, "");
    role = Objects.requireNonNullElse(role, "");
    note = Objects.requireNonNullElse(note, "");
    noteReminder = Objects.requireNonNullElse(noteReminder, "");
    acknowledge = Objects.requireNonNullElse(acknowledge, "");
    checklist = Objects.requireNonNullElse(checklist, "");
    readers = Objects.requireNonNullElse(readers, "");
  }

  static TellingForm of(Tellings.Standing standing) {
    Telling telling = standing.telling();
    Telling.LookAhead ahead = telling.lookAhead();
    Telling.DutyGroup group = telling.group();
    Duration reminder = telling.reminder();
    HandoffRules handoff = telling.handoff();
    return new TellingForm(
        Long.toString(standing.revision()),
        reminder == null ? "" : minutes(reminder),
        ahead == null ? "" : TellingApi.word(ahead.day()),
        ahead == null ? "" : ahead.time().toString(),
        telling.topic() ? YES : "",
        group == null ? "" : group.id(),
        group == null || group.role() == null ? "" : group.role(),
        handoff.noteExpected() ? YES : "",
        minutes(handoff.noteReminder()),
        minutes(handoff.acknowledgeReminder()),
        String.join("\n", handoff.checklist()),
        handoff.readers().word());
  }

  private static String minutes(Duration duration) {
    return Long.toString(duration.toMinutes());
  }

  /// The same, to be saved over what somebody else has saved in between.
  TellingForm at(long other) {
    return new TellingForm(
        Long.toString(other),
        reminder,
        day,
        time,
        topic,
        group,
        role,
        note,
        noteReminder,
        acknowledge,
        checklist,
        readers);
  }

  public boolean topicIsSet() {
    return topic.equals(YES);
  }

  public boolean noteIsExpected() {
    return note.equals(YES);
  }

  /// The revision that was opened; null where the form did not say.
  @Nullable Long opened() {
    try {
      return revision.isBlank() ? null : Long.valueOf(revision.strip());
    } catch (NumberFormatException _) {
      return null;
    }
  }

  /// What is meant.
  ///
  /// @param problems what cannot be read is added, fields as the API names them
  Telling read(List<Problem> problems) {
    HandoffRules none = HandoffRules.DEFAULT;
    Duration before = read("reminderMinutes", "Reminder", reminder, problems);
    Duration noteBefore =
        read("handoff.noteReminderMinutes", "Reminder before the end", noteReminder, problems);
    Duration acknowledged =
        read("handoff.acknowledgeMinutes", "Reminder to acknowledge", acknowledge, problems);
    Optional<NoteReaders> who =
        readers.isEmpty() ? Optional.of(none.readers()) : NoteReaders.of(readers);
    if (who.isEmpty()) {
      problems.add(wrong("handoff.readers", "Who reads the notes", "one of those offered"));
    }
    return new Telling(
        before,
        lookAhead(problems),
        topicIsSet(),
        group.isBlank() ? null : new Telling.DutyGroup(group.strip(), role.isEmpty() ? null : role),
        new HandoffRules(
            checklist.lines().map(String::strip).filter(line -> !line.isEmpty()).toList(),
            noteIsExpected(),
            noteBefore == null ? none.noteReminder() : noteBefore,
            acknowledged == null ? none.acknowledgeReminder() : acknowledged,
            who.orElse(none.readers())));
  }

  private Telling.@Nullable LookAhead lookAhead(List<Problem> problems) {
    if (day.isEmpty()) {
      return null;
    }
    DayOfWeek which = TellingApi.day(day);
    LocalTime at = TellingApi.time(time.strip());
    if (which == null) {
      problems.add(wrong("lookAhead.day", "Day", "one of those offered"));
    }
    if (at == null) {
      problems.add(wrong("lookAhead.time", "Time", "00:00 to 23:59, such as 08:00"));
    }
    return which == null || at == null ? null : new Telling.LookAhead(which, at);
  }

  private static @Nullable Duration read(
      String field, String label, String typed, List<Problem> problems) {
    if (typed.isBlank()) {
      return null;
    }
    try {
      int minutes = Integer.parseInt(typed.strip());
      if (minutes >= 0) {
        return Duration.ofMinutes(minutes);
      }
    } catch (NumberFormatException _) {
      // Answered below, as a number below zero is.
    }
    problems.add(wrong(field, label, "a whole number of minutes"));
    return null;
  }

  private static Problem wrong(String field, String label, String allowed) {
    return Problem.ofField(
        "rotations.telling", field, label + ": what was typed is not allowed. Allowed: " + allowed);
  }
}
