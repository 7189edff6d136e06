package dev.bothy.app.rotations.web;

import dev.bothy.app.rotations.HandoffRules;
import dev.bothy.app.rotations.NoteReaders;
import dev.bothy.app.rotations.Telling;
import dev.bothy.app.rotations.Tellings;
import dev.bothy.platform.api.ApiArea;
import dev.bothy.platform.api.ApiProblem;
import dev.bothy.platform.api.Problems;
import dev.bothy.platform.kernel.Problem;
import dev.bothy.platform.people.Role;
import dev.bothy.platform.people.Viewer;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import java.time.format.TextStyle;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;

/// What a rotation tells people beside its hand-offs, for programs.
@ApiArea(name = "rotations", about = "On-duty rotations")
@RequestMapping(
    path = "/api/v1/workspaces/{workspace}/rotations/{id}/telling",
    produces = MediaType.APPLICATION_JSON_VALUE)
class TellingApi {
  private static final int ONE_DAY = 1440;
  private static final String OPTIONAL = "optional";
  private static final String EXPECTED = "expected";
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm", Locale.ROOT);

  private final Tellings tellings;

  TellingApi(Tellings tellings) {
    this.tellings = tellings;
  }

  @Schema(name = "RotationLookAhead", description = "A time of the week, in the rotation's zone.")
  record LookAheadDocument(
      @Schema(description = "`mon` to `sun`.", example = "mon") @Nullable String day,
      @Schema(example = "08:00") @Nullable String time) {}

  @Schema(name = "RotationGroup", description = "A group of the network: whoever is on duty.")
  record GroupDocument(
      @Schema(description = "The network's id of the group.", example = "S0123456789")
          @Nullable String id,
      @Schema(description = "Whose; null for the first role.") @Nullable String role) {}

  @Schema(
      name = "RotationHandoff",
      description = "What is expected of a hand-off; what is absent is as by default.")
  record HandoffDocument(
      @Schema(
              description =
                  "Items that whoever is on duty ticks off for the next person: up to 20 of 1 to 75"
                      + " characters. They say nothing of a person. Absent: none.")
          @Nullable List<@Nullable String> checklist,
      @Schema(
              description =
                  "`expected`: people are reminded of a missing note and of a hand-off that nobody"
                      + " acknowledged. `optional`: they are not.",
              example = "expected")
          @Nullable String note,
      @Schema(
              description =
                  "How many minutes before the end of a shift its person is reminded: 15 to 1440;"
                      + " absent: 30.")
          @Nullable Integer noteReminderMinutes,
      @Schema(
              description =
                  "How many minutes after a hand-off the next person is reminded to acknowledge it:"
                      + " 15 to 10080, or 0 for never; absent: 120.")
          @Nullable Integer acknowledgeMinutes,
      @Schema(
              description =
                  "Who reads the notes: `next`, the next person alone; `rotation`, everyone in the"
                      + " rotation, too; `owners`, the workspace's owners, too. Absent: `next`. Of"
                      + " another value than before, notes that were handed over go.",
              example = "next")
          @Nullable String readers) {}

  @Schema(name = "RotationTelling", description = "What people are told beside hand-offs.")
  record TellingDocument(
      @Schema(
              description =
                  "How many minutes before a shift its person is reminded: 15 to 10080, or 0 for"
                      + " never. Null: an hour before shifts of at least eight hours.")
          @Nullable Integer reminderMinutes,
      @Schema(description = "When the channel hears of the next seven days; null for never.")
          @Nullable LookAheadDocument lookAhead,
      @Schema(description = "Whether the channel's topic says who is on duty; absent: no.")
          @Nullable Boolean topic,
      @Schema(description = "Null for none.") @Nullable GroupDocument group,
      @Schema(description = "Null or absent: as by default.") @Nullable HandoffDocument handoff,
      @Schema(
              description =
                  "How often it was saved. Sent with a change, it is refused when somebody else has"
                      + " saved in between; absent: it is not asked.")
          @Nullable Long revision,
      @Schema(
              accessMode = Schema.AccessMode.READ_ONLY,
              description = "What the network refused lately; null when nothing.")
          @Nullable String problem) {}

  @GetMapping
  @Operation(
      summary = "Show what a rotation tells people",
      description =
          "Reminders, the look-ahead, topic and group, and what is expected of a hand-off. Notes"
              + " themselves are not among it.")
  TellingDocument get(Viewer viewer, @PathVariable UUID id) {
    return tellings
        .find(viewer.workspace(), id)
        .map(TellingApi::document)
        .orElseThrow(() -> ApiProblem.of(Problems.NOT_FOUND));
  }

  @PutMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
  @Operation(
      summary = "Set what a rotation tells people",
      description = "All of it; what is left out is as it is by default. Needs the role admin.")
  TellingDocument set(Viewer viewer, @PathVariable UUID id, @RequestBody TellingDocument wanted) {
    viewer.require(Role.ADMIN);
    return switch (tellings.save(
        viewer.workspace(),
        RotationsController.actor(viewer),
        id,
        telling(wanted),
        wanted.revision())) {
      case Tellings.Outcome.Done(Tellings.Standing standing) -> document(standing);
      case Tellings.Outcome.Refused(List<Problem> problems) -> throw ApiProblem.invalid(problems);
      case Tellings.Outcome.Outdated _ -> throw ApiProblem.of(Problems.CONFLICT);
      case Tellings.Outcome.NotFound() -> throw ApiProblem.of(Problems.NOT_FOUND);
    };
  }

  private static Telling telling(TellingDocument wanted) {
    List<Problem> problems = new ArrayList<>();
    Integer minutes = wanted.reminderMinutes();
    if (minutes != null && (minutes < 0 || minutes > 7 * ONE_DAY)) {
      problems.add(wrong("reminderMinutes", "0 for none, or 15 to 10080"));
    }
    LookAheadDocument ahead = wanted.lookAhead();
    Telling.LookAhead lookAhead = null;
    if (ahead != null) {
      DayOfWeek day = day(ahead.day());
      LocalTime time = time(ahead.time());
      if (day == null) {
        problems.add(wrong("lookAhead.day", "mon, tue, wed, thu, fri, sat, sun"));
      }
      if (time == null) {
        problems.add(wrong("lookAhead.time", "00:00 to 23:59"));
      }
      lookAhead = day == null || time == null ? null : new Telling.LookAhead(day, time);
    }
    HandoffRules handoff = handoff(wanted.handoff(), problems);
    if (!problems.isEmpty()) {
      throw ApiProblem.invalid(problems);
    }
    GroupDocument group = wanted.group();
    return new Telling(
        minutes == null ? null : Duration.ofMinutes(minutes),
        lookAhead,
        Boolean.TRUE.equals(wanted.topic()),
        group == null
            ? null
            : new Telling.DutyGroup(group.id() == null ? "" : group.id().strip(), group.role()),
        handoff);
  }

  private static HandoffRules handoff(@Nullable HandoffDocument wanted, List<Problem> problems) {
    HandoffRules none = HandoffRules.DEFAULT;
    if (wanted == null) {
      return none;
    }
    String note = wanted.note() == null ? OPTIONAL : wanted.note();
    if (!note.equals(OPTIONAL) && !note.equals(EXPECTED)) {
      problems.add(wrong("handoff.note", OPTIONAL + ", " + EXPECTED));
    }
    Optional<NoteReaders> readers =
        wanted.readers() == null ? Optional.of(none.readers()) : NoteReaders.of(wanted.readers());
    if (readers.isEmpty()) {
      problems.add(wrong("handoff.readers", "next, rotation, owners"));
    }
    return new HandoffRules(
        items(wanted.checklist()),
        note.equals(EXPECTED),
        minutes(wanted.noteReminderMinutes(), none.noteReminder()),
        minutes(wanted.acknowledgeMinutes(), none.acknowledgeReminder()),
        readers.orElse(none.readers()));
  }

  private static List<String> items(@Nullable List<@Nullable String> typed) {
    return typed == null
        ? List.of()
        : typed.stream().map(item -> item == null ? "" : item.strip()).toList();
  }

  private static Duration minutes(@Nullable Integer typed, Duration none) {
    return typed == null ? none : Duration.ofMinutes(typed);
  }

  private static HandoffDocument document(HandoffRules rules) {
    return new HandoffDocument(
        new ArrayList<@Nullable String>(rules.checklist()),
        rules.noteExpected() ? EXPECTED : OPTIONAL,
        (int) rules.noteReminder().toMinutes(),
        (int) rules.acknowledgeReminder().toMinutes(),
        rules.readers().word());
  }

  private static Problem wrong(String field, String allowed) {
    return Problem.ofField("rotations.telling", field, field + ": allowed is " + allowed);
  }

  static @Nullable DayOfWeek day(@Nullable String typed) {
    return Arrays.stream(DayOfWeek.values())
        .filter(day -> word(day).equals(typed))
        .findFirst()
        .orElse(null);
  }

  static String word(DayOfWeek day) {
    return day.getDisplayName(TextStyle.SHORT, Locale.ENGLISH).toLowerCase(Locale.ROOT);
  }

  static @Nullable LocalTime time(@Nullable String typed) {
    try {
      return typed == null ? null : LocalTime.parse(typed, TIME);
    } catch (DateTimeException _) {
      return null;
    }
  }

  private static TellingDocument document(Tellings.Standing standing) {
    Telling telling = standing.telling();
    Duration reminder = telling.reminder();
    Telling.LookAhead ahead = telling.lookAhead();
    Telling.DutyGroup group = telling.group();
    return new TellingDocument(
        reminder == null ? null : (int) reminder.toMinutes(),
        ahead == null ? null : new LookAheadDocument(word(ahead.day()), ahead.time().format(TIME)),
        telling.topic(),
        group == null ? null : new GroupDocument(group.id(), group.role()),
        document(telling.handoff()),
        standing.revision(),
        standing.problem());
  }
}
