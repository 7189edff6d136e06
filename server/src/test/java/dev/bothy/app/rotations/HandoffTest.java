package dev.bothy.app.rotations;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bothy.platform.audit.Audit;
import dev.bothy.platform.audit.AuditEntry;
import dev.bothy.platform.audit.AuditFilter;
import dev.bothy.platform.chat.Capability;
import dev.bothy.platform.chat.ChatFeature.Answer;
import dev.bothy.platform.chat.Content;
import dev.bothy.platform.chat.Form;
import dev.bothy.platform.kernel.Problem;
import dev.bothy.platform.workspace.Workspaces;
import dev.bothy.testkit.BothyTest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

@BothyTest
class HandoffTest {
  /// A Monday, 10:00 in Berlin. Ada is on duty; Grace takes over on Tuesday at 09:00.
  private static final Instant NOW = Instant.parse("2026-11-23T09:00:00Z");

  private static final Instant TUESDAY = Instant.parse("2026-11-24T08:00:00Z");
  private static final Instant WEDNESDAY = TUESDAY.plus(Duration.ofDays(1));
  private static final Duration HALF_AN_HOUR = Duration.ofMinutes(30);
  private static final Duration TWO_HOURS = Duration.ofHours(2);

  /// The clock of these tests moves while they run.
  private static final Duration OVER_TWO_HOURS = TWO_HOURS.plusMinutes(1);

  private static final String QUEUE = "The queue is empty";
  private static final String PAGER = "The pager is charged";

  @Autowired ApplicationContext server;
  @Autowired Workspaces workspaces;
  @Autowired JdbcClient jdbc;

  private RotationWorld world;
  private UUID rotation;

  @BeforeEach
  void makeWorld() {
    world = RotationWorld.in(server, NOW);
    world.type("ada", "new Desk daily 09:00 Europe/Berlin <@ada> <@grace> <@katherine>");
    rotation = world.rotation("Desk").id();
    world.settle();
  }

  @Test
  void whatIsTickedAndWhatIsOpenReachesTheNextPersonWithTheNote() {
    rules(false, NoteReaders.NEXT, QUEUE, PAGER);
    openNote("ada");
    world.submit("ada", Map.of("ticked", List.of(QUEUE), "note", List.of("Disk 3 is slow")));
    assertThat(log()).contains("rotations.note-written");
    world.moveTo(TUESDAY);
    assertThat(turnOf("grace").text())
        .contains("Checklist of Ada: ✓ The queue is empty\n☐ The pager is charged (open)");
    assertThat(world.chat.direct("grace").getLast().text()).contains("from Ada\nDisk 3 is slow");
    assertThat(notes()).isZero();
  }

  @Test
  void itemsAreTickedWithoutANoteAndTakenBackAsLongAsTheShiftLasts() {
    rules(false, NoteReaders.NEXT, QUEUE, PAGER);
    openNote("ada");
    assertThat(world.submit("ada", Map.of("ticked", List.of(QUEUE, PAGER))))
        .isInstanceOf(Answer.Done.class);
    assertThat(log())
        .contains("rotations.checklist-ticked")
        .doesNotContain("rotations.note-written");
    openNote("ada");
    assertThat(choice().values()).containsExactly(QUEUE, PAGER);
    world.submit("ada", Map.of("ticked", List.of(PAGER)));
    world.moveTo(TUESDAY);
    assertThat(turnOf("grace").text()).contains("✓ " + PAGER + "\n☐ " + QUEUE);
  }

  @Test
  void ticksBelongToTheShift() {
    rules(false, NoteReaders.NEXT, QUEUE);
    openNote("ada");
    world.submit("ada", Map.of("ticked", List.of(QUEUE)));
    world.moveTo(TUESDAY);
    world.press("grace", turnOf("grace"), Cards.WRITE_NOTE);
    assertThat(choice().values()).isEmpty();
  }

  @Test
  void ticksSurviveAnOutage() {
    rules(false, NoteReaders.NEXT, QUEUE);
    openNote("ada");
    world.submit("ada", Map.of("ticked", List.of(QUEUE)));
    world.moveTo(WEDNESDAY.plus(HALF_AN_HOUR));
    assertThat(turnOf("katherine").text()).contains("Checklist of Ada: ✓ " + QUEUE);
  }

  @Test
  void whatIsNotOnTheListAnyMoreIsNotHandedOver() {
    rules(false, NoteReaders.NEXT, QUEUE, PAGER);
    openNote("ada");
    world.submit("ada", Map.of("ticked", List.of(QUEUE, PAGER)));
    rules(false, NoteReaders.NEXT, PAGER);
    world.moveTo(TUESDAY);
    assertThat(turnOf("grace").text()).contains("✓ " + PAGER).doesNotContain(QUEUE);
  }

  @Test
  void nobodyElseTicks() {
    rules(false, NoteReaders.NEXT, QUEUE);
    world.press("grace", turnOf("ada"), Cards.WRITE_NOTE);
    assertThat(world.chat.form().orElseThrow().form().fields()).hasSize(1);
    assertThat(world.submit("grace", Map.of("ticked", List.of(QUEUE))))
        .isInstanceOf(Answer.FieldErrors.class);
    world.moveTo(TUESDAY);
    assertThat(turnOf("grace").text()).contains("☐ " + QUEUE);
  }

  @Test
  void whoeverHasWrittenNothingIsRemindedBeforeTheEndWithWhatIsOpen() {
    rules(true, NoteReaders.NEXT, QUEUE, PAGER);
    openNote("ada");
    world.submit("ada", Map.of("ticked", List.of(QUEUE)));
    world.moveTo(TUESDAY.minus(HALF_AN_HOUR));
    RecordingChat.Message reminder = world.chat.direct("ada").getLast();
    assertThat(reminder.text()).contains("ends Tue 24 Nov, 09:00", "Still open: ☐ " + PAGER);
    int before = world.chat.direct("ada").size();
    world.settle();
    assertThat(world.chat.direct("ada")).hasSize(before);
    world.press("ada", reminder, Cards.WRITE_NOTE);
    world.submit("ada", Map.of("note", List.of("The pager is in the drawer")));
    assertThat(reminder.text()).contains("your hand-off is prepared");
    assertThat(reminder.buttons()).isEmpty();
  }

  @Test
  void whoeverTickedAllOrWroteANoteIsNotReminded() {
    rules(true, NoteReaders.NEXT, QUEUE);
    openNote("ada");
    world.submit("ada", Map.of("ticked", List.of(QUEUE)));
    int before = world.chat.direct("ada").size();
    world.moveTo(TUESDAY.minus(HALF_AN_HOUR));
    assertThat(world.chat.direct("ada")).hasSize(before);
    world.moveTo(TUESDAY);
    world.settle();
    assertThat(world.chat.direct("ada")).hasSize(before);
    world.type("grace", "note Desk All is quiet");
    int graces = world.chat.direct("grace").size();
    world.moveTo(WEDNESDAY.minus(HALF_AN_HOUR));
    assertThat(world.chat.direct("grace"))
        .hasSize(graces + 1)
        .last()
        .satisfies(message -> assertThat(message.text()).contains("Have you read"));
  }

  @Test
  void whoeverLeftNoNoteIsRemindedOnceAfterTheHandOffAndItReachesTheNextPersonAsLate() {
    rules(true, NoteReaders.NEXT);
    world.moveTo(TUESDAY);
    world.settle();
    RecordingChat.Message reminder = world.chat.direct("ada").getLast();
    assertThat(reminder.text()).contains("ended without a hand-off note", "Wed 25 Nov, 09:00");
    assertThat(turnOf("grace").text()).contains("Hand-off: Ada has left no note yet");
    assertThat(turnOf("grace").buttons()).noneMatch(HandoffTest::isGotIt);
    int before = world.chat.direct("ada").size();
    world.moveTo(TUESDAY.plus(OVER_TWO_HOURS));
    assertThat(world.chat.direct("ada")).hasSize(before);

    world.press("ada", reminder, Cards.WRITE_NOTE);
    world.submit("ada", Map.of("note", List.of("Sorry")));
    assertThat(world.chat.direct("grace").getLast().text()).contains("from Ada, late\nSorry");
    assertThat(reminder.buttons()).isEmpty();
    assertThat(turnOf("grace").text()).doesNotContain("no note yet");
    assertThat(turnOf("grace").buttons()).anyMatch(HandoffTest::isGotIt);
    assertThat(notes()).isZero();
  }

  @Test
  void afterItsWindowANoteIsTooLate() {
    rules(true, NoteReaders.NEXT);
    world.moveTo(TUESDAY);
    world.settle();
    RecordingChat.Message reminder = world.chat.direct("ada").getLast();
    world.press("ada", reminder, Cards.WRITE_NOTE);
    world.moveTo(WEDNESDAY.plus(HALF_AN_HOUR));
    assertThat(reminder.buttons()).isEmpty();
    assertThat(world.submit("ada", Map.of("note", List.of("Too late"))))
        .isInstanceOfSatisfying(
            Answer.FieldErrors.class,
            errors -> assertThat(errors.byField().get("note")).contains("more than 24 hours ago"));
    assertThat(world.chat.direct("katherine"))
        .noneMatch(message -> message.text().contains("Too late"));
  }

  @Test
  void theNextPersonSaysThatTheyHaveItAndIsRemindedOnceUntilThen() {
    rules(true, NoteReaders.NEXT);
    world.type("ada", "note Desk All is quiet");
    world.moveTo(TUESDAY);
    assertThat(turnOf("grace").buttons()).anyMatch(HandoffTest::isGotIt);
    world.moveTo(TUESDAY.plus(OVER_TWO_HOURS));
    RecordingChat.Message reminder = world.chat.direct("grace").getLast();
    assertThat(reminder.text()).contains("Ada handed Desk over to you");
    int before = world.chat.direct("grace").size();
    world.moveTo(TUESDAY.plus(OVER_TWO_HOURS).plus(OVER_TWO_HOURS));
    assertThat(world.chat.direct("grace")).hasSize(before);

    world.press("katherine", reminder, HandoffCards.GOT_IT);
    assertThat(reminder.buttons()).isNotEmpty();
    world.press("grace", reminder, HandoffCards.GOT_IT);
    assertThat(reminder.buttons()).isEmpty();
    assertThat(turnOf("grace").buttons()).noneMatch(HandoffTest::isGotIt);
    assertThat(log()).contains("rotations.handoff-acknowledged");
  }

  @Test
  void ownersFindOnTheirPageWhatWaitsAndOthersDoNot() {
    world.owners.add("olga");
    rules(true, NoteReaders.NEXT);
    world.moveTo(TUESDAY);
    world.openHome("olga");
    assertThat(world.chat.home("olga").text()).contains("Desk: Ada left no note for Grace");
    world.openHome("grace");
    assertThat(world.chat.home("grace").text()).doesNotContain("left no note");
    world.settle();
    world.press("ada", world.chat.direct("ada").getLast(), Cards.WRITE_NOTE);
    world.submit("ada", Map.of("note", List.of("Sorry")));
    world.openHome("olga");
    assertThat(world.chat.home("olga").text()).doesNotContain("Hand-offs that wait");
    world.moveTo(TUESDAY.plus(OVER_TWO_HOURS));
    world.openHome("olga");
    assertThat(world.chat.home("olga").text())
        .contains("Desk: Grace has not acknowledged what Ada handed over");
    world.moveTo(WEDNESDAY);
    world.openHome("olga");
    assertThat(world.chat.home("olga").text()).contains("Grace left no note for Katherine");
    assertThat(world.chat.home("olga").text()).doesNotContain("Ada");
  }

  @Test
  void withoutAnExpectedNoteNobodyIsReminded() {
    rules(false, NoteReaders.NEXT, QUEUE);
    world.moveTo(TUESDAY);
    world.settle();
    world.moveTo(TUESDAY.plus(OVER_TWO_HOURS));
    assertThat(world.chat.direct("ada")).hasSize(1);
    assertThat(turnOf("grace").buttons()).anyMatch(HandoffTest::isGotIt);
  }

  @Test
  void byDefaultNobodyButTheNextPersonReadsANote() {
    world.owners.add("olga");
    world.type("ada", "note Desk Secret");
    world.moveTo(TUESDAY);
    for (String account : List.of("ada", "grace", "katherine", "olga")) {
      world.type(account, "notes Desk");
      assertThat(world.chat.shownTo(account).text()).contains("not for you to read");
    }
    assertThat(notes()).isZero();
    assertThat(log()).doesNotContain("rotations.notes-read");
  }

  @Test
  void everyoneInTheRotationReadsThemWhereTheyMayAndEachReadingIsLoggedWithoutTheText() {
    world.owners.add("olga");
    rules(false, NoteReaders.ROTATION);
    world.type("ada", "note Desk Secret of the drawer");
    world.type("katherine", "notes Desk");
    assertThat(world.chat.shownTo("katherine").text()).contains("None is kept");
    world.moveTo(TUESDAY);
    world.type("grace", "notes Desk");
    assertThat(world.chat.shownTo("grace").text()).contains("Ada", "Secret of the drawer");
    assertThat(log()).doesNotContain("rotations.notes-read");
    world.type("katherine", "notes Desk");
    assertThat(world.chat.shownTo("katherine").text()).contains("Secret of the drawer");
    world.type("olga", "notes Desk");
    assertThat(world.chat.shownTo("olga").text()).contains("not for you to read");
    AuditEntry reading =
        entries().stream()
            .filter(entry -> entry.action().equals("rotations.notes-read"))
            .findFirst()
            .orElseThrow();
    assertThat(reading.details().keySet()).containsExactly("handoffs");
    assertThat(entries().toString()).doesNotContain("drawer");
  }

  @Test
  void ownersReadThemWhereTheyMayAndOthersOfTheRotationDoNot() {
    world.owners.add("olga");
    rules(false, NoteReaders.OWNERS);
    world.type("ada", "note Desk Secret");
    world.moveTo(TUESDAY);
    world.type("olga", "notes Desk");
    assertThat(world.chat.shownTo("olga").text()).contains("Secret");
    world.type("katherine", "notes Desk");
    assertThat(world.chat.shownTo("katherine").text()).contains("not for you to read");
    world.type("grace", "notes Desk");
    assertThat(world.chat.shownTo("grace").text()).contains("Secret");
  }

  @Test
  void notesThatWereWrittenForOtherReadersGoWhenThoseChange() {
    rules(false, NoteReaders.OWNERS);
    world.type("ada", "note Desk Secret");
    world.moveTo(TUESDAY);
    assertThat(notes()).isOne();
    rules(false, NoteReaders.ROTATION);
    assertThat(notes()).isZero();
  }

  @Test
  void aNoteIsNeverShownInTheChannel() {
    rules(false, NoteReaders.ROTATION);
    world.type("ada", "note Desk Secret");
    world.moveTo(TUESDAY);
    world.chat.cannot(Capability.EPHEMERAL);
    world.chat.cannot(Capability.DIRECT);
    world.type("katherine", "notes Desk");
    assertThat(world.chat.channel("C1"))
        .noneMatch(message -> message.text().contains("Secret"))
        .last()
        .satisfies(message -> assertThat(message.text()).contains("read them in the console"));
  }

  @Test
  void aListHasBoundsAndSaysWhichItemIsWrong() {
    assertThat(problems(IntStream.range(0, 21).mapToObj(Integer::toString).toList()))
        .containsExactly("Checklist: 21 items. Allowed: at most 20 items");
    assertThat(problems(List.of(QUEUE, "x".repeat(76), " ", QUEUE, "a\nb")))
        .containsExactly(
            "Checklist: item 2 has 76 characters. Allowed: 1 to 75 characters",
            "Checklist: item 3 is empty. Allowed: 1 to 75 characters",
            "Checklist: item 4 is on the list before. Allowed: each item once",
            "Checklist: item 5 has a line break or a control character. Allowed: one line");
  }

  @Test
  void whoeverSavesOverAnothersChangeIsToldSo() {
    rules(false, NoteReaders.NEXT, QUEUE);
    long revision = world.tellings.find(world.workspace, rotation).orElseThrow().revision();
    rules(false, NoteReaders.NEXT, PAGER);
    assertThat(
            world.tellings.save(
                world.workspace, RotationWorld.somebody(), rotation, Telling.DEFAULT, revision))
        .isInstanceOf(Tellings.Outcome.Outdated.class);
    assertThat(
            world
                .tellings
                .find(world.workspace, rotation)
                .orElseThrow()
                .telling()
                .handoff()
                .checklist())
        .containsExactly(PAGER);
  }

  private List<String> problems(List<String> checklist) {
    Telling telling =
        new Telling(
            null,
            null,
            false,
            null,
            new HandoffRules(checklist, false, HALF_AN_HOUR, TWO_HOURS, NoteReaders.NEXT));
    return ((Tellings.Outcome.Refused)
            world.tellings.save(world.workspace, RotationWorld.somebody(), rotation, telling, null))
        .problems().stream().map(Problem::message).toList();
  }

  private void rules(boolean expected, NoteReaders readers, String... checklist) {
    HandoffRules rules =
        new HandoffRules(List.of(checklist), expected, HALF_AN_HOUR, TWO_HOURS, readers);
    assertThat(
            world.tellings.save(
                world.workspace,
                RotationWorld.somebody(),
                rotation,
                new Telling(Duration.ZERO, null, false, null, rules),
                null))
        .isInstanceOf(Tellings.Outcome.Done.class);
    world.settle();
  }

  /// The message about somebody's latest turn.
  private RecordingChat.Message turnOf(String account) {
    return world.chat.direct(account).stream()
        .filter(message -> message.text().contains("You are on duty"))
        .reduce((_, later) -> later)
        .orElseThrow();
  }

  private void openNote(String account) {
    world.press(account, turnOf(account), Cards.WRITE_NOTE);
  }

  private Form.ChoiceField choice() {
    return world.chat.form().orElseThrow().form().fields().stream()
        .filter(Form.ChoiceField.class::isInstance)
        .map(Form.ChoiceField.class::cast)
        .findFirst()
        .orElseThrow();
  }

  private static boolean isGotIt(Content.Button button) {
    return button.id().equals(HandoffCards.GOT_IT);
  }

  private int notes() {
    return workspaces.inWorkspace(
        world.workspace,
        () -> jdbc.sql("select count(*) from handoff_note").query(Integer.class).single());
  }

  private List<String> log() {
    return entries().stream().map(AuditEntry::action).toList();
  }

  private List<AuditEntry> entries() {
    return workspaces.inWorkspace(
        world.workspace,
        () -> server.getBean(Audit.class).page(AuditFilter.ALL, null, 200).entries());
  }
}
