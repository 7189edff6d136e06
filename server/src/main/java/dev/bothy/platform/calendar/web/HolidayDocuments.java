package dev.bothy.platform.calendar.web;

import dev.bothy.platform.calendar.FollowedRegion;
import dev.bothy.platform.calendar.HolidayCalendar;
import dev.bothy.platform.calendar.HolidayInput;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What programs send and read of holiday calendars.
final class HolidayDocuments {
  private HolidayDocuments() {}

  @Schema(name = "Holiday", description = "A free day.")
  record DayDocument(LocalDate day, String name) {}

  @Schema(name = "HolidayCalendar", description = "Days that are free.")
  record CalendarDocument(
      UUID id,
      String name,
      @Schema(description = "By date.") List<DayDocument> days,
      @Schema(description = "Regions whose public holidays are added each year.")
          List<FollowedDocument> followed) {
    static CalendarDocument of(HolidayCalendar calendar, List<FollowedRegion> followed) {
      return new CalendarDocument(
          calendar.id(),
          calendar.name(),
          calendar.days().entrySet().stream()
              .map(day -> new DayDocument(day.getKey(), day.getValue()))
              .toList(),
          followed.stream()
              .map(each -> new FollowedDocument(each.region(), each.untilYear()))
              .toList());
    }
  }

  @Schema(name = "FollowedHolidays", description = "Public holidays that are added each year.")
  record FollowedDocument(
      @Schema(example = "DE-BY") String region,
      @Schema(description = "The last year that was added.") int untilYear) {}

  @Schema(name = "HolidayInputDay", description = "A day to be free.")
  record InputDay(
      @Schema(example = "2026-12-25") @Nullable String day,
      @Schema(description = "1 to 80 characters.") @Nullable String name) {}

  @Schema(name = "HolidayCalendarInput", description = "How a holiday calendar is to be.")
  record CalendarInput(
      @Schema(description = "1 to 80 characters, unlike any other calendar's.")
          @Nullable String name,
      @Schema(description = "All of its days, at most 1,000.")
          @Nullable List<@Nullable InputDay> days) {
    HolidayInput input() {
      StringBuilder lines = new StringBuilder();
      if (days != null) {
        for (InputDay each : days) {
          if (each != null) {
            lines.append(day(each.day())).append(' ').append(word(each.name()));
          }
          lines.append('\n');
        }
      }
      return new HolidayInput(Objects.requireNonNullElse(name, ""), lines.toString());
    }

    /// One word that begins no comment, so that each item is a line and says what is wrong with it.
    private static String day(@Nullable String text) {
      String word = word(text).strip().replaceAll("\\s", "_");
      return word.isEmpty() || word.startsWith("#") ? "-" : word;
    }

    private static String word(@Nullable String text) {
      return text == null ? "" : text.replaceAll("\\R", "\t");
    }
  }

  @Schema(name = "PublicHolidays", description = "Public holidays to be added.")
  record PublicInput(
      @Schema(
              description = "A country such as `DE`, or a part of one such as `DE-BY`.",
              example = "DE-BY")
          @Nullable String region,
      @Schema(description = "1 to 5 years.") @Nullable List<@Nullable Integer> years,
      @Schema(
              description =
                  "Whether the years to come are added by themselves; null means that they are.")
          @Nullable Boolean follow) {}
}
