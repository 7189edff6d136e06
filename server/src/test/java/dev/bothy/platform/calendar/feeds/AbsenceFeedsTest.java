package dev.bothy.platform.calendar.feeds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.bothy.platform.audit.Actor;
import dev.bothy.platform.audit.Audit;
import dev.bothy.platform.audit.AuditEntry;
import dev.bothy.platform.audit.AuditFilter;
import dev.bothy.platform.calendar.Absence;
import dev.bothy.platform.calendar.Absences;
import dev.bothy.platform.calendar.SourceTrouble;
import dev.bothy.platform.calendar.ToldInChat;
import dev.bothy.platform.calendar.feeds.AbsenceFeed.State;
import dev.bothy.platform.chat.sandbox.SandboxRoom;
import dev.bothy.platform.chatlinks.ChatLinks;
import dev.bothy.platform.chatlinks.LinkedAccount;
import dev.bothy.platform.chatlinks.LinkedBy;
import dev.bothy.platform.kernel.ConnectionId;
import dev.bothy.platform.kernel.Problem;
import dev.bothy.platform.people.NotAllowed;
import dev.bothy.platform.people.Role;
import dev.bothy.platform.people.TestPeople;
import dev.bothy.platform.people.Viewer;
import dev.bothy.platform.work.ScheduleHandler.Due;
import dev.bothy.platform.workspace.Workspace;
import dev.bothy.platform.workspace.Workspaces;
import dev.bothy.testkit.BothyTest;
import dev.bothy.testkit.RowsOf;
import dev.bothy.testkit.TestWorkspaces;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.TemporalAdjusters;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/// Calendars of a server on this machine, as they come and as they fail.
@BothyTest
class AbsenceFeedsTest {
  @Autowired Workspaces workspaces;
  @Autowired SandboxRoom sandbox;
  @Autowired AbsenceFeeds feeds;
  @Autowired FeedRefresh refresh;
  @Autowired Absences absences;
  @Autowired ChatLinks links;
  @Autowired Audit audit;
  @Autowired TestPeople people;
  @Autowired JdbcClient jdbc;
  @Autowired Clock clock;

  private final FeedServer server = started();
  private Workspace workspace;
  private ConnectionId connection;
  private Viewer admin;
  private LocalDate today;

  @BeforeEach
  void open() {
    workspace = TestWorkspaces.fresh(workspaces);
    connection = in(sandbox::open).id();
    admin = viewer(Role.ADMIN);
    today = clock.instant().atZone(ZoneOffset.UTC).toLocalDate();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void aCalendarIsReadAndWhatIsGoneFromItIsForgotten() {
    server.serves(calendar(day("a", 3), day("b", 5), day("c", 5, "TRANSP:TRANSPARENT")));
    AbsenceFeed feed = read(subscribe());

    assertThat(feed.state().absences()).isEqualTo(2);
    assertThat(feed.state().problem()).isNull();
    assertThat(known()).extracting(Absence::from).containsExactly(midnight(3), midnight(5));
    List<UUID> ids = known().stream().map(Absence::id).toList();

    server.serves(calendar(day("b", 6), day("d", 9)));
    read(feed);

    assertThat(known()).extracting(Absence::from).containsExactly(midnight(6), midnight(9));
    assertThat(known()).extracting(Absence::allDay).containsOnly(true);
    assertThat(ids).contains(known().getFirst().id());
    assertThat(known()).allSatisfy(absence -> assertThat(absence.leaveType()).isNull());
  }

  @Test
  void anAnswerThatIsNoneChangesNothingAndIsTold() {
    server.serves(calendar(day("a", 3)));
    AbsenceFeed feed = read(subscribe());

    server.fails(500, "X-Any", "thing");
    assertThat(read(feed).state().problem())
        .isEqualTo(
            "It answered 500: its server is in trouble. It is read again by itself; if that goes"
                + " on, ask whoever runs it.");
    server.serves("BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:a\r\n");
    assertThat(read(feed).state().problem())
        .startsWith("Line 3: It ends before END:VCALENDAR: only a part of it was delivered. If");
    server.breaksOff(calendar());
    State broken = read(feed).state();
    assertThat(broken.problem()).startsWith("The connection broke");
    server.serves("<html>Sign in</html>");
    State page = read(feed).state();
    assertThat(page.problem())
        .startsWith(
            "Line 1: This is no iCalendar file: it does not begin with BEGIN:VCALENDAR. If");
    server.serves("X".repeat(2_000_001));
    assertThat(read(feed).state().problem()).startsWith("It is larger than 2 MB. Publish less");
    server.fails(302, "Location", "https://elsewhere.invalid/");
    State last = read(feed).state();

    assertThat(last.failures()).isEqualTo(6);
    assertThat(last.failingSince()).isEqualTo(broken.failingSince());
    assertThat(last.isFailingForLong(clock.instant())).isFalse();
    assertThat(last.isFailingForLong(clock.instant().plus(Duration.ofDays(4)))).isTrue();
    assertThat(known()).extracting(Absence::from).containsExactly(midnight(3));

    server.serves(calendar());
    State good = read(feed).state();
    assertThat(good.failures()).isZero();
    assertThat(good.failingSince()).isNull();
    assertThat(known()).isEmpty();
  }

  @Test
  void whoeverAddedItIsToldOnceThatItFailsForDaysAndOnceThatItIsReadAgain() {
    in(() ->
        links.link(
            new LinkedAccount(connection, "ben", admin.person()),
            LinkedBy.ADMIN,
            new Actor.System()));
    server.fails(404, "X-Any", "thing");
    AbsenceFeed feed = subscribe();
    read(feed);
    assertThat(feeds.troubles(admin)).isEmpty();
    assertThat(told("ben", "could not be read")).isZero();

    in(() ->
        jdbc.sql("update absence_feed set failing_since_at = now() - interval '4 days'").update());
    read(feed);
    read(feed);
    awaitTold("ben", "The calendar of Ada Byron at 127.0.0.1 could not be read since");
    awaitTold("ben", "Publish it anew, and add the new address.");
    assertThat(told("ben", "could not be read")).isOne();
    assertThat(feeds.troubles(admin))
        .extracting(SourceTrouble::name)
        .containsExactly("The calendar of Ada Byron at 127.0.0.1");
    assertThat(feeds.troubles(viewer(Role.MEMBER))).isEmpty();

    server.serves(calendar(day("a", 3)));
    read(feed);
    read(feed);
    awaitTold("ben", "is read again");
    assertThat(told("ben", "is read again")).isOne();
    assertThat(feeds.troubles(admin)).isEmpty();
  }

  private void awaitTold(String account, String words) {
    await().atMost(Duration.ofSeconds(20)).until(() -> told(account, words) > 0);
  }

  private long told(String account, String words) {
    return in(() -> ToldInChat.to(sandbox, account).stream())
        .filter(message -> message.contains(words))
        .count();
  }

  @Test
  void anEventThatIsNotUnderstoodIsToldWithItsLine() {
    server.serves(calendar(day("a", 3), day("b", 5, "RRULE:FREQ=SECONDLY")));

    State state = read(subscribe()).state();

    assertThat(state.leftOut()).isOne();
    assertThat(state.leftOutWhy()).isEqualTo("Line 6: It repeats every second.");
    assertThat(known()).hasSize(1);
  }

  @Test
  void aThousandEventsARuleWithoutAnEndAndAMovedDayAreTakenWholeOrNotAtAll() {
    StringBuilder events = new StringBuilder();
    for (int i = 0; i < 1_000; i++) {
      events.append(day("event-" + i, i % 400 + 1));
    }
    // Each Monday without an end, of which one was moved to the day after and one taken out.
    LocalDate monday = today.with(TemporalAdjusters.next(DayOfWeek.MONDAY));
    String rule =
        "BEGIN:VEVENT\r\nUID:mondays\r\nDTSTART;VALUE=DATE:%1$s\r\nRRULE:FREQ=WEEKLY\r\n"
            + "EXDATE;VALUE=DATE:%2$s\r\nEND:VEVENT\r\n"
            + "BEGIN:VEVENT\r\nUID:mondays\r\nRECURRENCE-ID;VALUE=DATE:%3$s\r\n"
            + "DTSTART;VALUE=DATE:%4$s\r\nEND:VEVENT\r\n";
    String mondays =
        rule.formatted(
            basic(monday),
            basic(monday.plusDays(7)),
            basic(monday.plusDays(14)),
            basic(monday.plusDays(15)));
    server.serves(calendar(mondays));
    AbsenceFeed feed = read(subscribe());
    assertThat(known())
        .extracting(absence -> absence.from().atOffset(ZoneOffset.UTC).toLocalDate())
        .startsWith(monday, monday.plusDays(15), monday.plusDays(21))
        .doesNotContain(monday.plusDays(7), monday.plusDays(14));
    int all = known().size();
    assertThat(all).isGreaterThan(50);

    server.serves(calendar(mondays, events.toString()));
    assertThat(read(feed).state().absences()).isGreaterThan(1_000 + all);
    assertThat(known()).hasSizeGreaterThan(1_000);

    int before = known().size();
    server.breaksOff(calendar(mondays, events.toString()));
    assertThat(read(feed).state().problem()).isNotNull();
    server.serves(calendar(events + events.toString().repeat(5)));
    assertThat(read(feed).state().problem()).startsWith("Line").contains("more than 5000 events");
    assertThat(known()).hasSize(before);
  }

  private static String basic(LocalDate day) {
    return day.format(DateTimeFormatter.BASIC_ISO_DATE);
  }

  @Test
  void whatIsShorterThanAskedForIsNoAbsence() {
    server.serves(
        calendar(
            "BEGIN:VEVENT\r\nUID:short\r\nDTSTART:%1$sT090000Z\r\nDTEND:%1$sT093000Z\r\nEND:VEVENT\r\n"
                .formatted(date(4)),
            "BEGIN:VEVENT\r\nUID:long\r\nDTSTART:%1$sT090000Z\r\nDTEND:%1$sT140000Z\r\nEND:VEVENT\r\n"
                .formatted(date(4))));

    read(done(feeds.subscribe(admin, input(server.url(), 4))));

    assertThat(known())
        .extracting(Absence::to)
        .containsExactly(midnight(4).plus(Duration.ofHours(14)));
  }

  @Test
  void itIsReadAgainByItselfAndAskedOnlyForWhatIsNew() {
    server.serves(calendar(day("a", 3)));
    AbsenceFeed feed = read(subscribe());

    Instant next = scheduled(feed).orElseThrow();
    assertThat(Duration.between(clock.instant(), next))
        .isBetween(Duration.ofMinutes(26), Duration.ofMinutes(34));
    assertThat(server.asked().getLast()).isNotEmpty();
    assertThat(known()).hasSize(1);

    server.fails(429, "Retry-After", "7200");
    assertThat(Duration.between(clock.instant(), scheduled(feed).orElseThrow()))
        .isBetween(Duration.ofMinutes(119), Duration.ofMinutes(121));
    for (int i = 0; i < 8; i++) {
      server.fails(503, "X-Any", "thing");
      next = scheduled(feed).orElseThrow();
    }
    assertThat(Duration.between(clock.instant(), next))
        .isBetween(Duration.ofHours(5), Duration.ofHours(7));
    feeds.remove(admin, feed.id());
    assertThat(scheduled(feed)).isEmpty();
  }

  @Test
  void aFileIsTakenInOnceAndRemovedWithWhatItTold() {
    byte[] file = calendar(day("a", 3), day("b", 5)).getBytes(StandardCharsets.UTF_8);

    AbsenceFeed feed = done(feeds.takeIn(admin, input("", 0), file));
    assertThat(feed.isFile()).isTrue();
    assertThat(feed.state().absences()).isEqualTo(2);
    assertThat(known()).hasSize(2);
    assertThat(feeds.refresh(admin, feed.id())).isInstanceOf(FeedOutcome.Refused.class);

    done(feeds.remove(admin, feed.id()));
    assertThat(known()).isEmpty();
    assertThat(feeds.list(admin)).isEmpty();
    assertThat(feeds.remove(admin, feed.id())).isInstanceOf(FeedOutcome.NotFound.class);
    assertThat(actions()).containsExactly("calendar.feed-removed", "calendar.feed-file-taken-in");
  }

  @Test
  void halfAFileIsRefusedAndNothingIsSaved() {
    byte[] file = "BEGIN:VCALENDAR\nBEGIN:VEVENT\n".getBytes(StandardCharsets.UTF_8);

    assertThat(problems(feeds.takeIn(admin, input("", 0), file)))
        .containsExactly(
            "file: Line 2: It ends before END:VCALENDAR: only a part of it was delivered.");
    assertThat(feeds.list(admin)).isEmpty();
  }

  @Test
  void whatIsNoFeedIsRefusedInWords() {
    assertThat(
            problems(
                feeds.subscribe(
                    admin, new FeedInput(connection, "nobody", "ftp://x/y", 200, "Mars"))))
        .containsExactly(
            "account: somebody whom the chat network knows",
            "address: one that begins with https:// or webcal://, up to 2000 characters, without a"
                + " user, a password or a #",
            "shortestHours: 0 to 168",
            "zone: a time zone's name, such as Europe/Berlin");
    for (int i = 0; i < FeedRules.MOST_OF_ACCOUNT; i++) {
      done(feeds.subscribe(admin, input("webcal://calendars.invalid/" + i, 0)));
    }
    assertThat(problems(feeds.subscribe(admin, input("https://calendars.invalid/more", 0))))
        .containsExactly(
            "There are 5 calendars of this person, which is the most. Remove one first.");
    assertThat(feeds.list(admin)).extracting(AbsenceFeed::label).containsOnly("calendars.invalid");
  }

  @Test
  void whoIsNeitherAnAdminNorThePersonSeesAndAddsNothing() {
    AbsenceFeed feed = subscribe();
    Viewer member = viewer(Role.MEMBER);

    assertThat(feeds.list(member)).isEmpty();
    assertThat(feeds.refresh(member, feed.id())).isInstanceOf(FeedOutcome.NotFound.class);
    assertThat(feeds.remove(member, feed.id())).isInstanceOf(FeedOutcome.NotFound.class);
    assertThatThrownBy(() -> feeds.subscribe(member, input(server.url(), 0)))
        .isInstanceOf(NotAllowed.class);
  }

  @Test
  void theAddressAndTheTitlesAreStoredNowhereToBeRead() {
    server.serves(calendar(day("very-own-id", 3, "SUMMARY:Doctor Strangelove")));
    read(subscribe());

    assertThat(
            RowsOf.naming(
                workspace.id().value(), List.of("secret-token", "very-own-id", "Strangelove")))
        .isEmpty();
    assertThat(feeds.list(admin).toString()).doesNotContain("secret-token");
  }

  private AbsenceFeed subscribe() {
    AbsenceFeed feed = done(feeds.subscribe(admin, input(server.url(), 0)));
    settle();
    return feed;
  }

  private AbsenceFeed read(AbsenceFeed feed) {
    return done(feeds.refresh(admin, feed.id()));
  }

  private Optional<Instant> scheduled(AbsenceFeed feed) {
    Due due = new Due(feed.id(), clock.instant(), clock.instant());
    refresh.prepare(workspace.id(), due);
    return in(() -> refresh.run(due));
  }

  private FeedInput input(String address, int shortestHours) {
    return new FeedInput(connection, "ada", address, shortestHours, "UTC");
  }

  private List<Absence> known() {
    return in(() -> absences.of(connection, Set.of("ada"), midnight(-40), midnight(400)));
  }

  private List<String> actions() {
    return in(() ->
            audit
                .page(new AuditFilter("calendar", null, null, null, null, null, null), null, 10)
                .entries())
        .stream()
        .map(AuditEntry::action)
        .toList();
  }

  private Viewer viewer(Role role) {
    TestPeople.Someone someone = people.signedIn(workspace, "Somebody " + role, role);
    return new Viewer(someone.id(), someone.name(), workspace.id(), workspace.slug(), Set.of(role));
  }

  private Instant midnight(int days) {
    return today.plusDays(days).atStartOfDay(ZoneOffset.UTC).toInstant();
  }

  private String date(int days) {
    return today.plusDays(days).format(DateTimeFormatter.BASIC_ISO_DATE);
  }

  private String day(String uid, int days, String... more) {
    return "BEGIN:VEVENT\r\nUID:%s\r\nDTSTART;VALUE=DATE:%s\r\n%sEND:VEVENT\r\n"
        .formatted(uid, date(days), more.length == 0 ? "" : more[0] + "\r\n");
  }

  private static String calendar(String... events) {
    return "BEGIN:VCALENDAR\r\n" + String.join("", events) + "END:VCALENDAR\r\n";
  }

  /// What was due at once was done by a worker of the server: nothing of it comes in between.
  private void settle() {
    await()
        .atMost(Duration.ofSeconds(20))
        .until(() ->
            in(() ->
                jdbc.sql(
                        "select count(*) from scheduled_item where kind = 'absence-feed' and due_at <= now()")
                    .query(Integer.class)
                    .single())
                == 0);
  }

  private <T> T in(Supplier<T> work) {
    return workspaces.inWorkspace(workspace.id(), work);
  }

  private static AbsenceFeed done(FeedOutcome outcome) {
    assertThat(outcome).isInstanceOf(FeedOutcome.Done.class);
    return ((FeedOutcome.Done) outcome).feed();
  }

  private static List<String> problems(FeedOutcome outcome) {
    assertThat(outcome).isInstanceOf(FeedOutcome.Refused.class);
    return ((FeedOutcome.Refused) outcome).problems().stream().map(Problem::message).toList();
  }

  private static FeedServer started() {
    try {
      return new FeedServer();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
