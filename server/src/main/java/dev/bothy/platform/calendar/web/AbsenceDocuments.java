package dev.bothy.platform.calendar.web;

import dev.bothy.platform.calendar.Absence;
import dev.bothy.platform.calendar.AbsenceInput;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What programs send and read of absences.
final class AbsenceDocuments {
  private AbsenceDocuments() {}

  @Schema(name = "Absence", description = "When somebody is away.")
  record AbsenceDocument(
      UUID id,
      UUID connection,
      @Schema(description = "Their account at the connection's network.") String account,
      @Schema(description = "As the network shows it.") String name,
      @Schema(description = "Included.") Instant from,
      @Schema(description = "Excluded.") Instant to,
      @Schema(description = "Whether it was told in whole days.") boolean allDay,
      @Schema(description = "`chat`, `console`, `api`, `icalendar` or `hibob`.") String source,
      @Schema(
              description =
                  "The HR system's word for the kind of leave. Null unless HR told it, in lists of"
                      + " other people's, and for whoever may not see it.")
          @Nullable String leaveType) {
    static AbsenceDocument of(Absence absence, String name, boolean withLeave) {
      return new AbsenceDocument(
          absence.id(),
          absence.connection().value(),
          absence.account(),
          name,
          absence.from(),
          absence.to(),
          absence.allDay(),
          absence.source().id(),
          withLeave ? absence.leaveType() : null);
    }
  }

  @Schema(
      name = "AbsenceTimes",
      description = "From when to when: two days, both included, or two instants.")
  record TimesDocument(
      @Schema(description = "The first day, or the instant it begins.", example = "2026-12-24")
          @Nullable String from,
      @Schema(
              description =
                  "The last day, or the instant it ends, excluded; null for the same day.",
              example = "2026-12-26")
          @Nullable String to,
      @Schema(
              description =
                  "With days: when it begins on the first one, `HH:MM`. Null for midnight.")
          @Nullable String fromTime,
      @Schema(description = "With days: when it ends on the last one, `HH:MM`. Null for midnight.")
          @Nullable String toTime,
      @Schema(
              description =
                  "A name of the tz database that days and times are of; null for their own.")
          @Nullable String timeZone) {
    AbsenceInput input() {
      return new AbsenceInput(text(from), text(to), text(fromTime), text(toTime), text(timeZone));
    }

    private static String text(@Nullable String value) {
      return value == null ? "" : value;
    }
  }

  @Schema(name = "NewAbsence", description = "An absence to be entered.")
  record NewAbsenceDocument(
      @Schema(description = "The connection of the account.") @Nullable UUID connection,
      @Schema(description = "Whose absence it is: an account of the connection.")
          @Nullable String account,
      @Nullable TimesDocument times) {}
}
