package dev.bothy.platform.calendar;

import dev.bothy.platform.audit.Actor;
import dev.bothy.platform.kernel.Problem;
import dev.bothy.platform.work.Schedule;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import org.springframework.stereotype.Service;

/// Fills calendars with public holidays: once, or each year from then on. Called within a
/// transaction of the workspace; every change is one entry of the audit log.
///
/// A region that is followed is filled in for this year and the [#AHEAD] after it. Only years that
/// were not filled in yet are: a day that somebody took out stays out.
@Service
public class HolidayFilling {
  /// At most this many years are added at once.
  public static final int MOST_YEARS = 5;

  /// So many years after this one are filled in by themselves.
  static final int AHEAD = 2;

  private static final int EARLIEST_YEAR = 1970;
  private static final int LATEST_YEAR = 2199;
  private static final int MOST_NAMED = 60;

  private final HolidayCalendars calendars;
  private final FollowedRegions regions;
  private final PublicHolidays publicHolidays;
  private final Schedule schedule;
  private final Clock clock;

  HolidayFilling(
      HolidayCalendars calendars,
      FollowedRegions regions,
      PublicHolidays publicHolidays,
      Schedule schedule,
      Clock clock) {
    this.calendars = calendars;
    this.regions = regions;
    this.publicHolidays = publicHolidays;
    this.schedule = schedule;
    this.clock = clock;
  }

  /// The regions that fill a calendar each year.
  public List<FollowedRegion> followed(UUID id) {
    return regions.of(id);
  }

  /// Adds the public holidays of a region. A day that the calendar has already keeps its name.
  ///
  /// @param region a code of [PublicHolidays], in any case
  /// @param follow whether those of this year and of the next two are added as well, and from then
  ///   on one more each year
  public HolidayOutcome add(
      Actor actor, UUID id, String region, Set<Integer> years, boolean follow) {
    calendars.lock();
    Optional<HolidayCalendar> found = calendars.find(id);
    if (found.isEmpty()) {
      return new HolidayOutcome.NotFound();
    }
    if (years.isEmpty()
        || years.size() > MOST_YEARS
        || years.stream().anyMatch(year -> year < EARLIEST_YEAR || year > LATEST_YEAR)) {
      return new HolidayOutcome.Refused(
          List.of(
              AbsenceInput.wrong(
                  "years",
                  "Years: 1 to %d years from %d to %d are allowed"
                      .formatted(MOST_YEARS, EARLIEST_YEAR, LATEST_YEAR))));
    }
    Set<Integer> wanted = new TreeSet<>(years);
    Instant now = clock.instant();
    if (follow) {
      wanted.addAll(ahead(year(now) - 1, now));
    }
    SortedMap<LocalDate, String> days = new TreeMap<>(found.get().days());
    if (!add(days, region, wanted)) {
      return new HolidayOutcome.Refused(List.of(unknown(region)));
    }
    if (days.size() > HolidayInput.MOST_DAYS) {
      return new HolidayOutcome.Refused(List.of(HolidayInput.tooMany(days.size())));
    }
    if (follow) {
      regions.put(id, new FollowedRegion(code(region), Math.max(year(now) + AHEAD, max(wanted))));
      schedule.set(HolidayYears.KIND, id, now.plus(Duration.ofDays(1)));
    }
    return calendars.setDays(actor, id, days);
  }

  /// Fills a calendar no more with the holidays of a region; days that it has stay.
  public HolidayOutcome stop(Actor actor, UUID id, String region) {
    calendars.lock();
    Optional<HolidayCalendar> found = calendars.find(id);
    return found.isPresent() && regions.delete(id, code(region))
        ? calendars.setDays(actor, id, found.get().days())
        : new HolidayOutcome.NotFound();
  }

  /// Adds the years that are still to come. A calendar that is full, or in the bin, stays as it is.
  ///
  /// @return false when there is nothing to be filled any more
  boolean fill(Actor actor, UUID id, Instant now) {
    calendars.lock();
    List<FollowedRegion> followed = regions.of(id);
    if (followed.isEmpty()) {
      return false;
    }
    calendars
        .find(id)
        .ifPresent(calendar -> {
          SortedMap<LocalDate, String> days = new TreeMap<>(calendar.days());
          List<FollowedRegion> filled = new ArrayList<>();
          for (FollowedRegion each : followed) {
            Set<Integer> years = ahead(each.untilYear(), now);
            // What a newer library does not know any more stays as it is.
            if (!years.isEmpty() && add(days, each.region(), years)) {
              filled.add(new FollowedRegion(each.region(), max(years)));
            }
          }
          if (!filled.isEmpty() && days.size() <= HolidayInput.MOST_DAYS) {
            filled.forEach(each -> regions.put(id, each));
            calendars.setDays(actor, id, days);
          }
        });
    return true;
  }

  /// @return false for an unknown region
  private boolean add(SortedMap<LocalDate, String> days, String region, Set<Integer> years) {
    for (int year : years) {
      Optional<SortedMap<LocalDate, String>> holidays = publicHolidays.of(region, year);
      if (holidays.isEmpty()) {
        return false;
      }
      holidays.get().forEach(days::putIfAbsent);
    }
    return true;
  }

  /// The years after this one that are due to be filled in.
  private static Set<Integer> ahead(int after, Instant now) {
    Set<Integer> years = new TreeSet<>();
    for (int year = Math.max(after + 1, year(now)); year <= year(now) + AHEAD; year++) {
      if (year <= LATEST_YEAR) {
        years.add(year);
      }
    }
    return years;
  }

  private static int max(Set<Integer> years) {
    return years.stream().mapToInt(Integer::intValue).max().orElseThrow();
  }

  private static int year(Instant now) {
    return now.atOffset(ZoneOffset.UTC).getYear();
  }

  private static String code(String region) {
    return region.strip().toUpperCase(Locale.ROOT);
  }

  private Problem unknown(String region) {
    String stripped = region.strip();
    List<String> known =
        stripped.length() < 2
            ? List.of()
            : publicHolidays.regions(stripped.substring(0, 2)).stream()
                .map(PublicHolidays.Region::code)
                .toList();
    return AbsenceInput.wrong(
        "region",
        "Region: "
            + AbsenceInput.typed(region)
            + ". Allowed: "
            + (known.isEmpty()
                ? "a country such as DE, or a part of one such as DE-BY"
                : String.join(", ", known.subList(0, Math.min(MOST_NAMED, known.size())))));
  }
}
