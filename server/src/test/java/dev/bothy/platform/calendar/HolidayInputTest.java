package dev.bothy.platform.calendar;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bothy.platform.kernel.Problem;
import java.time.LocalDate;
import java.util.List;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HolidayInputTest {
  @Test
  void aLineIsADayAndItsName() {
    String typed =
        """
        # Company
        2026-12-25 Christmas Day

          2026-1-6\tEpiphany  \r
        2026-12-24   Half a day, in fact
        """;
    assertThat(days("Germany", typed))
        .containsExactly(
            java.util.Map.entry(LocalDate.of(2026, 1, 6), "Epiphany"),
            java.util.Map.entry(LocalDate.of(2026, 12, 24), "Half a day, in fact"),
            java.util.Map.entry(LocalDate.of(2026, 12, 25), "Christmas Day"));
    assertThat(days("Empty", "")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          Christmas,                                   line 1 begins with no day
          2026-02-30 Nothing,                          line 1 begins with no day
          '2026-12-25 Christmas\n25.12.2026 Again',    line 2 begins with no day
          2026-12-25,                                  line 1 has no name after the day
          '2026-12-25 A\n\n2026-12-25 B',              line 3 has the day of line 1 once more
          1066-10-14 Hastings,                         line 1 has a day outside of 1970 to 2199
          'x\nx\nx\nx\nx\nx\nx',                       ', and 2 more'
          """)
  void wrongLinesAreNamedByTheirNumber(String typed, String said) {
    assertThat(wrong("Germany", typed.replace("\\n", "\n")))
        .singleElement()
        .satisfies(problem -> {
          assertThat(problem.field()).isEqualTo("days");
          assertThat(problem.message()).contains(said, "Allowed: lines such as");
        });
  }

  @Test
  void namesAreBounded() {
    assertThat(wrong("", "")).extracting(Problem::field).containsExactly("name");
    assertThat(wrong("x".repeat(81), "")).hasSize(1);
    assertThat(wrong("two\nlines", "")).hasSize(1);
    assertThat(wrong("Good", "2026-01-01 " + "x".repeat(81))).hasSize(1);
    assertThat(days("😀".repeat(80), "2026-01-01 " + "😀".repeat(80))).hasSize(1);
  }

  @Test
  void aCalendarHasAThousandDaysAtMost() {
    assertThat(days("Many", lines(1000))).hasSize(1000);
    assertThat(wrong("Many", lines(1001)))
        .singleElement()
        .satisfies(problem ->
            assertThat(problem.message())
                .isEqualTo("Days: there are 1,001. Allowed: at most 1,000"));
  }

  @Test
  void whatIsShownIsReadAgainAsItWas() {
    Random random = new Random(3);
    SortedMap<LocalDate, String> days = new TreeMap<>();
    for (int day = 0; day < 300; day++) {
      days.put(LocalDate.of(2000, 1, 1).plusDays(random.nextInt(60_000)), "Day # " + day + " é 😀");
    }
    assertThat(days("Any", HolidayInput.lines(days))).isEqualTo(days);
  }

  private static String lines(int count) {
    return IntStream.range(0, count)
        .mapToObj(day -> LocalDate.of(2026, 1, 1).plusDays(day) + " Day " + day)
        .collect(Collectors.joining("\n"));
  }

  private static SortedMap<LocalDate, String> days(String name, String days) {
    HolidayInput.Reading reading = new HolidayInput(name, days).read();
    assertThat(reading).isInstanceOf(HolidayInput.Reading.Good.class);
    return ((HolidayInput.Reading.Good) reading).days();
  }

  private static List<Problem> wrong(String name, String days) {
    HolidayInput.Reading reading = new HolidayInput(name, days).read();
    assertThat(reading).isInstanceOf(HolidayInput.Reading.Wrong.class);
    return ((HolidayInput.Reading.Wrong) reading).problems();
  }
}
