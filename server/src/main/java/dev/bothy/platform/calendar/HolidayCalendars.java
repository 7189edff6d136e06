package dev.bothy.platform.calendar;

import dev.bothy.platform.audit.Actor;
import dev.bothy.platform.audit.Audit;
import dev.bothy.platform.audit.Subject;
import dev.bothy.platform.bin.Bin;
import dev.bothy.platform.kernel.Ids;
import dev.bothy.platform.kernel.Problem;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.UUID;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Service;

/// The calendars of free days of a workspace. Called within a transaction of the workspace; every
/// change is audited, and told to each [HolidayWatcher] within it. A [HolidayOutcome] other than
/// [HolidayOutcome.Done] means that nothing was written.
@Service
public class HolidayCalendars {
  /// A workspace has at most this many calendars, those in the bin apart.
  public static final int MOST = 50;

  private final HolidayTable table;
  private final Bin bin;
  private final Audit audit;
  private final ObjectProvider<HolidayWatcher> watchers;
  private final Clock clock;

  HolidayCalendars(
      HolidayTable table,
      Bin bin,
      Audit audit,
      ObjectProvider<HolidayWatcher> watchers,
      Clock clock) {
    this.table = table;
    this.bin = bin;
    this.audit = audit;
    this.watchers = watchers;
    this.clock = clock;
  }

  /// All that are not deleted, by name.
  public List<HolidayCalendar> all() {
    return table.living();
  }

  /// Those in the bin, the latest first.
  public List<HolidayCalendar> deleted() {
    return table.deleted();
  }

  /// The calendar with this id; empty when there is none, or it is in the bin.
  public Optional<HolidayCalendar> find(UUID id) {
    return table.living(id);
  }

  /// The calendar with this id, deleted or not.
  Optional<HolidayCalendar> any(UUID id) {
    return table.any(id);
  }

  /// Makes a calendar.
  public HolidayOutcome create(Actor actor, HolidayInput input) {
    table.lock();
    List<Problem> problems = new ArrayList<>();
    if (table.living().size() >= MOST) {
      problems.add(tooManyCalendars());
    }
    return switch (read(input, Optional.empty(), problems)) {
      case HolidayInput.Reading.Wrong(List<Problem> wrong) -> new HolidayOutcome.Refused(wrong);
      case HolidayInput.Reading.Good(String name, SortedMap<LocalDate, String> days) -> {
        UUID id = Ids.next(clock);
        changing(
            id,
            () -> {
              table.insert(id, name, clock.instant());
              table.setDays(id, days);
            });
        yield done(actor, "calendar.holidays-created", id);
      }
    };
  }

  /// Gives a calendar this name and these days, all of them.
  public HolidayOutcome change(Actor actor, UUID id, HolidayInput input) {
    table.lock();
    if (table.living(id).isEmpty()) {
      return new HolidayOutcome.NotFound();
    }
    return switch (read(input, Optional.of(id), new ArrayList<>())) {
      case HolidayInput.Reading.Wrong(List<Problem> wrong) -> new HolidayOutcome.Refused(wrong);
      case HolidayInput.Reading.Good(String name, SortedMap<LocalDate, String> days) -> {
        changing(
            id,
            () -> {
              table.rename(id, name);
              table.setDays(id, days);
            });
        yield done(actor, "calendar.holidays-changed", id);
      }
    };
  }

  /// Lets nobody else change calendars until the transaction ends.
  void lock() {
    table.lock();
  }

  /// Gives one that is not in the bin these days, all of them.
  HolidayOutcome setDays(Actor actor, UUID id, SortedMap<LocalDate, String> days) {
    changing(id, () -> table.setDays(id, days));
    return done(actor, "calendar.holidays-changed", id);
  }

  /// Puts a calendar into the bin: its days count no more, until [#restore] brings it back.
  public HolidayOutcome delete(Actor actor, UUID id) {
    table.lock();
    Optional<HolidayCalendar> found = table.living(id);
    if (found.isEmpty()) {
      return new HolidayOutcome.NotFound();
    }
    changing(id, () -> table.setDeleted(id, clock.instant()));
    bin.put(new Bin.Deleted(HolidayBin.KIND, id.toString(), HolidayBin.APP, actor));
    return told(actor, "calendar.holidays-deleted", found.get());
  }

  /// Brings a deleted calendar back as it was. Refused when its name was given to another.
  public HolidayOutcome restore(Actor actor, UUID id) {
    table.lock();
    Optional<HolidayCalendar> found = table.any(id);
    if (found.isEmpty() || table.living(id).isPresent()) {
      return new HolidayOutcome.NotFound();
    }
    if (table.named(found.get().name()).isPresent()) {
      return new HolidayOutcome.Refused(List.of(nameIsTaken(found.get().name())));
    }
    if (table.living().size() >= MOST) {
      return new HolidayOutcome.Refused(List.of(tooManyCalendars()));
    }
    if (!bin.takeOut(HolidayBin.KIND, id.toString())) {
      return new HolidayOutcome.NotFound();
    }
    changing(id, () -> table.setDeleted(id, null));
    return told(actor, "calendar.holidays-restored", found.get());
  }

  /// Ends one that is in the bin for good.
  void erase(Actor actor, UUID id) {
    if (table.erase(id)) {
      audit.record(actor, "calendar.holidays-erased", Subject.of(HolidayBin.KIND, id));
    }
  }

  private HolidayInput.Reading read(
      HolidayInput input, Optional<UUID> itself, List<Problem> problems) {
    HolidayInput.Reading reading = input.read();
    switch (reading) {
      case HolidayInput.Reading.Wrong(List<Problem> wrong) -> problems.addAll(wrong);
      case HolidayInput.Reading.Good(String name, var _) ->
          table
              .named(name)
              .filter(other -> !itself.equals(Optional.of(other)))
              .ifPresent(_ -> problems.add(nameIsTaken(name)));
    }
    return problems.isEmpty() ? reading : new HolidayInput.Reading.Wrong(problems);
  }

  private HolidayOutcome done(Actor actor, String action, UUID id) {
    return told(actor, action, table.living(id).orElseThrow());
  }

  private HolidayOutcome told(Actor actor, String action, HolidayCalendar calendar) {
    audit.record(actor, action, Subject.of(HolidayBin.KIND, calendar.id()));
    return new HolidayOutcome.Done(calendar);
  }

  /// Makes a change between the two words that each watcher has of it.
  private void changing(UUID calendar, Runnable change) {
    List<Runnable> afterwards =
        watchers.orderedStream().map(watcher -> watcher.holidaysChanging(calendar)).toList();
    change.run();
    afterwards.forEach(Runnable::run);
  }

  private static Problem nameIsTaken(String name) {
    return AbsenceInput.wrong(
        HolidayInput.NAME,
        "Name: another calendar is called \""
            + name
            + "\". Allowed: a name that no other calendar of this workspace has");
  }

  private static Problem tooManyCalendars() {
    return AbsenceInput.wrong(
        HolidayInput.NAME,
        "Name: there are " + MOST + " calendars, and no more are allowed. Delete one first");
  }
}
