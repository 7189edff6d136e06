package dev.bothy.app.rotations;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bothy.app.rotations.plan.Participant;
import dev.bothy.platform.chat.OutboundMessage;
import dev.bothy.testkit.BothyTest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;

/// Somebody is added beside whoever has the turn: both are on duty, wherever it is told.
@BothyTest
class SeveralOnDutyTest {
  /// A Monday, 10:00 in Berlin. Ada is on duty; Grace takes over on Tuesday at 09:00.
  private static final Instant NOW = Instant.parse("2026-11-23T09:00:00Z");

  private static final Instant TUESDAY_AT_NINE = Instant.parse("2026-11-24T08:00:00Z");
  private static final Instant EVENING = Instant.parse("2026-11-23T17:00:00Z");

  private static final Participant ADA = new Participant("ada");
  private static final Participant KATHERINE = new Participant("katherine");

  @Autowired ApplicationContext server;

  private RotationWorld world;
  private UUID rotation;

  @BeforeEach
  void makeWorld() {
    world = RotationWorld.in(server, NOW);
    world.type("ada", "new Desk daily 09:00 Europe/Berlin <@ada> <@grace>");
    rotation = world.rotation("Desk").id();
  }

  @Test
  void bothAreNamedOnTheCardInAnswersAndOnThePage() {
    RecordingChat.Message before = card();
    add(NOW, EVENING);
    assertThat(card().text())
        .startsWith("Desk: <@ada> and <@katherine> are on duty.")
        .contains(
            "Until: Tue 24 Nov, 09:00 (Europe/Berlin);"
                + " Katherine until Mon 23 Nov, 18:00 (Europe/Berlin)")
        .contains("Next: Grace");
    assertThat(card().buttons())
        .extracting("label")
        .containsExactly("Show rotation", "Take over from Ada", "Take over from Katherine");
    assertThat(before.text())
        .isEqualTo("Desk: Ada was on duty until Mon 23 Nov, 10:00 (Europe/Berlin).");

    RoleDuty duty = world.rotation("Desk").duties().getFirst();
    assertThat(duty.people()).containsExactly(ADA, KATHERINE);
    assertThat(duty.until()).isEqualTo(TUESDAY_AT_NINE);
    assertThat(world.rotations.now(world.workspace).getFirst().duties().getFirst().current())
        .extracting(Shift::person)
        .containsExactly(ADA, KATHERINE);

    world.type("grace", "show Desk");
    assertThat(world.chat.shownTo("grace").text())
        .startsWith(
            "Desk: Ada is on duty until Tue 24 Nov, 09:00 (Europe/Berlin),"
                + " Katherine until Mon 23 Nov, 18:00 (Europe/Berlin).");
    world.type("grace", "list");
    assertThat(world.chat.shownTo("grace").text())
        .contains("Desk: Ada until Tue 24 Nov, 09:00 (Europe/Berlin), Katherine until Mon 23 Nov");
    world.openHome("katherine");
    assertThat(world.chat.home("katherine").text()).contains(", you until Mon 23 Nov, 18:00");
  }

  @Test
  void eachIsToldBesideWhomAndTheCardIsAsBeforeWhenItIsOver() {
    add(NOW, EVENING);
    RecordingChat.Message adas = world.chat.direct("ada").getLast();
    RecordingChat.Message katherines = world.chat.direct("katherine").getLast();
    assertThat(adas.text()).startsWith("You are on duty for Desk.").contains("With: Katherine");
    assertThat(katherines.text())
        .startsWith("You are on duty for Desk.")
        .contains("Until: Mon 23 Nov, 18:00", "With: Ada");
    int cards = world.chat.channel("C1").size();

    world.moveTo(EVENING);
    assertThat(world.chat.channel("C1")).hasSize(cards);
    assertThat(card().text()).startsWith("Desk: <@ada> is on duty.");
    assertThat(katherines.text())
        .isEqualTo("Your turn in Desk ended Mon 23 Nov, 18:00 (Europe/Berlin).");
    assertThat(adas.text()).doesNotContain("With:");
    assertThat(adas.buttons()).isNotEmpty();
  }

  @Test
  void theNoteWaitsForWhoeverTakesOverAndIsNotShownToWhoeverIsBeside() {
    world.type("ada", "note Desk The key is under the mat");
    add(NOW, TUESDAY_AT_NINE.plus(Duration.ofHours(2)));
    world.type("katherine", "note Desk Call the plumber");
    assertThat(texts("katherine")).noneMatch(text -> text.contains("under the mat"));
    assertThat(texts("ada")).noneMatch(text -> text.contains("plumber"));

    RecordingChat.Message before = card();
    world.moveTo(TUESDAY_AT_NINE);
    assertThat(texts("grace"))
        .anyMatch(text -> text.contains("under the mat"))
        .anyMatch(text -> text.contains("plumber"));
    assertThat(card().text()).startsWith("Desk: <@grace> and <@katherine> are on duty.");
    assertThat(before.text())
        .isEqualTo("Desk: Ada and Katherine were on duty until Tue 24 Nov, 09:00 (Europe/Berlin).");
    assertThat(texts("ada")).anyMatch(text -> text.endsWith("Grace took over."));
  }

  @Test
  void oneOfThemIsRelievedByTakingOver() {
    world.chat.knows("margaret", "Margaret", true);
    add(NOW, EVENING);
    RecordingChat.Message card = card();
    world.press("katherine", card, ShiftCards.TAKE_OVER);
    assertThat(world.chat.shownTo("katherine").text()).startsWith("You are on duty already. Desk:");
    String ofKatherine = card.buttons().getLast().value();
    assertThat(ofKatherine).isNotEqualTo(card.buttons().get(1).value());
    world.press("margaret", card, ShiftCards.TAKE_OVER);
    assertThat(world.rotation("Desk").duties().getFirst().people())
        .containsExactlyInAnyOrder(new Participant("margaret"), KATHERINE);
  }

  @Test
  void theGroupHasBothAndTheTopicNamesBoth() {
    world.tellings.save(
        world.workspace,
        RotationWorld.somebody(),
        rotation,
        new Telling(
            Duration.ZERO, null, true, new Telling.DutyGroup("S1", null), HandoffRules.DEFAULT),
        null);
    add(NOW, EVENING);
    world.settle();
    assertThat(
            ((OutboundMessage.GroupMembers) last(OutboundMessage.GroupMembers.class).sent)
                .accounts())
        .containsExactlyInAnyOrder("ada", "katherine");
    assertThat(((OutboundMessage.Topic) last(OutboundMessage.Topic.class).sent).text())
        .startsWith("Desk: Ada until Tue 24 Nov, 09:00")
        .contains(", Katherine until Mon 23 Nov, 18:00");
  }

  @Test
  void whoeverIsBackTheNextDayOfTheirTurnIsNotToldAnew() {
    world.type("ada", "delete Desk");
    world.press("ada", world.chat.shownTo("ada"), Cards.DELETE_CONFIRMED);
    world.type("ada", "new Desk weekly mon 09:00 Europe/Berlin hours 09:00-17:00 <@ada> <@grace>");
    rotation = world.rotation("Desk").id();
    add(NOW.plus(Duration.ofHours(1)), NOW.plus(Duration.ofHours(2)));
    world.moveTo(NOW.plus(Duration.ofHours(1)));
    world.moveTo(NOW.plus(Duration.ofHours(2)));
    world.moveTo(EVENING);
    int told = world.chat.direct("ada").size();
    int cards = world.chat.channel("C1").size();

    world.moveTo(TUESDAY_AT_NINE.minus(Duration.ofMinutes(30)));
    world.settle();
    world.moveTo(TUESDAY_AT_NINE);
    assertThat(card().text()).startsWith("Desk: <@ada> is on duty.");
    assertThat(world.chat.direct("ada")).as("neither a reminder nor a message").hasSize(told);
    assertThat(world.chat.channel("C1")).hasSize(cards);
  }

  private void add(Instant from, Instant until) {
    assertThat(
            world.changes.make(
                world.workspace,
                RotationWorld.somebody(),
                rotation,
                new ChangeInput.Add(from, until, null, "katherine")))
        .isInstanceOf(ChangeOutcome.Done.class);
  }

  private RecordingChat.Message card() {
    return world.chat.channel("C1").getLast();
  }

  private RecordingChat.Message last(Class<? extends OutboundMessage> kind) {
    return world.chat.sent(kind).getLast();
  }

  private List<String> texts(String account) {
    return world.chat.direct(account).stream().map(RecordingChat.Message::text).toList();
  }
}
