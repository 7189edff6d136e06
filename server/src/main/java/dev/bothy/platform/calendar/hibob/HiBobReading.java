package dev.bothy.platform.calendar.hibob;

import dev.bothy.platform.calendar.AbsenceOrigin;
import dev.bothy.platform.calendar.AbsenceSource;
import dev.bothy.platform.calendar.Absences;
import dev.bothy.platform.calendar.Told;
import dev.bothy.platform.calendar.hibob.HiBobClient.Change;
import dev.bothy.platform.calendar.hibob.TimeOffTimes.Away;
import dev.bothy.platform.chat.Account;
import dev.bothy.platform.chat.Chat;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.springframework.stereotype.Component;

/// Makes absences of what HiBob tells. Called within a transaction of the workspace, with the
/// connection locked.
@Component
class HiBobReading {
  /// So many absences do not end at once; a permission that was taken away looks like that.
  private static final int SUSPICIOUS = 5;

  private final Absences absences;
  private final HiBobTable table;
  private final Chat chat;

  HiBobReading(Absences absences, HiBobTable table, Chat chat) {
    this.absences = absences;
    this.table = table;
    this.chat = chat;
  }

  /// The days that are looked at.
  ///
  /// @param last included
  record Window(LocalDate first, LocalDate last) {
    static Window around(Instant now) {
      LocalDate today = now.atOffset(ZoneOffset.UTC).toLocalDate();
      return new Window(today.minusDays(31), today.plusDays(365));
    }

    Instant from() {
      return first.atStartOfDay(ZoneOffset.UTC).toInstant();
    }

    Instant until() {
      return last.plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant();
    }
  }

  /// What changed.
  ///
  /// @param told new or changed
  /// @param leftOut requests of a few hours that do not say which
  /// @param isSuspicious whether nothing was changed, since it would have taken all away
  record Result(int told, int forgotten, int leftOut, boolean isSuspicious) {
    static final Result NONE = new Result(0, 0, 0, false);

    boolean isNone() {
      return told == 0 && forgotten == 0;
    }
  }

  /// Makes what is known what HiBob tells.
  Result compare(UUID id, Window window, List<TimeOff> timeOff) {
    AbsenceOrigin origin = origin(id);
    Set<String> known = absences.known(origin, window.from(), window.until());
    if (timeOff.isEmpty() && known.size() >= SUSPICIOUS) {
      return new Result(0, 0, 0, true);
    }
    Map<String, Told> told = new LinkedHashMap<>();
    int leftOut = 0;
    Map<String, List<HiBobMatch>> accounts = accounts();
    for (TimeOff each : timeOff) {
      leftOut += add(told, each, accounts, window) ? 0 : 1;
    }
    Set<String> gone = new HashSet<>(known);
    gone.removeAll(told.keySet());
    return new Result(
        absences.tell(origin, told.values()), absences.forget(origin, gone), leftOut, false);
  }

  /// Takes over changes in the order in which they happened: of a request the last one counts.
  Result change(UUID id, Window window, List<Change> changes) {
    Map<String, Change> last = new LinkedHashMap<>();
    Set<String> touched = new HashSet<>();
    for (Change change : changes) {
      last.put(change.request().request(), change);
      touched.add(change.request().request());
      if (change.request().previous() != null) {
        touched.add(change.request().previous());
      }
    }
    Map<String, Told> told = new LinkedHashMap<>();
    int leftOut = 0;
    Map<String, List<HiBobMatch>> accounts = accounts();
    for (Change change : last.values()) {
      boolean replaced =
          last.values().stream()
              .anyMatch(other ->
                  other.away() && change.request().request().equals(other.request().previous()));
      if (change.away() && !replaced) {
        leftOut += add(told, change.request(), accounts, window) ? 0 : 1;
      }
    }
    AbsenceOrigin origin = origin(id);
    Set<String> gone = new HashSet<>(absences.known(origin, window.from(), window.until()));
    gone.removeIf(
        each -> told.containsKey(each) || !touched.contains(each.substring(0, each.indexOf('/'))));
    return new Result(
        absences.tell(origin, told.values()), absences.forget(origin, gone), leftOut, false);
  }

  static AbsenceOrigin origin(UUID id) {
    return new AbsenceOrigin(AbsenceSource.HIBOB, id);
  }

  private Map<String, List<HiBobMatch>> accounts() {
    Map<String, List<HiBobMatch>> accounts = new LinkedHashMap<>();
    table
        .matches()
        .forEach(
            match -> accounts.computeIfAbsent(match.employee(), _ -> new ArrayList<>()).add(match));
    return accounts;
  }

  /// @return false if it is of a few hours that it does not say
  private boolean add(
      Map<String, Told> told,
      TimeOff request,
      Map<String, List<HiBobMatch>> accounts,
      Window window) {
    boolean placed = true;
    for (HiBobMatch match : accounts.getOrDefault(request.employee(), List.of())) {
      ZoneId zone =
          chat.account(match.connection(), match.account())
              .map(Account::zone)
              .orElse(ZoneOffset.UTC);
      List<Away> times = TimeOffTimes.of(request, zone, window.last());
      placed &= !times.isEmpty();
      for (int i = 0; i < times.size(); i++) {
        Away away = times.get(i);
        // Somebody may have an account in two networks.
        String id =
            request.request() + "/" + i + "/" + match.connection().value() + "/" + match.account();
        if (away.to().isAfter(window.from())) {
          told.put(
              id,
              new Told(
                  id,
                  match.connection(),
                  match.account(),
                  away.from(),
                  away.to(),
                  away.allDay(),
                  request.leave()));
        }
      }
    }
    return placed;
  }
}
