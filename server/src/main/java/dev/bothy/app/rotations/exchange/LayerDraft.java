package dev.bothy.app.rotations.exchange;

import dev.bothy.app.rotations.plan.Activity;
import dev.bothy.app.rotations.plan.Cadence;
import dev.bothy.app.rotations.plan.HandoffTimes;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A layer as its source counts it, on its way to how we do: from the turn that runs now.
///
/// @param turns from the source's first one, with which the first of the people begins
/// @param counts whose turn it is after one without duty
/// @param from when the layer begins, at or after its first turn; null if with it
record LayerDraft(
    String name,
    Turns turns,
    WeekHours hours,
    List<ImportedPerson> people,
    Counts counts,
    @Nullable Instant from,
    @Nullable Instant until) {
  /// What a turn without any active time does to the order.
  enum Counts {
    /// It is somebody's all the same.
    EVERY_TURN,
    /// It is nobody's, as with us.
    ACTIVE_TURNS
  }

  /// So many are counted: 500 years of days.
  private static final long MOST_TURNS = 200_000;

  /// The pattern of active turns repeats within a week of hourly ones.
  private static final int PATTERN = 168;

  /// @throws Unreadable if nobody is in it, nobody would ever be on duty, it is over, or its first
  ///   turn is too long ago to count from
  ImportedLayer layer(String role, Instant now) throws Unreadable {
    if (people.stream().allMatch(ImportedPerson::isNobody)) {
      throw new Unreadable("nobody is in it");
    }
    if (until != null && !until.isAfter(now)) {
      throw new Unreadable("it ended on " + until.atZone(turns.zone()).toLocalDate());
    }
    Instant begin = from != null && from.isAfter(now) ? from : now;
    long number = Math.max(0, turns.running(begin));
    long first = firstActive(number);
    LocalDateTime handoff = turns.wallClock(first);
    return new ImportedLayer(
        name,
        role,
        new HandoffTimes(
            new Cadence.Custom(turns.every(), turns.unit()),
            handoff.toLocalDate(),
            handoff.toLocalTime(),
            turns.zone()),
        activity(handoff.toLocalTime()),
        order(first),
        begin.isAfter(now) || turns.at(0).isAfter(now) ? later(begin) : null,
        until);
  }

  /// What is said about it beside what is in it.
  void tell(Report report, String place, ImportSource source) {
    if (orderDiffers()) {
      report.add(
          place,
          "After a time without duty, the next in order may be another person.",
          source.title() + " gives such a turn to somebody; here nobody's turn is used up by it.");
    }
    List<ImportedPerson> somebody = people.stream().filter(each -> !each.isNobody()).toList();
    if (Set.copyOf(somebody).size() < somebody.size()) {
      report.add(
          place,
          "Somebody who is in the order several times is in it once.",
          "Here each person has one place in the order.");
    }
  }

  private Activity activity(LocalTime handoff) {
    Set<DayOfWeek> days = hours.daysFrom(handoff);
    return days.isEmpty()
        ? new Activity(EnumSet.allOf(DayOfWeek.class), hours.blocks(), Set.of())
        : new Activity(days, List.of(), Set.of());
  }

  private List<ImportedPerson> order(long first) throws Unreadable {
    List<ImportedPerson> rotated = new ArrayList<>(people);
    Collections.rotate(rotated, -turnsBefore(first));
    List<ImportedPerson> order = new ArrayList<>();
    for (ImportedPerson person : rotated) {
      if (person.isNobody() || !order.contains(person)) {
        order.add(person);
      }
    }
    return order;
  }

  /// Whether the order of the people differs from the source's after a turn without duty.
  private boolean orderDiffers() {
    if (counts == Counts.ACTIVE_TURNS || Set.copyOf(people).size() < 2) {
      return false;
    }
    // Both begin with the same person, at the first turn with duty.
    long first = 0;
    while (first < PATTERN && !active(first)) {
      first++;
    }
    long ours = first;
    for (long number = first; number < first + 2 * PATTERN; number++) {
      if (active(number)) {
        if (!person(number).equals(person(ours))) {
          return true;
        }
        ours++;
      }
    }
    return false;
  }

  private ImportedPerson person(long number) {
    return people.get(Math.floorMod(number, people.size()));
  }

  private Instant later(Instant begin) {
    return turns.at(0).isAfter(begin) ? turns.at(0) : begin;
  }

  private long firstActive(long number) throws Unreadable {
    for (long at = number; at <= number + PATTERN; at++) {
      if (active(at)) {
        return at;
      }
    }
    throw new Unreadable("it has no hours in which anybody is on duty");
  }

  private int turnsBefore(long number) throws Unreadable {
    if (counts == Counts.ACTIVE_TURNS && number > MOST_TURNS) {
      throw new Unreadable("its first turn is too long ago to count from");
    }
    return switch (counts) {
      case EVERY_TURN -> Math.floorMod(number, people.size());
      case ACTIVE_TURNS -> {
        int active = 0;
        for (long at = 0; at < number; at++) {
          active += active(at) ? 1 : 0;
        }
        yield active % people.size();
      }
    };
  }

  private boolean active(long number) {
    return hours.anyBetween(turns.wallClock(number), turns.wallClock(number + 1));
  }
}
