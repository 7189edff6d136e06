package dev.bothy.platform.calendar;

import de.focus_shift.jollyday.core.CalendarHierarchy;
import de.focus_shift.jollyday.core.Holiday;
import de.focus_shift.jollyday.core.HolidayManager;
import de.focus_shift.jollyday.core.HolidayType;
import de.focus_shift.jollyday.core.ManagerParameters;
import java.time.LocalDate;
import java.time.Year;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.springframework.stereotype.Component;

/// The public holidays of countries and their regions, from the data of Jollyday. They are a
/// proposal: what a government decides this year is in no library, and whoever takes them over
/// looks through them.
@Component
public class PublicHolidays {
  /// A country, or a part of one.
  ///
  /// @param code `DE` for a country, `DE-BY` for a part of it, as in ISO 3166 where that has one
  /// @param name in English
  public record Region(String code, String name) {}

  /// The countries, by name.
  public List<Region> countries() {
    return HolidayManager.getSupportedCalendarCodes().stream()
        // Longer ones are stock exchanges.
        .filter(code -> code.length() == 2)
        .map(code -> new Region(code, name(code)))
        .sorted(Comparator.comparing(Region::name))
        .toList();
  }

  /// A country and its parts, the country first and then by name; empty for what is no country.
  public List<Region> regions(String country) {
    List<Region> regions = new ArrayList<>();
    manager(country)
        .ifPresent(manager -> {
          String code = country.strip().toUpperCase(Locale.ROOT);
          collect(manager.getCalendarHierarchy(), code, "", regions);
          regions.sort(Comparator.comparing(Region::name));
          regions.addFirst(new Region(code, name(code)));
        });
    return regions;
  }

  /// A region's name with its country's, `Germany, Bavaria`; the code itself where it is unknown.
  public String nameOf(String code) {
    String country = code.substring(0, Math.min(2, code.length()));
    return regions(country).stream()
        .filter(region -> region.code().equals(code))
        .map(region ->
            region.code().equals(country) ? region.name() : name(country) + ", " + region.name())
        .findFirst()
        .orElse(code);
  }

  /// The public holidays of a year; empty for an unknown region. Days that are observed although
  /// people work are not among them.
  ///
  /// @param code a region's, in any case
  public Optional<SortedMap<LocalDate, String>> of(String code, int year) {
    String wanted = code.strip().toUpperCase(Locale.ROOT);
    String country = wanted.length() > 2 ? wanted.substring(0, 2) : wanted;
    if (regions(country).stream().noneMatch(region -> region.code().equals(wanted))) {
      return Optional.empty();
    }
    String[] parts =
        wanted.length() > 2
            ? wanted.substring(3).toLowerCase(Locale.ROOT).split("-", -1)
            : new String[0];
    SortedMap<LocalDate, String> days = new TreeMap<>();
    for (Holiday holiday : manager(country).orElseThrow().getHolidays(Year.of(year), parts)) {
      if (holiday.getType() != HolidayType.OBSERVANCE) {
        days.merge(holiday.getDate(), name(holiday), PublicHolidays::both);
      }
    }
    return Optional.of(days);
  }

  private static String both(String one, String other) {
    return one.compareTo(other) < 0 ? one + ", " + other : other + ", " + one;
  }

  private static String name(Holiday holiday) {
    String name = holiday.getDescription(Locale.ENGLISH);
    return name.length() <= HolidayInput.LONGEST_NAME
        ? name
        : name.substring(0, HolidayInput.LONGEST_NAME);
  }

  private static void collect(
      CalendarHierarchy parent, String code, String path, List<Region> regions) {
    parent
        .getChildren()
        .values()
        .forEach(child -> {
          String below = code + "-" + child.getId().toUpperCase(Locale.ROOT);
          String name = path + child.getDescription(Locale.ENGLISH);
          regions.add(new Region(below, name));
          collect(child, below, name + ", ", regions);
        });
  }

  private static Optional<HolidayManager> manager(String country) {
    String code = country.strip().toUpperCase(Locale.ROOT);
    return code.length() == 2 && HolidayManager.getSupportedCalendarCodes().contains(code)
        ? Optional.of(
            HolidayManager.getInstance(ManagerParameters.create(code.toLowerCase(Locale.ROOT))))
        : Optional.empty();
  }

  private static String name(String country) {
    return Locale.of("", country).getDisplayCountry(Locale.ENGLISH);
  }
}
