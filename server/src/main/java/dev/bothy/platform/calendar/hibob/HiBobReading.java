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
  /// So many requests, and more than half of those that are known, do not end at once; a permission
  /// that was taken away, or half an answer, looks like that.
  private static final int SUSPICIOUS = 5;

  /// What is told then.
  static final String SUSPICION =
      "HiBob tells no more of most of the time off that it told before, so nothing was changed. Look"
          + " at the service user's permissions; if it is right, compare all and believe it.";

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

    boolean touches(TimeOff request) {
      LocalDate end = request.last();
      return !request.first().isAfter(last) && (end == null || !end.isBefore(first));
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
  ///
  /// @param believed whether that may take most of it away
  Result compare(UUID id, Window window, List<TimeOff> timeOff, boolean believed) {
    AbsenceOrigin origin = origin(id);
    Set<String> known = absences.known(origin, window.from(), window.until());
    if (!believed && isSuspicious(known, timeOff)) {
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

  /// What goes because an account was taken from its employee is no cause for suspicion.
  private boolean isSuspicious(Set<String> known, List<TimeOff> timeOff) {
    Set<String> whose = new HashSet<>();
    table.matches().forEach(match -> whose.add(suffix(match)));
    Set<String> requests = new HashSet<>();
    for (String each : known) {
      String[] parts = each.split("/", 3);
      if (whose.contains(parts[2])) {
        requests.add(parts[0]);
      }
    }
    Set<String> gone = new HashSet<>(requests);
    timeOff.forEach(each -> gone.remove(each.request()));
    return gone.size() >= SUSPICIOUS && gone.size() * 2 > requests.size();
  }

  /// Takes over what became of the requests that have changed.
  ///
  /// @param now what of them is granted, as it is now, and perhaps others
  Result change(UUID id, Window window, List<Change> changes, List<TimeOff> now) {
    Set<String> touched = new HashSet<>();
    for (Change change : changes) {
      touched.add(change.request().request());
      if (change.request().previous() != null) {
        touched.add(change.request().previous());
      }
    }
    Map<String, Told> told = new LinkedHashMap<>();
    int leftOut = 0;
    Map<String, List<HiBobMatch>> accounts = accounts();
    for (TimeOff each : now) {
      if (touched.contains(each.request())) {
        leftOut += add(told, each, accounts, window) ? 0 : 1;
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

  private static String suffix(HiBobMatch match) {
    return match.connection().value() + "/" + match.account();
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
        String id = request.request() + "/" + i + "/" + suffix(match);
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
