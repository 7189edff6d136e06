package dev.bothy.app.rotations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.bothy.app.rotations.plan.Participant;
import dev.bothy.app.rotations.plan.Why;
import dev.bothy.platform.chat.ChatFeature.Answer;
import dev.bothy.testkit.BothyTest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;

@BothyTest
class ShiftChatTest {
  /// A Monday, 10:00 in Berlin. Ada is on duty; Grace takes over on Tuesday at 09:00, Katherine on
  /// Wednesday.
  private static final Instant NOW = Instant.parse("2026-11-23T09:00:00Z");

  private static final Duration HOUR = Duration.ofHours(1);

  @Autowired ApplicationContext server;

  private RotationWorld world;
  private UUID rotation;

  @BeforeEach
  void makeWorld() {
    world = RotationWorld.in(server, NOW);
    world.type("ada", "new Desk daily 09:00 Europe/Berlin <@ada> <@grace> <@katherine>");
    rotation = world.rotation("Desk").id();
  }

  @Test
  void whoTakesOverByTheCardServesTheRestAndCanUndoIt() {
    world.press("grace", world.chat.channel("C1").getLast(), ShiftCards.TAKE_OVER);
    assertThat(world.rotation("Desk").onDuty()).isEqualTo(new Participant("grace"));
    assertThat(world.chat.shownTo("grace").text())
        .isEqualTo(
            "Desk: Grace is on duty Mon 23 Nov, 10:00 to Tue 24 Nov, 09:00 (Europe/Berlin).");
    world.clock.setTo(NOW.plus(HOUR));
    world.press("grace", world.chat.shownTo("grace"), ShiftCards.UNDO);
    assertThat(world.rotation("Desk").onDuty()).isEqualTo(new Participant("ada"));
    world.press("grace", firstUndo(), ShiftCards.UNDO);
    assertThat(world.chat.shownTo("grace").text())
        .isEqualTo("That is over, or was undone already.");
    assertThat(world.rotations.history(world.workspace, rotation, 10))
        .extracting(Shift::person, Shift::why)
        .contains(tuple(new Participant("grace"), Why.TAKE_OVER));
  }

  private RecordingChat.Message firstUndo() {
    return world.chat.all().stream()
        .filter(message ->
            message.buttons().stream().anyMatch(button -> button.id().equals(ShiftCards.UNDO)))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void aTakeOverOfAShiftThatIsOverSaysWhoHasItNow() {
    RecordingChat.Message card = world.chat.channel("C1").getLast();
    RecordingChat.Message stale = new RecordingChat.Message(card.sent, card.content);
    world.moveTo(NOW.plus(Duration.ofDays(1)));
    world.press("katherine", stale, ShiftCards.TAKE_OVER);
    assertThat(world.chat.shownTo("katherine").text())
        .startsWith("That shift is over. Desk: Grace is on duty until");
    world.type("grace", "take desk");
    assertThat(world.chat.shownTo("grace").text()).startsWith("You are on duty already.");
  }

  @Test
  void anOverrideOnOneLinePutsSomebodyOnDuty() {
    world.type("ada", "override Desk <@katherine> from tomorrow 14:00 to 18:00");
    assertThat(world.chat.shownTo("ada").text())
        .isEqualTo(
            "Desk: Katherine is on duty Tue 24 Nov, 14:00 to Tue 24 Nov, 18:00 (Europe/Berlin).");
    world.press("ada", world.chat.shownTo("ada"), ShiftCards.UNDO);
    assertThat(world.changes.of(world.workspace, rotation)).isEmpty();
    world.type("ada", "override Desk <@katherine> from tomorrow 14:00");
    assertThat(world.chat.shownTo("ada").text()).startsWith("Until: it is missing. Allowed: ");
    world.type("ada", "override Desk <@nobody> tomorrow");
    assertThat(world.chat.shownTo("ada").text()).contains("\"nobody\" is nobody here");
    assertThat(world.changes.of(world.workspace, rotation)).isEmpty();
  }

  @Test
  void theFormOfAnOverrideKeepsWhatIsWrongAtItsField() {
    world.type("ada", "show Desk");
    world.press("ada", world.chat.shownTo("ada"), ShiftCards.OVERRIDE);
    assertThat(
            world.submit(
                "ada",
                Map.of(
                    "account", List.of("katherine"),
                    "from", List.of("someday"),
                    "until", List.of("tue 18:00"))))
        .isInstanceOfSatisfying(
            Answer.FieldErrors.class,
            errors -> assertThat(errors.byField()).containsOnlyKeys("from"));
    assertThat(
            world.submit(
                "ada",
                Map.of(
                    "account", List.of("katherine"),
                    "from", List.of("now"),
                    "until", List.of("18:00"))))
        .isEqualTo(new Answer.Done());
    assertThat(world.rotation("Desk").onDuty()).isEqualTo(new Participant("katherine"));
  }

  @Test
  void myWholeNextShiftMovesToSomebodyWhoIsTold() {
    world.type("grace", "move Desk <@ada>");
    assertThat(world.chat.direct("ada").getLast().text())
        .contains("Now yours: Tue 24 Nov, 09:00 to Wed 25 Nov, 09:00");
    assertThat(world.chat.direct("grace")).isEmpty();
    assertThat(world.rotations.coming(world.workspace, rotation, NOW.plus(Duration.ofDays(3)), 1))
        .singleElement()
        .satisfies(shift -> {
          assertThat(shift.person()).isEqualTo(new Participant("ada"));
          assertThat(shift.why()).isEqualTo(Why.MOVE);
        });
    world.type("grace", "move Desk");
    assertThat(world.chat.shownTo("grace").text()).startsWith("Who serves: nobody was named");
  }

  @Test
  void ownAbsencesAreEnteredListedAndRemoved() {
    // Absences go by the server's own clock.
    world.clock.setTo(server.getBean(Clock.class).instant());
    LocalDate day = LocalDate.ofInstant(world.clock.instant(), ZoneOffset.UTC).plusDays(30);
    world.type("ada", "away " + day + " " + day.plusDays(2));
    assertThat(world.chat.shownTo("ada").text()).contains("nobody here has this account");
    world.isInDirectory("ada", "Ada");
    world.type("ada", "away " + day + " " + day.plusDays(2));
    assertThat(world.chat.shownTo("ada").text()).startsWith("You are away ").contains(" to ");
    world.type("ada", "back");
    RecordingChat.Message list = world.chat.shownTo("ada");
    assertThat(list.text()).startsWith("Your absences:");
    world.press("grace", list, AwayChat.REMOVE);
    assertThat(world.chat.shownTo("grace").text()).contains("not there any more");
    world.press("ada", list, AwayChat.REMOVE);
    world.type("ada", "back");
    assertThat(world.chat.shownTo("ada").text()).isEqualTo("You have no absence to come.");
    world.type("ada", "away");
    assertThat(world.submit("ada", Map.of("from", List.of("someday"))))
        .isInstanceOf(Answer.FieldErrors.class);
    assertThat(world.submit("ada", Map.of("from", List.of(day + " 14:00-18:00"))))
        .isEqualTo(new Answer.Done());
    assertThat(world.chat.all().getLast().text()).contains(", 14:00 to 18:00");
  }
}
