package dev.bothy.platform.calendar.ical;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The window is November 2026 in Berlin: summer time has just ended.
class ICalendarReaderTest {
  private static final Instant FROM = Instant.parse("2026-10-31T23:00:00Z");
  private static final Instant UNTIL = Instant.parse("2026-11-30T23:00:00Z");
  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

  private final ICalendarReader reader = new ICalendarReader(ICalendarLimits.USUAL);

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          # what                    | lines                                                              | starts and ends
          a day                     | DTSTART;VALUE=DATE:20261105                                        | 2026-11-04T23:00:00Z/2026-11-05T23:00:00Z
          days, the end exclusive   | DTSTART;VALUE=DATE:20261105 DTEND;VALUE=DATE:20261108              | 2026-11-04T23:00:00Z/2026-11-07T23:00:00Z
          a day that ends as it is  | DTSTART;VALUE=DATE:20261105 DTEND;VALUE=DATE:20261105              | 2026-11-04T23:00:00Z/2026-11-05T23:00:00Z
          days by duration          | DTSTART;VALUE=DATE:20261105 DURATION:P2D                           | 2026-11-04T23:00:00Z/2026-11-06T23:00:00Z
          a week by duration        | DTSTART;VALUE=DATE:20261105 DURATION:P1W                           | 2026-11-04T23:00:00Z/2026-11-11T23:00:00Z
          a day without its type    | DTSTART:20261105                                                   | 2026-11-04T23:00:00Z/2026-11-05T23:00:00Z
          a time in UTC             | DTSTART:20261105T090000Z DTEND:20261105T100000Z                    | 2026-11-05T09:00:00Z/2026-11-05T10:00:00Z
          a time in a zone          | DTSTART;TZID=America/New_York:20261105T090000 DURATION:PT90M       | 2026-11-05T14:00:00Z/2026-11-05T15:30:00Z
          a zone in quotes          | DTSTART;TZID="Asia/Kathmandu":20261105T090000 DURATION:PT1H        | 2026-11-05T03:15:00Z/2026-11-05T04:15:00Z
          a zone behind a name      | DTSTART;TZID=/example.org/x/Asia/Tokyo:20261105T090000 DURATION:PT1H | 2026-11-05T00:00:00Z/2026-11-05T01:00:00Z
          a time that floats        | DTSTART:20261105T090000 DTEND:20261105T100000                      | 2026-11-05T08:00:00Z/2026-11-05T09:00:00Z
          a leap second             | DTSTART:20261105T090060Z DTEND:20261105T100000Z                    | 2026-11-05T09:00:59Z/2026-11-05T10:00:00Z
          begun before the window   | DTSTART;VALUE=DATE:20261020 DTEND;VALUE=DATE:20261103              | 2026-10-19T22:00:00Z/2026-11-02T23:00:00Z
          no time at all            | DTSTART:20261105T090000Z                                           | ''
          before the window         | DTSTART;VALUE=DATE:20261020                                        | ''
          after the window          | DTSTART;VALUE=DATE:20261201                                        | ''
          cancelled                 | DTSTART;VALUE=DATE:20261105 STATUS:CANCELLED                       | ''
          tentative counts          | DTSTART;VALUE=DATE:20261105 STATUS:TENTATIVE                       | 2026-11-04T23:00:00Z/2026-11-05T23:00:00Z
          every week, some weeks    | DTSTART;TZID=Europe/Berlin:20261012T090000 DURATION:PT1H RRULE:FREQ=WEEKLY;INTERVAL=2;UNTIL=20261123T000000Z | 2026-11-09T08:00:00Z/2026-11-09T09:00:00Z
          until a day, that day in  | DTSTART:20261102T090000 DURATION:PT1H RRULE:FREQ=DAILY;UNTIL=20261103 | 2026-11-02T08:00:00Z/2026-11-02T09:00:00Z 2026-11-03T08:00:00Z/2026-11-03T09:00:00Z
          until in UTC              | DTSTART;TZID=America/New_York:20261102T200000 DURATION:PT1H RRULE:FREQ=DAILY;UNTIL=20261104T010000Z | 2026-11-03T01:00:00Z/2026-11-03T02:00:00Z 2026-11-04T01:00:00Z/2026-11-04T02:00:00Z
          counted from long before  | DTSTART;VALUE=DATE:20260101 RRULE:FREQ=MONTHLY;COUNT=11            | 2026-10-31T23:00:00Z/2026-11-01T23:00:00Z
          the last Friday           | DTSTART;VALUE=DATE:20260130 RRULE:FREQ=MONTHLY;BYDAY=-1FR          | 2026-11-26T23:00:00Z/2026-11-27T23:00:00Z
          every year since 1970     | DTSTART;VALUE=DATE:19701111 RRULE:FREQ=YEARLY                      | 2026-11-10T23:00:00Z/2026-11-11T23:00:00Z
          never                     | DTSTART;VALUE=DATE:20260101 RRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30 | ''
          without some              | DTSTART;VALUE=DATE:20261102 RRULE:FREQ=DAILY;COUNT=3 EXDATE;VALUE=DATE:20261102,20261103 | 2026-11-03T23:00:00Z/2026-11-04T23:00:00Z
          without one, by its day   | DTSTART:20261102T090000Z DURATION:PT1H RRULE:FREQ=DAILY;COUNT=2 EXDATE;VALUE=DATE:20261102 | 2026-11-03T09:00:00Z/2026-11-03T10:00:00Z
          without one, in UTC       | DTSTART;TZID=Europe/Berlin:20261102T090000 DURATION:PT1H RRULE:FREQ=DAILY;COUNT=2 EXDATE:20261102T080000Z | 2026-11-03T08:00:00Z/2026-11-03T09:00:00Z
          with one more             | DTSTART;VALUE=DATE:20261102 RDATE;VALUE=DATE:20261110              | 2026-11-01T23:00:00Z/2026-11-02T23:00:00Z 2026-11-09T23:00:00Z/2026-11-10T23:00:00Z
          with a period more        | DTSTART:20261102T090000Z DURATION:PT1H RDATE;VALUE=PERIOD:20261110T090000Z/PT1H | 2026-11-02T09:00:00Z/2026-11-02T10:00:00Z 2026-11-10T09:00:00Z/2026-11-10T10:00:00Z
          """)
  void eventsAreReadAsTheyAreWritten(String what, String lines, String expected) {
    List<ICalendarEvent> events = read(calendar(event("one", lines))).events();

    assertThat(times(events)).as(what).isEqualTo(expected.isBlank() ? List.of() : list(expected));
  }

  @Test
  void aTimeThatTheClockSkipsCountsAsIfItWereNotSkipped() {
    String lines =
        "DTSTART;TZID=America/Chicago:20260307T023000 DURATION:PT1H RRULE:FREQ=DAILY;COUNT=3";

    List<ICalendarEvent> events =
        read(
                calendar(event("one", lines)),
                Instant.parse("2026-03-01T00:00:00Z"),
                Instant.parse("2026-04-01T00:00:00Z"))
            .events();

    assertThat(events)
        .extracting(event -> event.start().toString())
        .containsExactly("2026-03-07T08:30:00Z", "2026-03-08T08:30:00Z", "2026-03-09T07:30:00Z");
  }

  @Test
  void anOccurrenceIsMovedOrCancelledAndKeepsItsName() {
    String file =
        calendar(
            event("weekly", "DTSTART:20261102T090000Z DURATION:PT1H RRULE:FREQ=WEEKLY;COUNT=4"),
            event(
                "weekly", "RECURRENCE-ID:20261109T090000Z DTSTART:20261110T140000Z DURATION:PT2H"),
            event(
                "weekly",
                "RECURRENCE-ID:20261116T090000Z DTSTART:20261116T090000Z STATUS:CANCELLED"));

    List<ICalendarEvent> events = read(file).events();

    assertThat(times(events))
        .containsExactly(
            "2026-11-02T09:00:00Z/2026-11-02T10:00:00Z",
            "2026-11-10T14:00:00Z/2026-11-10T16:00:00Z",
            "2026-11-23T09:00:00Z/2026-11-23T10:00:00Z");
    assertThat(events.get(1).occurrence()).isEqualTo("2026-11-09T09:00:00Z");
  }

  @Test
  void ofAnEventThatStandsTwiceTheNewerOneCounts() {
    String file =
        calendar(
            event("one", "SEQUENCE:2 DTSTART;VALUE=DATE:20261110"),
            event("one", "SEQUENCE:1 DTSTART;VALUE=DATE:20261105"));

    assertThat(times(read(file).events()))
        .containsExactly("2026-11-09T23:00:00Z/2026-11-10T23:00:00Z");
  }

  @Test
  void aMovedOccurrenceOfAnEventThatIsNotInTheFileIsAnEvent() {
    String file =
        calendar(
            event("gone", "RECURRENCE-ID:20261109T090000Z DTSTART:20261110T140000Z DURATION:PT1H"));

    assertThat(read(file).events()).hasSize(1);
  }

  @Test
  void aZoneWithAMadeUpNameMeansWhatTheFileSaysOfIt() {
    String zone =
        """
        BEGIN:VTIMEZONE
        TZID:W. Europe Standard Time
        TZURL:http://169.254.169.254/zone
        BEGIN:STANDARD
        DTSTART:16010101T030000
        TZOFFSETFROM:+0200
        TZOFFSETTO:+0100
        RRULE:FREQ=YEARLY;INTERVAL=1;BYDAY=-1SU;BYMONTH=10
        END:STANDARD
        BEGIN:DAYLIGHT
        DTSTART:16010101T020000
        TZOFFSETFROM:+0100
        TZOFFSETTO:+0200
        RRULE:FREQ=YEARLY;INTERVAL=1;BYDAY=-1SU;BYMONTH=3
        END:DAYLIGHT
        END:VTIMEZONE
        """;
    String file =
        "BEGIN:VCALENDAR\n"
            + zone
            + raw("DTSTART;TZID=W. Europe Standard Time:20260701T090000\nDURATION:PT1H")
            + raw("DTSTART;TZID=W. Europe Standard Time:20261201T090000\nDURATION:PT1H")
            + raw("DTSTART;TZID=W. Europe Standard Time:20270329T090000\nDURATION:PT1H")
            + "END:VCALENDAR\n";

    List<ICalendarEvent> events =
        read(file, Instant.parse("2026-05-01T00:00:00Z"), Instant.parse("2027-11-01T00:00:00Z"))
            .events();

    assertThat(events)
        .extracting(event -> event.start().toString())
        .containsExactly("2026-07-01T07:00:00Z", "2026-12-01T08:00:00Z", "2027-03-29T07:00:00Z");
  }

  @Test
  void theCalendarsOwnZoneIsTheOneOfDaysAndFloatingTimes() {
    String file =
        "BEGIN:VCALENDAR\nX-WR-TIMEZONE:Asia/Tokyo\n"
            + raw("DTSTART:20261105T090000\nDURATION:PT1H")
            + "END:VCALENDAR\n";

    assertThat(times(read(file).events()))
        .containsExactly("2026-11-05T00:00:00Z/2026-11-05T01:00:00Z");
  }

  @Test
  void linesMayBeFoldedWithinACharacterAndEndAsTheyLike() {
    String unfolded = calendar(event("one", "DTSTART;VALUE=DATE:20261105 SUMMARY:Müller\\, Ärzte"));
    ByteArrayOutputStream folded = new ByteArrayOutputStream();
    folded.writeBytes(new byte[] {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF});
    int column = 0;
    for (byte each : unfolded.getBytes(StandardCharsets.UTF_8)) {
      if (each == '\n') {
        folded.write('\r');
        column = 0;
      } else if (++column % 5 == 0) {
        folded.writeBytes("\r\n ".getBytes(StandardCharsets.UTF_8));
      }
      folded.write(each);
    }
    byte[] macintosh = unfolded.replace('\n', '\r').getBytes(StandardCharsets.UTF_8);

    for (byte[] file : List.of(folded.toByteArray(), macintosh)) {
      ICalendarReading reading = reader.read(file, FROM, UNTIL, BERLIN);
      assertThat(reading)
          .isInstanceOfSatisfying(
              ICalendarReading.Read.class,
              read -> {
                assertThat(read.problems()).isEmpty();
                assertThat(read.events())
                    .extracting(ICalendarEvent::summary)
                    .containsExactly("Müller, Ärzte");
              });
    }
  }

  @Test
  void anEventWithoutAUidIsTheSameOneInEachReading() {
    String file =
        "BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART;VALUE=DATE:20261105\nSUMMARY:Off\nEND:VEVENT\nEND:VCALENDAR\n";

    String uid = read(file).events().getFirst().uid();

    assertThat(uid).startsWith("no-uid-").doesNotContain("Off");
    assertThat(read(file).events().getFirst().uid()).isEqualTo(uid);
  }

  @Test
  void whoIsThereAndWhetherItTakesTimeIsRead() {
    String file =
        calendar(
            event(
                "one",
                "DTSTART;VALUE=DATE:20261105 TRANSP:TRANSPARENT ATTENDEE;CN=Ada:mailto:ada@example.com"));

    ICalendarEvent event = read(file).events().getFirst();

    assertThat(event.busy()).isFalse();
    assertThat(event.attendees()).containsExactly("ada@example.com");
    assertThat(event.toString()).doesNotContain("ada");
  }

  @Test
  void anAlarmOrATaskIsNoEvent() {
    String file =
        "BEGIN:VCALENDAR\nBEGIN:VTODO\nDTSTART:20261105T090000Z\nDURATION:PT1H\nEND:VTODO\nBEGIN:VEVENT\n"
            + "DTSTART:20261106T090000Z\nDURATION:PT1H\nBEGIN:VALARM\nTRIGGER:-PT15M\nDURATION:PT5M\n"
            + "END:VALARM\nEND:VEVENT\nEND:VCALENDAR\n";

    assertThat(times(read(file).events()))
        .containsExactly("2026-11-06T09:00:00Z/2026-11-06T10:00:00Z");
  }

  private ICalendarReading.Read read(String file) {
    return read(file, FROM, UNTIL);
  }

  private ICalendarReading.Read read(String file, Instant from, Instant until) {
    ICalendarReading reading =
        reader.read(file.getBytes(StandardCharsets.UTF_8), from, until, BERLIN);
    assertThat(reading).isInstanceOf(ICalendarReading.Read.class);
    ICalendarReading.Read read = (ICalendarReading.Read) reading;
    assertThat(read.problems()).isEmpty();
    return read;
  }

  /// @param lines separated by a space before a property's name
  private static String event(String uid, String lines) {
    return raw("UID:" + uid + "\n" + lines.strip().replaceAll(" +(?=[A-Z-]+[:;])", "\n"));
  }

  private static String raw(String lines) {
    return "BEGIN:VEVENT\n" + lines + "\nEND:VEVENT\n";
  }

  private static String calendar(String... events) {
    return "BEGIN:VCALENDAR\nVERSION:2.0\n" + String.join("", events) + "END:VCALENDAR\n";
  }

  private static List<String> times(List<ICalendarEvent> events) {
    return events.stream()
        .map(event -> event.start() + "/" + event.end())
        .collect(Collectors.toList());
  }

  private static List<String> list(String expected) {
    return Arrays.asList(expected.strip().split(" +"));
  }
}
