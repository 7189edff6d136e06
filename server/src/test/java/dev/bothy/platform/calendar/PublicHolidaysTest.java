package dev.bothy.platform.calendar;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The days are facts: each can be looked up at its government.
class PublicHolidaysTest {
  private final PublicHolidays holidays = new PublicHolidays();

  @ParameterizedTest
  @CsvSource({
    "DE, 2026-10-03, true",
    "DE, 2026-06-04, false",
    "DE-BY, 2026-06-04, true",
    "de-by, 2026-10-03, true",
    "DE-BE, 2026-06-04, false",
    "DE-BE, 2026-03-08, true",
    "US, 2026-11-26, true",
    "GB-ENG, 2026-04-06, true",
    "GB-SCT, 2026-04-06, false",
    "GB-SCT, 2026-11-30, true",
    "FR, 2026-07-14, true",
    "CH-GE, 2026-12-31, true",
    "IN, 2026-01-26, true",
  })
  void aDayIsFreeOrNot(String region, LocalDate day, boolean free) {
    assertThat(holidays.of(region, day.getYear()).orElseThrow().containsKey(day)).isEqualTo(free);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "D", "XX", "DEU", "DE-", "DE-XX", "DE_BY", "NYSE", "../de", "DE-BY-"})
  void whatIsNoRegionHasNone(String region) {
    assertThat(holidays.of(region, 2026)).isEmpty();
  }

  @Test
  void countriesAndTheirPartsHaveNames() {
    assertThat(holidays.countries())
        .hasSizeGreaterThan(200)
        .contains(new PublicHolidays.Region("DE", "Germany"))
        .allSatisfy(country -> assertThat(country.name()).hasSizeGreaterThan(2));
    assertThat(holidays.regions("de"))
        .startsWith(new PublicHolidays.Region("DE", "Germany"))
        .contains(new PublicHolidays.Region("DE-BY", "Bavaria"));
    assertThat(holidays.regions("XX")).isEmpty();
  }

  @Test
  void everyNameFitsACalendar() {
    for (String country : new String[] {"DE", "CH", "ES", "JP", "US", "IN", "GB", "ET", "IR"}) {
      for (PublicHolidays.Region region : holidays.regions(country)) {
        var days = holidays.of(region.code(), 2027).orElseThrow();
        HolidayInput.Reading reading =
            new HolidayInput(region.name(), HolidayInput.lines(days)).read();
        assertThat(reading).isEqualTo(new HolidayInput.Reading.Good(region.name(), days));
      }
    }
  }
}
