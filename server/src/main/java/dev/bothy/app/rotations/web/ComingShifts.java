package dev.bothy.app.rotations.web;

import dev.bothy.app.rotations.RotationImports;
import dev.bothy.app.rotations.exchange.ImportPreview;
import dev.bothy.app.rotations.exchange.ImportedPerson;
import dev.bothy.app.rotations.exchange.ImportedSchedule;
import dev.bothy.app.rotations.exchange.ImportedShift;
import dev.bothy.platform.chat.Account;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// The next shifts of a plan that is about to be taken over, in words.
///
/// @param who whom they were matched with, else how the file calls them
record ComingShifts(String role, String who, String from, String until) {
  static final DateTimeFormatter WHEN =
      DateTimeFormatter.ofPattern("EEE d MMM, HH:mm", Locale.ENGLISH);

  private static final Duration AHEAD = Duration.ofDays(28);
  private static final int MOST_SHOWN = 40;

  /// @param schedule what is taken over of the plan
  static List<ComingShifts> of(
      ImportedSchedule schedule,
      Map<ImportedPerson, String> accounts,
      List<Account> known,
      Instant now) {
    // Where there are turns they stand in for single shifts of whoever has no account.
    ImportedSchedule made =
        schedule.layers().isEmpty() ? schedule : RotationImports.known(schedule, accounts);
    ZoneId zone = schedule.zone();
    return ImportPreview.shifts(made, now, now.plus(AHEAD)).stream()
        .limit(MOST_SHOWN)
        .map(shift ->
            new ComingShifts(
                shift.beside() ? shift.role() + ", as well" : shift.role(),
                who(shift, accounts, known),
                WHEN.format(shift.start().atZone(zone)),
                WHEN.format(shift.end().atZone(zone))))
        .toList();
  }

  private static String who(
      ImportedShift shift, Map<ImportedPerson, String> accounts, List<Account> known) {
    String account = accounts.getOrDefault(shift.person(), "");
    return known.stream()
        .filter(each -> each.id().equals(account))
        .map(Account::name)
        .findFirst()
        .orElse("nobody (for " + called(shift.person()) + ")");
  }

  /// How the file calls somebody.
  static String called(ImportedPerson person) {
    return person.name().isEmpty() ? String.valueOf(person.email()) : person.name();
  }
}
