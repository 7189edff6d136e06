package dev.bothy.platform.calendar;

import dev.bothy.platform.chat.Account;
import dev.bothy.platform.chat.Chat;
import dev.bothy.platform.chat.Connections;
import dev.bothy.platform.kernel.ConnectionId;
import dev.bothy.platform.kernel.Problem;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Component;

/// What an absence by hand has to be like. Called within a transaction of the workspace that holds
/// the account's lock.
@Component
class AbsenceRules {
  /// An absence by hand lasts at most this many years.
  static final int LONGEST_YEARS = 2;

  /// It begins at most this many years before or after now: nobody plans further, and a typed year
  /// such as 20226 is a mistake.
  static final int FURTHEST_YEARS = 5;

  /// An account has at most this many by hand that are not over.
  static final int MOST = 500;

  static final String PERSON = "person";
  static final String FROM = "from";
  static final String TO = "to";

  private final AbsenceTable table;
  private final Connections connections;
  private final Chat chat;
  private final Clock clock;

  AbsenceRules(AbsenceTable table, Connections connections, Chat chat, Clock clock) {
    this.table = table;
    this.connections = connections;
    this.chat = chat;
    this.clock = clock;
  }

  /// What checking came to.
  sealed interface Checked {
    /// It may be kept, with these times to the microsecond, as the database keeps them.
    record Good(Instant from, Instant to, boolean allDay) implements Checked {}

    /// @param problems one for each field that is wrong
    record Wrong(List<Problem> problems) implements Checked {}
  }

  /// @param itself the absence that gets other times; empty for a new one
  Checked check(
      ConnectionId connection, String account, AbsenceTimes times, Optional<UUID> itself) {
    List<Problem> problems = new ArrayList<>();
    Instant now = clock.instant();
    Instant from = times.from().truncatedTo(ChronoUnit.MICROS);
    Instant to = times.to().truncatedTo(ChronoUnit.MICROS);
    if (itself.isEmpty()) {
      checkPerson(connection, account, now, problems);
    }
    checkTimes(new AbsenceTimes(from, to, times.allDay(), times.zone()), now, problems);
    if (problems.isEmpty()) {
      table.of(connection, List.of(account), from, to).stream()
          .filter(other -> other.source().byHand())
          .filter(other -> !itself.equals(Optional.of(other.id())))
          .findFirst()
          .ifPresent(other ->
              problems.add(
                  wrong(
                      FROM,
                      "From: there is an absence already, "
                          + AbsenceWords.of(other.from(), other.to(), other.allDay(), times.zone())
                          + ". Change that one, or choose times that do not overlap with it")));
    }
    return problems.isEmpty()
        ? new Checked.Good(from, to, times.allDay())
        : new Checked.Wrong(problems);
  }

  private void checkPerson(
      ConnectionId connection, String account, Instant now, List<Problem> problems) {
    Optional<Account> known =
        connections.ofCurrentWorkspace(connection).flatMap(_ -> chat.account(connection, account));
    String found;
    if (known.isEmpty()) {
      found = "nobody here has this account";
    } else if (known.get().bot()) {
      found = known.get().name() + " is a program";
    } else if (!known.get().active()) {
      found = known.get().name() + " has left";
    } else {
      if (table.countByHand(connection, account, now) >= MOST) {
        problems.add(
            wrong(
                PERSON,
                "Person: "
                    + known.get().name()
                    + " has "
                    + MOST
                    + " absences that are not over, and no more are allowed. Remove one first"));
      }
      return;
    }
    problems.add(
        wrong(PERSON, "Person: " + found + ". Allowed: people with an active account here"));
  }

  private static void checkTimes(AbsenceTimes times, Instant now, List<Problem> problems) {
    if (Duration.between(now, times.from()).abs().toDays() > 366L * FURTHEST_YEARS) {
      problems.add(
          wrong(
              FROM,
              "From: "
                  + AbsenceTimes.day(times.from(), times.zone())
                  + " is too far away. Allowed: at most "
                  + FURTHEST_YEARS
                  + " years from today"));
      return;
    }
    LocalDateTime first = times.from().atZone(times.zone()).toLocalDateTime();
    LocalDateTime end = times.to().atZone(times.zone()).toLocalDateTime();
    if (!times.from().isBefore(times.to())) {
      problems.add(wrong(TO, "To: it ends before it begins. Allowed: an end after the beginning"));
    } else if (end.isAfter(first.plusYears(LONGEST_YEARS))) {
      problems.add(
          wrong(
              TO,
              "To: it lasts "
                  + ChronoUnit.DAYS.between(first, end)
                  + " days. Allowed: at most "
                  + LONGEST_YEARS
                  + " years"));
    }
  }

  private static Problem wrong(String field, String message) {
    return Problem.ofField("calendar." + field, field, message);
  }
}
