package dev.bothy.app.rotations;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bothy.platform.chat.OutboundMessage;
import dev.bothy.platform.workspace.Workspaces;
import dev.bothy.testkit.BothyTest;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

@BothyTest
class TellingTest {
  /// A Monday, 10:00 in Berlin. Ada is on duty; Grace takes over on Tuesday at 09:00.
  private static final Instant NOW = Instant.parse("2026-11-23T09:00:00Z");

  private static final Instant TUESDAY = Instant.parse("2026-11-24T08:00:00Z");
  private static final Duration DAY = Duration.ofDays(1);
  private static final Duration HOUR = Duration.ofHours(1);

  @Autowired ApplicationContext server;

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
  void whoeverIsNextIsRemindedAnHourBeforeALongShiftAndOnce() {
    assertThat(world.chat.direct("grace")).isEmpty();
    world.moveTo(TUESDAY.minus(HOUR));
    assertThat(world.chat.direct("grace").getLast().text())
        .contains("Your shift in Desk is about to begin", "From: Tue 24 Nov, 09:00");
    world.moveTo(TUESDAY.minusSeconds(60));
    assertThat(world.chat.direct("grace")).hasSize(1);
  }

  @Test
  void aReminderThatWasMissedIsSentUntilTheShiftBeginsAndNotLater() {
    world.moveTo(TUESDAY.minus(Duration.ofMinutes(5)));
    assertThat(world.chat.direct("grace")).hasSize(1);
    world.moveTo(TUESDAY.plus(DAY));
    world.settle();
    assertThat(world.chat.direct("katherine"))
        .noneMatch(message -> message.text().contains("about to begin"));
  }

  @Test
  void aReminderCanBeSetAnyTimeAheadOrSwitchedOff() {
    save(new Telling(Duration.ZERO, null, false, null, HandoffRules.DEFAULT));
    world.moveTo(TUESDAY.minusSeconds(60));
    assertThat(world.chat.direct("grace")).isEmpty();
    save(new Telling(Duration.ofDays(2), null, false, null, HandoffRules.DEFAULT));
    world.settle();
    assertThat(world.chat.direct("grace")).hasSize(1);
    assertThat(world.chat.direct("katherine")).hasSize(1);
  }

  @Test
  void aReminderOutOfBoundsIsRefusedInWords() {
    Tellings.Outcome outcome =
        world.tellings.save(
            world.workspace,
            RotationWorld.somebody(),
            rotation,
            new Telling(Duration.ofMinutes(5), null, false, null, HandoffRules.DEFAULT),
            null);
    assertThat(outcome)
        .isInstanceOfSatisfying(
            Tellings.Outcome.Refused.class,
            refused ->
                assertThat(refused.problems().getFirst().message()).contains("5 minutes", "10080"));
  }

  @Test
  void theChannelHearsOfTheWeekAtTheTimeThatWasSet() {
    save(
        new Telling(
            null,
            new Telling.LookAhead(DayOfWeek.MONDAY, LocalTime.of(8, 0)),
            false,
            null,
            HandoffRules.DEFAULT));
    Instant monday = Instant.parse("2026-11-30T07:00:00Z");
    assertThat(world.due(LookAheads.KIND, rotation)).contains(monday);
    world.moveTo(monday);
    assertThat(world.chat.channel("C1"))
        .anyMatch(message ->
            message.text().contains("the next seven days")
                && message.text().contains("Mon 30 Nov, 09:00  Grace"));
    assertThat(world.due(LookAheads.KIND, rotation)).contains(monday.plus(DAY.multipliedBy(7)));
  }

  @Test
  void topicAndGroupFollowWhoIsOnDuty() {
    save(new Telling(null, null, true, new Telling.DutyGroup("S1", null), HandoffRules.DEFAULT));
    world.settle();
    assertThat(topics()).containsExactly("Desk: Ada until Tue 24 Nov, 09:00 (Europe/Berlin)");
    assertThat(members()).containsExactly("ada");
    world.settle();
    assertThat(topics()).hasSize(1);
    world.moveTo(TUESDAY);
    world.settle();
    assertThat(topics()).hasSize(2).last().asString().contains("Grace");
    assertThat(members()).containsExactly("ada", "grace");
  }

  @Test
  void aGroupIsNeverEmptiedAndTheChannelHearsOfItOnce() {
    save(new Telling(null, null, false, new Telling.DutyGroup("S1", null), HandoffRules.DEFAULT));
    world.settle();
    for (String account : List.of("ada", "grace", "katherine")) {
      world.away(account, TUESDAY, TUESDAY.plus(DAY));
    }
    world.moveTo(TUESDAY);
    world.settle();
    world.settle();
    assertThat(members()).containsExactly("ada");
    assertThat(world.chat.channel("C1"))
        .filteredOn(message -> message.text().contains("group still names"))
        .hasSize(1);
  }

  @Test
  void theChannelIsJoinedBeforeTheFirstCard() {
    assertThat(world.chat.sent(OutboundMessage.Join.class)).hasSize(1);
    world.moveTo(TUESDAY);
    assertThat(world.chat.sent(OutboundMessage.Join.class)).hasSize(1);
  }

  @Test
  void aCardThatTheNetworkRefusesIsAProblemUntilTheNextOneIsSent() {
    world.refuse(
        world.chat.channel("C1").getLast().sent,
        world.chat.idOf(world.chat.channel("C1").getLast()),
        "Bothy is not in the channel");
    assertThat(problem()).isEqualTo("Bothy is not in the channel");
    world.moveTo(TUESDAY);
    assertThat(problem()).isNull();
    assertThat(world.chat.sent(OutboundMessage.Join.class)).hasSize(2);
  }

  @Test
  void ownersHearOfATimeWithNobodyAheadOnce() {
    world.owners.add("olga");
    for (String account : List.of("ada", "grace", "katherine")) {
      world.away(account, TUESDAY.plus(DAY), TUESDAY.plus(DAY.multipliedBy(2)));
    }
    world.settle();
    assertThat(world.chat.direct("olga")).hasSize(1);
    assertThat(world.chat.direct("olga").getLast().text())
        .contains("Nobody is going to be on duty in Desk", "Wed 25 Nov, 09:00");
    world.moveTo(NOW.plus(HOUR));
    world.settle();
    assertThat(world.chat.direct("olga")).hasSize(1);
  }

  @Test
  void ownersHearOfATimeWithEverybodyAwayAlsoWhereAPlaceIsKeptEmptyAndNotOfThatPlace() {
    world.owners.add("olga");
    server
        .getBean(Workspaces.class)
        .inWorkspace(
            world.workspace,
            () ->
                server
                    .getBean(JdbcClient.class)
                    .sql(
                        "insert into rotation_participant (workspace_id, rotation_id, layer_id,"
                            + " place, owed, served_seconds) select workspace_id, rotation_id,"
                            + " layer_id, 3, 0, 0 from rotation_layer where rotation_id = ?")
                    .param(rotation)
                    .update());
    world.moveTo(NOW.plus(Duration.ofMinutes(1)));
    world.settle();
    assertThat(world.chat.direct("olga")).isEmpty();

    for (String account : List.of("ada", "grace", "katherine")) {
      world.away(account, TUESDAY.plus(DAY), TUESDAY.plus(DAY.multipliedBy(2)));
    }
    world.settle();
    assertThat(world.chat.direct("olga")).hasSize(1);
    assertThat(world.chat.direct("olga").getLast().text())
        .contains("Nobody is going to be on duty in Desk", "Wed 25 Nov, 09:00");
  }

  @Test
  void withoutAKnownOwnerTheChannelHearsOfIt() {
    for (String account : List.of("ada", "grace", "katherine")) {
      world.away(account, TUESDAY.plus(DAY), TUESDAY.plus(DAY.multipliedBy(2)));
    }
    world.settle();
    assertThat(world.chat.channel("C1").getLast().text()).contains("Nobody is going to be");
  }

  @Test
  void whoIsAwayForATurnIsAskedAndSkippedUntilTheyKeepIt() {
    ask();
    world.away("grace", TUESDAY.minus(HOUR), TUESDAY.plus(DAY));
    assertThat(next()).isEqualTo("katherine");
    world.settle();
    RecordingChat.Message question = question();
    assertThat(question.text()).contains("Your turn: Tue 24 Nov, 09:00");
    world.press("grace", question, TellingCards.KEEP);
    assertThat(next()).isEqualTo("grace");
    assertThat(question.text()).contains("You keep your turn");
    assertThat(question.buttons()).isEmpty();
    world.settle();
    assertThat(questions()).isEmpty();
  }

  @Test
  void aQuestionIsAnsweredByWhomItAsksAlone() {
    ask();
    world.away("grace", TUESDAY.minus(HOUR), TUESDAY.plus(DAY));
    world.settle();
    world.press("ada", question(), TellingCards.KEEP);
    assertThat(next()).isEqualTo("katherine");
    assertThat(world.chat.direct("ada").getLast().text()).contains("not open any more");
  }

  @Test
  void whereNobodyIsAskedNobodyIs() {
    world.away("grace", TUESDAY.minus(HOUR), TUESDAY.plus(DAY));
    world.settle();
    assertThat(questions()).isEmpty();
  }

  /// The rotation's layer asks people whose absence falls into their turn.
  private void ask() {
    server
        .getBean(Workspaces.class)
        .inWorkspace(
            world.workspace,
            () ->
                server
                    .getBean(JdbcClient.class)
                    .sql("update rotation_layer set absence_mode = 'ask'")
                    .update());
  }

  private List<RecordingChat.Message> questions() {
    return world.chat.direct("grace").stream()
        .filter(message -> message.text().contains("Unless you keep it"))
        .toList();
  }

  private RecordingChat.Message question() {
    assertThat(questions()).hasSize(1);
    return questions().getFirst();
  }

  private String next() {
    return Objects.requireNonNull(world.rotation("Desk").next()).account();
  }

  @Test
  void whoeverIsAboutToBeRelievedIsRemindedOfTheNoteUnlessTheyWroteOne() {
    save(
        new Telling(
            Duration.ZERO,
            null,
            false,
            null,
            new HandoffRules(
                List.of(), true, Duration.ofMinutes(30), Duration.ZERO, NoteReaders.NEXT)));
    world.moveTo(TUESDAY.minus(Duration.ofMinutes(30)));
    assertThat(world.chat.direct("ada").getLast().text()).contains("whoever takes over");
    world.moveTo(TUESDAY);
    world.type("grace", "note Desk All is quiet.");
    int before = world.chat.direct("grace").size();
    world.moveTo(TUESDAY.plus(DAY).minus(Duration.ofMinutes(30)));
    assertThat(world.chat.direct("grace")).hasSize(before);
  }

  private void save(Telling telling) {
    assertThat(
            world.tellings.save(world.workspace, RotationWorld.somebody(), rotation, telling, null))
        .isInstanceOf(Tellings.Outcome.Done.class);
  }

  private @Nullable String problem() {
    return world.tellings.find(world.workspace, rotation).orElseThrow().problem();
  }

  private List<String> topics() {
    return world.chat.sent(OutboundMessage.Topic.class).stream()
        .map(RecordingChat.Message::text)
        .toList();
  }

  private List<String> members() {
    return world.chat.sent(OutboundMessage.GroupMembers.class).stream()
        .map(RecordingChat.Message::text)
        .toList();
  }
}
