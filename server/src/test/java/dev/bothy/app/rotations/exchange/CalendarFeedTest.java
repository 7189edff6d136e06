package dev.bothy.app.rotations.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import biweekly.Biweekly;
import biweekly.ICalendar;
import dev.bothy.app.rotations.plan.Assignment;
import dev.bothy.app.rotations.plan.Participant;
import dev.bothy.app.rotations.plan.Why;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import net.fortuna.ical4j.data.CalendarBuilder;
import net.fortuna.ical4j.model.Calendar;
import net.fortuna.ical4j.model.component.VEvent;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CalendarFeedTest {
  private static final UUID ROTATION = UUID.fromString("00000000-0000-0000-0000-00000000000a");
  private static final Instant STAMP = Instant.parse("2026-11-27T10:00:00Z");
  private static final CalendarFeed OF_ROTATION =
      new CalendarFeed("Support desk", CalendarFeed.View.ROTATION, Duration.ofHours(1), STAMP);

  /// What a reader finds of an event.
  record Found(String uid, String summary, Instant start, Instant end) {}

  @Test
  void aFeedIsWhatTheFormatSays() {
    NamedShift shift = shift("Support desk", "Primary", "Ada", "2026-11-27T08:00:00Z", 8);
    assertThat(OF_ROTATION.published(List.of(shift)))
        .isEqualTo(
            String.join(
                "\r\n",
                "BEGIN:VCALENDAR",
                "VERSION:2.0",
                "PRODID:-//Bothy//Rotations//EN",
                "CALSCALE:GREGORIAN",
                "METHOD:PUBLISH",
                "NAME:Support desk",
                "X-WR-CALNAME:Support desk",
                "REFRESH-INTERVAL;VALUE=DURATION:PT1H",
                "X-PUBLISHED-TTL:PT1H",
                "BEGIN:VEVENT",
                "UID:7c125c71-86cb-3d90-8e5b-68ea413f2782@bothy",
                "DTSTAMP:20261127T100000Z",
                "DTSTART:20261127T080000Z",
                "DTEND:20261127T160000Z",
                "SUMMARY:Support desk: Ada",
                "SEQUENCE:0",
                "STATUS:CONFIRMED",
                "TRANSP:TRANSPARENT",
                "END:VEVENT",
                "END:VCALENDAR",
                ""));
  }

  @Test
  void eventsAreCalledAfterThePersonOrAfterTheRotation() throws Exception {
    List<NamedShift> shifts =
        List.of(
            shift("Support desk", "Primary", "Ada", "2026-11-27T08:00:00Z", 8),
            shift("Support desk", "Secondary", "Grace", "2026-11-27T09:00:00Z", 8),
            shift("Support desk", "Primary", null, "2026-11-27T16:00:00Z", 8));
    CalendarFeed ofPerson =
        new CalendarFeed("Ada", CalendarFeed.View.PERSON, Duration.ofHours(1), STAMP);
    assertThat(byIcal4j(OF_ROTATION.published(shifts)))
        .extracting(Found::summary)
        .containsExactly(
            "Support desk: Ada", "Support desk (Secondary): Grace", "Support desk: nobody");
    assertThat(byIcal4j(ofPerson.published(shifts.subList(0, 2))))
        .extracting(Found::summary)
        .containsExactly("On duty: Support desk", "On duty: Support desk (Secondary)");
  }

  @Test
  void aShiftThatChangesHandsIsTheSameEvent() throws Exception {
    NamedShift before = shift("Support desk", "Primary", "Ada", "2026-11-27T08:00:00Z", 8);
    NamedShift after = shift("Support desk", "Primary", "Grace", "2026-11-27T08:00:00Z", 8);
    NamedShift other = shift("Support desk", "Primary", "Ada", "2026-11-28T08:00:00Z", 8);
    String uid = byIcal4j(OF_ROTATION.published(List.of(before))).getFirst().uid();
    assertThat(byIcal4j(OF_ROTATION.published(List.of(after, other))))
        .extracting(Found::uid)
        .startsWith(uid)
        .doesNotHaveDuplicates();
  }

  @Test
  void severalPeopleInOnePlaceAreSeveralEvents() throws Exception {
    NamedShift ada = shift("Support desk", "Primary", "Ada", "2026-11-27T08:00:00Z", 8);
    NamedShift grace = shift("Support desk", "Primary", "Grace", "2026-11-27T08:00:00Z", 8);
    List<Found> found = byIcal4j(OF_ROTATION.published(List.of(grace, ada)));
    assertThat(found).extracting(Found::uid).doesNotHaveDuplicates();
    assertThat(found).isEqualTo(byIcal4j(OF_ROTATION.published(List.of(ada, grace))));
  }

  @Test
  void whatIsCalledOffSaysSo() throws Exception {
    NamedShift shift = shift("Support desk", "Primary", "Ada", "2026-11-27T08:00:00Z", 8);
    String text = OF_ROTATION.cancelled(List.of(shift));
    assertThat(text).contains("METHOD:CANCEL\r\n", "STATUS:CANCELLED\r\n", "SEQUENCE:1\r\n");
    assertThat(byIcal4j(text)).isEqualTo(byIcal4j(OF_ROTATION.published(List.of(shift))));
  }

  @Test
  void aLongNameIsFoldedByOctetsAndNeverWithinACharacter() throws Exception {
    for (int padding = 0; padding < 12; padding++) {
      String name = "x".repeat(60 + padding) + "🦄é漢".repeat(30);
      String text =
          OF_ROTATION.published(List.of(shift(name, "Primary", "Ada", "2026-11-27T08:00:00Z", 8)));
      assertFolded(text);
      assertThat(byIcal4j(text)).extracting(Found::summary).containsExactly(name + ": Ada");
      assertThat(byBiweekly(text)).extracting(Found::summary).containsExactly(name + ": Ada");
    }
  }

  @Property(tries = 200)
  void bothReadersFindTheSameShiftsWhateverTheNames(@ForAll("shifts") List<NamedShift> shifts)
      throws Exception {
    String text = OF_ROTATION.published(shifts);
    assertFolded(text);
    List<Found> found = byIcal4j(text);
    assertThat(byBiweekly(text)).containsExactlyInAnyOrderElementsOf(found);
    assertThat(found).extracting(Found::uid).doesNotHaveDuplicates();
    assertThat(found)
        .extracting(each -> each.summary() + each.start() + each.end())
        .containsExactlyInAnyOrderElementsOf(
            shifts.stream()
                .map(shift ->
                    readable(shift.title() + ": " + shift.person())
                        + shift.assignment().start()
                        + shift.assignment().end())
                .toList());
    assertThat(OF_ROTATION.published(shifts.reversed())).isEqualTo(text);
  }

  /// Only one reader: ical4j 4.4.0 takes a backslash before a line break for two backslashes.
  @ParameterizedTest
  @ValueSource(strings = {"a\\\nb", "a\\nb", "\\\\n", "a\\;b\\,c"})
  void aBackslashIsABackslash(String name) {
    String text =
        OF_ROTATION.published(List.of(shift(name, "Primary", "Ada", "2026-11-27T08:00:00Z", 8)));
    assertThat(byBiweekly(text)).extracting(Found::summary).containsExactly(name + ": Ada");
  }

  @Test
  void aFeedIsNotFetchedAllTheTime() {
    assertThatThrownBy(
            () -> new CalendarFeed("x", CalendarFeed.View.PERSON, Duration.ofSeconds(59), STAMP))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Provide
  Arbitrary<List<NamedShift>> shifts() {
    Arbitrary<String> hostile =
        Arbitraries.of(
            "a",
            "Z",
            ",",
            ";",
            ":",
            "\\",
            "\n",
            "\r\n",
            "\"",
            "🦄",
            "é",
            "漢",
            "\\n",
            "BEGIN:VEVENT",
            "\nEND:VCALENDAR\n",
            "x".repeat(40),
            "👩‍👩‍👧",
            "\u0000",
            "\u2028",
            "=",
            "^n",
            "%0A");
    Arbitrary<String> names =
        hostile
            .list()
            .ofMinSize(1)
            .ofMaxSize(12)
            .map(each -> "R" + String.join("", each))
            .filter(name -> !name.matches("(?s).*\\\\[\u0000]*[n\r\n\u2028].*"));
    Arbitrary<Instant> starts =
        Arbitraries.longs().between(0, 4_000_000_000L).map(Instant::ofEpochSecond);
    Arbitrary<Integer> hours = Arbitraries.integers().between(1, 2000);
    return Combinators.combine(names, Arbitraries.of("Primary", "Secondary"), names, starts, hours)
        .as((rotation, role, person, start, length) ->
            shift(rotation, role, person, start.toString(), length))
        .list()
        .ofMaxSize(12);
  }

  /// What is left of a name in a calendar: no control characters but line breaks.
  private static String readable(String name) {
    return name.replace("\r\n", "\n").replace("\u2028", "\n").replace("\u0000", "");
  }

  private static void assertFolded(String text) {
    assertThat(Arrays.asList(text.split("\r\n")))
        .allSatisfy(line -> {
          assertThat(line.getBytes(StandardCharsets.UTF_8).length).isLessThanOrEqualTo(75);
          assertThat(StandardCharsets.UTF_8.newEncoder().canEncode(line)).isTrue();
          assertThat(line).doesNotContain("\n");
        });
  }

  private static List<Found> byIcal4j(String text) throws Exception {
    Calendar calendar = new CalendarBuilder().build(new StringReader(text));
    calendar.validate();
    Stream<VEvent> events = calendar.<VEvent>getComponents("VEVENT").stream();
    return events
        .map(event ->
            new Found(
                event.getRequiredProperty("UID").getValue(),
                event.getRequiredProperty("SUMMARY").getValue(),
                instant(event.getStartDate().orElseThrow().getDate()),
                instant(event.getEndDate().orElseThrow().getDate())))
        .toList();
  }

  private static Instant instant(java.time.temporal.Temporal date) {
    return date instanceof Instant instant ? instant : OffsetDateTime.from(date).toInstant();
  }

  private static List<Found> byBiweekly(String text) {
    List<ICalendar> calendars = Biweekly.parse(text).all();
    assertThat(calendars).hasSize(1);
    return calendars.getFirst().getEvents().stream()
        .map(event ->
            new Found(
                event.getUid().getValue(),
                event.getSummary().getValue(),
                event.getDateStart().getValue().toInstant(),
                event.getDateEnd().getValue().toInstant()))
        .toList();
  }

  static NamedShift shift(
      String rotation, String role, @Nullable String person, String start, int hours) {
    Instant begin = Instant.parse(start);
    return new NamedShift(
        ROTATION,
        rotation,
        person,
        null,
        new Assignment(
            role,
            person == null ? null : new Participant("U-" + person),
            begin,
            begin.plus(Duration.ofHours(hours)),
            begin,
            person == null ? Why.NOBODY : Why.TURN,
            null,
            null));
  }
}
