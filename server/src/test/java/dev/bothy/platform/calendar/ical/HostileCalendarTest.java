package dev.bothy.platform.calendar.ical;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What a file may do to us: nothing. Each event beside the bad one is read.
@Timeout(30)
class HostileCalendarTest {
  private static final Instant FROM = Instant.parse("2026-10-27T00:00:00Z");
  private static final Instant UNTIL = Instant.parse("2028-05-27T00:00:00Z");

  private final ICalendarReader reader = new ICalendarReader(ICalendarLimits.USUAL);

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          DTSTART:20261105T090000Z DURATION:PT1S RRULE:FREQ=SECONDLY                               | It repeats every second.
          DTSTART:20261105T090000Z DURATION:PT1M RRULE:FREQ=MINUTELY;INTERVAL=600                  | It repeats every minute.
          DTSTART:20261105T090000Z DURATION:PT1M RRULE:FREQ=HOURLY                                 | It repeats more than 2000 times in the time that is looked at.
          DTSTART:20261105T090000Z DURATION:PT1M RRULE:FREQ=DAILY;BYHOUR=1,2,3,4;BYMINUTE=1,2      | It repeats more than 2000 times in the time that is looked at.
          DTSTART:20261105T090000Z DURATION:PT1M RRULE:FREQ=YEARLY;BYSECOND=0,1,2,3,4,5;BYMINUTE=0,1,2,3,4 | It repeats too often in a day.
          DTSTART:16010105T090000Z DURATION:PT1M RRULE:FREQ=DAILY;COUNT=999999999                  | It is counted from too long ago.
          DTSTART:20261105T090000Z DURATION:PT1M RRULE:FREQ=DAILY;INTERVAL=0                       | Its rule repeats by a number that is none.
          DTSTART:20261105T090000Z DURATION:PT1M RRULE:FREQ=DAILY;INTERVAL=99999999999             | Its rule repeats by a number that is none.
          DTSTART:20261105T090000Z DURATION:PT1M RRULE:FREQ=DAILY;COUNT=-3                         | Its rule repeats by a number that is none.
          DTSTART:20261105T090000Z DURATION:PT1M RRULE:FREQ=FORTNIGHTLY                            | Its rule does not say how often it repeats.
          DTSTART:20261105T090000Z DURATION:PT1M RRULE:INTERVAL=2                                  | Its rule does not say how often it repeats.
          DTSTART:20261105T090000Z DURATION:PT1M RRULE:nonsense                                    | Its rule cannot be read.
          DTSTART:20261105T090000Z DURATION:PT1M RRULE:FREQ=WEEKLY;BYDAY=XX                        | Its rule cannot be read.
          DTSTART:20261105T090000Z DURATION:PT1M RRULE:FREQ=DAILY;BYMONTH=13                       | Its rule cannot be read.
          DTSTART:20261105T090000Z DURATION:PT1M RRULE:RSCALE=CHINESE;FREQ=YEARLY                  | Its rule has a part that is not understood.
          DTSTART:20261105T090000Z DURATION:PT1M RRULE:FREQ=DAILY;UNTIL=soon                       | Its rule's end is no date and time.
          DTSTART:20261105T090000Z DURATION:PT1M RRULE:FREQ=DAILY EXRULE:FREQ=WEEKLY               | It has an EXRULE, which calendars have no more since 2009.
          DTSTART:tomorrow                                                                         | Its DTSTART is no date and time.
          DTSTART:20260230T090000Z                                                                 | Its DTSTART is a date or time that does not exist.
          DTSTART:20261105T250000Z                                                                 | Its DTSTART is a date or time that does not exist.
          DTEND:20261105T090000Z                                                                   | It has no DTSTART.
          DTSTART:20261105T090000Z DTEND:20261105T080000Z                                          | It ends before it begins.
          DTSTART;VALUE=DATE:20261105 DTEND;VALUE=DATE:20261101                                    | It ends before it begins.
          DTSTART:20261105T090000Z DURATION:-PT1H                                                  | Its DURATION is none.
          DTSTART:20261105T090000Z DURATION:P999999999999D                                         | Its DURATION is none.
          DTSTART;TZID=Middle-earth/Shire:20261105T090000 DURATION:PT1H                            | Its time zone is not known, and the file does not describe it.
          """)
  void anEventThatIsNotToBeUnderstoodIsLeftOutAndTheNextIsRead(String lines, String message) {
    String bad = lines.strip().replaceAll(" +(?=[A-Z-]+[:;])", "\n");
    String file =
        "BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:secret-uid\nSUMMARY:Secret\n"
            + bad
            + "\nEND:VEVENT\n"
            + day("good", "20261110")
            + "END:VCALENDAR\n";

    ICalendarReading.Read read = read(file);

    assertThat(read.events()).extracting(ICalendarEvent::uid).containsExactly("good");
    assertThat(read.problems()).containsExactly(new ICalendarProblem(2, message));
    assertThat(read.problems().toString()).doesNotContainIgnoringCase("secret");
  }

  @Test
  void aThousandEventsAreRead() {
    StringBuilder file = new StringBuilder("BEGIN:VCALENDAR\n");
    for (int i = 0; i < 1_000; i++) {
      file.append("BEGIN:VEVENT\nUID:event-")
          .append(i)
          .append("\nDTSTART:202611")
          .append(String.format("%02d", i % 28 + 1))
          .append("T090000Z\nDURATION:PT1H\n")
          .append("RRULE:FREQ=MONTHLY;COUNT=6\nEND:VEVENT\n");
    }

    ICalendarReading.Read read = read(file.append("END:VCALENDAR\n").toString());

    assertThat(read.problems()).isEmpty();
    assertThat(read.events()).hasSize(6_000);
  }

  @Test
  void moreEventsThanTheLimitAreRefusedWithThePlace() {
    StringBuilder file = new StringBuilder("BEGIN:VCALENDAR\n");
    for (int i = 0; i <= 5_000; i++) {
      file.append("BEGIN:VEVENT\nDTSTART:20261105\nEND:VEVENT\n");
    }

    assertThat(refused(file.append("END:VCALENDAR\n").toString()))
        .isEqualTo(new ICalendarProblem(15_002, "There are more than 5000 events."));
  }

  @Test
  void moreOccurrencesThanTheLimitAreRefused() {
    StringBuilder file = new StringBuilder("BEGIN:VCALENDAR\n");
    for (int i = 0; i < 40; i++) {
      file.append("BEGIN:VEVENT\nUID:")
          .append(i)
          .append("\nDTSTART;VALUE=DATE:20260101\nRRULE:FREQ=DAILY\nEND:VEVENT\n");
    }

    assertThat(refused(file.append("END:VCALENDAR\n").toString()).message())
        .isEqualTo("Its events repeat more than 20000 times altogether.");
  }

  @Test
  void patienceEnds() {
    ICalendarReader impatient =
        new ICalendarReader(new ICalendarLimits(1_000, 10, 10, 10, Duration.ZERO));

    ICalendarReading reading =
        impatient.read(
            ("BEGIN:VCALENDAR\n" + day("one", "20261105") + "END:VCALENDAR\n")
                .getBytes(StandardCharsets.UTF_8),
            FROM,
            UNTIL,
            ZoneOffset.UTC);

    assertThat(reading).isInstanceOf(ICalendarReading.Refused.class);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ''                                                            | 1 | This is no iCalendar file: it does not begin with BEGIN:VCALENDAR.
          <!DOCTYPE html>                                               | 1 | This is no iCalendar file: it does not begin with BEGIN:VCALENDAR.
          BEGIN:VEVENT                                                  | 1 | This is no iCalendar file: it does not begin with BEGIN:VCALENDAR.
          BEGIN:VCALENDAR                                               | 1 | It ends before END:VCALENDAR: only a part of it was delivered.
          BEGIN:VCALENDAR~BEGIN:VEVENT~DTSTART:20261105~END:VEVENT      | 4 | It ends before END:VCALENDAR: only a part of it was delivered.
          BEGIN:VCALENDAR~BEGIN:VEVENT~DTSTART:2026                     | 3 | It ends before END:VCALENDAR: only a part of it was delivered.
          BEGIN:VCALENDAR~BEGIN:VEVENT~END:VCALENDAR                    | 3 | This ends another part than the one that was begun.
          BEGIN:VCALENDAR~END:VCALENDAR~END:VCALENDAR                   | 3 | Behind the calendar stands something that is none.
          BEGIN:VCALENDAR~BEGIN:A~BEGIN:A~BEGIN:A~BEGIN:A~BEGIN:A~BEGIN:A | 7 | Its parts lie in one another too deep.
          """)
  void aFileThatIsNotWholeIsRefused(String file, int line, String message) {
    assertThat(refused(file.replace('~', '\n'))).isEqualTo(new ICalendarProblem(line, message));
  }

  @Test
  void aFileThatIsTooLargeIsRefused() {
    assertThat(refused("X".repeat(2_000_001)).message())
        .isEqualTo("It is larger than 2000000 bytes.");
  }

  @Test
  void aZoneThatIsDescribedWithoutMeasureSpoilsItsEventsAlone() {
    String zone =
        "BEGIN:VTIMEZONE\nTZID:Endless\nBEGIN:STANDARD\nDTSTART:16010101T000000\n"
            + "TZOFFSETFROM:+0100\nTZOFFSETTO:+0200\nRRULE:FREQ=SECONDLY\nEND:STANDARD\nEND:VTIMEZONE\n";
    String file =
        "BEGIN:VCALENDAR\n"
            + zone
            + "BEGIN:VEVENT\nUID:bad\nDTSTART;TZID=Endless:20261105T090000\nDURATION:PT1H\nEND:VEVENT\n"
            + day("good", "20261110")
            + "END:VCALENDAR\n";

    ICalendarReading.Read read = read(file);

    assertThat(read.events()).extracting(ICalendarEvent::uid).containsExactly("good");
    assertThat(read.problems())
        .containsExactly(new ICalendarProblem(11, "Its time zone changes the clock too often."));
  }

  @Test
  void aLineThatIsNoneIsPassedOver() {
    String file =
        "BEGIN:VCALENDAR\nthis is no line\n" + day("good", "20261110") + "END:VCALENDAR\n";

    ICalendarReading.Read read = read(file);

    assertThat(read.events()).hasSize(1);
    assertThat(read.problems()).extracting(ICalendarProblem::line).containsExactly(2);
  }

  @Test
  void manyProblemsAreToldInPart() {
    String bad = "BEGIN:VEVENT\nEND:VEVENT\n";

    StringBuilder file = new StringBuilder("BEGIN:VCALENDAR\n");
    for (int i = 0; i < 300; i++) {
      file.append("BEGIN:VEVENT\nUID:").append(i).append("\nEND:VEVENT\n");
    }
    assertThat(read(file.append(bad).append("END:VCALENDAR\n").toString()).problems())
        .hasSize(ICalendarReader.MOST_PROBLEMS);
  }

  /// Whatever bytes come: an answer, never an exception.
  @Test
  void rubbishEndsInAnAnswer() {
    String[] scraps = {
      "BEGIN:VCALENDAR",
      "END:VCALENDAR",
      "BEGIN:VEVENT",
      "END:VEVENT",
      "UID:a",
      "DTSTART:20261105T090000Z",
      "DTSTART;VALUE=DATE:20261105",
      "DTEND:20261106",
      "DURATION:P1D",
      "RRULE:FREQ=DAILY;BYSETPOS=-1;BYDAY=MO",
      "RRULE:FREQ=YEARLY;BYWEEKNO=53;BYYEARDAY=-366",
      "RRULE:FREQ=MONTHLY;BYDAY=5MO;BYMONTHDAY=31",
      "RRULE:FREQ=WEEKLY;WKST=SU;BYDAY=1MO",
      "RRULE:FREQ=HOURLY;BYHOUR=25",
      "EXDATE:20261105T090000Z,",
      "RDATE:,",
      "RECURRENCE-ID:20261105T090000Z",
      "RECURRENCE-ID;RANGE=THISANDFUTURE:20261105",
      "DTSTART;TZID=\"a:b;c\":99991231T235959",
      "DTSTART:00000101",
      ";:",
      " folded",
      "SEQUENCE:99999999999",
      "BEGIN:VTIMEZONE",
      "END:VTIMEZONE",
      "TZID:x",
      "DTSTART;TZID=x:20261105T090000",
      "\u0000:\u0007"
    };
    Random random = new Random(42);
    for (int i = 0; i < 20_000; i++) {
      StringBuilder file = new StringBuilder("BEGIN:VCALENDAR\nBEGIN:VEVENT\n");
      for (int line = random.nextInt(8); line > 0; line--) {
        file.append(scraps[random.nextInt(scraps.length)]).append('\n');
      }
      file.append("END:VEVENT\nEND:VCALENDAR\n");

      assertThat(
              reader.read(
                  file.toString().getBytes(StandardCharsets.UTF_8), FROM, UNTIL, ZoneOffset.UTC))
          .isNotNull();
    }
  }

  private ICalendarReading.Read read(String file) {
    return (ICalendarReading.Read) reading(file);
  }

  private ICalendarProblem refused(String file) {
    return ((ICalendarReading.Refused) reading(file)).problem();
  }

  private ICalendarReading reading(String file) {
    return reader.read(file.getBytes(StandardCharsets.UTF_8), FROM, UNTIL, ZoneOffset.UTC);
  }

  private static String day(String uid, String date) {
    return "BEGIN:VEVENT\nUID:" + uid + "\nDTSTART;VALUE=DATE:" + date + "\nEND:VEVENT\n";
  }
}
