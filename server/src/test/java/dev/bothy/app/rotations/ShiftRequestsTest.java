package dev.bothy.app.rotations;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bothy.app.rotations.plan.Participant;
import dev.bothy.app.rotations.plan.Why;
import dev.bothy.testkit.BothyTest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;

@BothyTest
class ShiftRequestsTest {
  /// A Monday, 10:00 in Berlin. Ada is on duty; Grace takes over on Tuesday at 09:00, Katherine on
  /// Wednesday.
  private static final Instant NOW = Instant.parse("2026-11-23T09:00:00Z");

  @Autowired ApplicationContext server;

  private RotationWorld world;
  private UUID rotation;

  @BeforeEach
  void makeWorld() {
    world = RotationWorld.in(server, NOW);
    world.chat.knows("margaret", "Margaret", true);
    world.type("ada", "new Desk daily 09:00 Europe/Berlin <@ada> <@grace> <@katherine>");
    rotation = world.rotation("Desk").id();
  }

  @Test
  void aSwapIsTakenByOneOfTheRotationAndBothAreTold() {
    world.type("grace", "swap Desk");
    RecordingChat.Message asked = last();
    assertThat(asked.text())
        .isEqualTo(
            "Who takes Grace's shift in Desk?"
                + " Tue 24 Nov, 09:00 to Wed 25 Nov, 09:00 (Europe/Berlin).");
    RecordingChat.Message stale = new RecordingChat.Message(asked.sent, asked.content);
    world.press("grace", asked, RequestCards.TAKE);
    assertThat(world.chat.shownTo("grace").text()).contains("it is your own shift");
    world.press("margaret", asked, RequestCards.TAKE);
    assertThat(world.chat.shownTo("margaret").text()).contains("Margaret is not in the rotation");

    world.press("katherine", asked, RequestCards.TAKE);
    assertThat(asked.text()).startsWith("Desk: Katherine takes it for Grace, Tue 24 Nov");
    assertThat(asked.buttons()).isEmpty();
    assertThat(world.chat.direct("grace"))
        .singleElement()
        .satisfies(told ->
            assertThat(told.text()).startsWith("Katherine serves in your place in Desk: Tue"));
    assertThat(world.chat.direct("katherine").getLast().text())
        .startsWith("You serve for Grace in Desk");
    assertThat(next().person()).isEqualTo(new Participant("katherine"));
    assertThat(next().why()).isEqualTo(Why.SWAP);
    assertThat(world.due(ShiftRequests.KIND, id(stale))).isEmpty();

    world.press("ada", stale, RequestCards.TAKE);
    assertThat(world.chat.shownTo("ada").text()).startsWith("Desk: Katherine takes it for Grace");
  }

  @Test
  void aTakenSwapThatIsUndoneIsOpenAgain() {
    world.type("grace", "swap Desk");
    world.press("katherine", last(), RequestCards.TAKE);
    world.press("katherine", world.chat.direct("katherine").getLast(), ShiftCards.UNDO);
    assertThat(next().person()).isEqualTo(new Participant("grace"));
    assertThat(last().text()).startsWith("Who takes Grace's shift");
    assertThat(last().buttons()).isNotEmpty();
    assertThat(world.log()).startsWith("rotations.request-reopened");
  }

  @Test
  void theChannelIsRemindedOnceAfterAnOutageAndNeverAfterItWasTaken() {
    world.type("katherine", "swap Desk from 2026-12-03 09:00 to 2026-12-03 12:00");
    assertThat(world.chat.shownTo("katherine").text()).contains("is not on duty then");
    world.type("katherine", "swap Desk from 2026-12-04 12:00 to 2026-12-05 01:00 for <@ada>");
    assertThat(world.chat.shownTo("katherine").text()).contains("Allowed: ");
    Instant begin = Instant.parse("2026-12-05T08:00:00Z");
    world.type("grace", "swap Desk 2026-12-05 for <@" + onDutyAt(begin) + ">");
    RecordingChat.Message asked = last();
    UUID request = id(asked);
    assertThat(world.due(ShiftRequests.KIND, request)).contains(begin.minus(Duration.ofDays(7)));

    int before = world.chat.channel("C1").size();
    run(request, begin.minus(Duration.ofDays(2)).plusSeconds(60));
    assertThat(world.chat.channel("C1")).hasSize(before + 1);
    RecordingChat.Message reminder = last();
    assertThat(reminder.text()).startsWith("Nobody has taken this yet. Who takes");
    assertThat(world.due(ShiftRequests.KIND, request)).contains(begin.minus(Duration.ofDays(1)));

    run(request, begin.minus(Duration.ofDays(1)));
    assertThat(reminder.buttons()).isEmpty();
    world.press("margaret", last(), RequestCards.WITHDRAW);
    assertThat(world.chat.shownTo("margaret").text()).contains("it is not yours");
    world.press("grace", last(), RequestCards.WITHDRAW);
    assertThat(asked.text()).endsWith(" is closed: it was taken back by Grace.");
    assertThat(world.due(ShiftRequests.KIND, request)).isEmpty();
  }

  @Test
  void nobodyTookItAndThePlanStays() {
    world.type("grace", "swap Desk tue 14:00-18:00");
    RecordingChat.Message asked = last();
    run(id(asked), Instant.parse("2026-11-24T13:00:00Z"));
    assertThat(asked.text()).startsWith("Desk: nobody took the shift of Grace");
    assertThat(asked.buttons()).isEmpty();
    assertThat(last().text()).contains("The plan stays as it was.");
    assertThat(world.changes.of(world.workspace, rotation)).isEmpty();
  }

  @Test
  void theFirstWhoCanCoversAndTheAnswersAreOnTheQuestion() {
    world.type("grace", "cover Desk tuesday");
    RecordingChat.Message asked = last();
    assertThat(asked.text()).startsWith("Who can cover for Grace in Desk? Tue 24 Nov, 09:00");
    world.press("ada", asked, RequestCards.CANNOT);
    assertThat(asked.text()).endsWith("Cannot: Ada");
    world.answer("katherine", asked, "hm, what about the meeting?");
    assertThat(asked.text()).doesNotContain("Katherine");
    world.answer("katherine", asked, "Yes, I can do that");
    assertThat(asked.text()).contains("Perhaps: Katherine", "Cannot: Ada");
    RecordingChat.Message confirm = world.chat.direct("grace").getLast();
    world.press("ada", confirm, RequestCards.CONFIRM);
    assertThat(world.chat.shownTo("ada").text()).contains("it is not yours");
    world.press("grace", confirm, RequestCards.CONFIRM);
    assertThat(asked.text()).startsWith("Desk: Katherine covers for Grace");
    assertThat(next().why()).isEqualTo(Why.COVER);
    assertThat(next().person()).isEqualTo(new Participant("katherine"));
    world.answer("ada", asked, "I can after all");
    assertThat(asked.text()).startsWith("Desk: Katherine covers for Grace");
  }

  @Test
  void aCoverIsRemindedOfAfterFourHoursUnlessSomebodyAnsweredAndAnHourBefore() {
    world.type("grace", "cover Desk tuesday");
    RecordingChat.Message asked = last();
    assertThat(world.due(ShiftRequests.KIND, id(asked)).orElseThrow())
        .isBetween(NOW.plus(Duration.ofHours(4)), NOW.plus(Duration.ofHours(4)).plusSeconds(60));
    world.press("ada", asked, RequestCards.CANNOT);
    run(id(asked), NOW.plus(Duration.ofHours(4)).plusSeconds(60));
    assertThat(last()).isSameAs(asked);
    assertThat(world.due(ShiftRequests.KIND, id(asked)))
        .contains(Instant.parse("2026-11-24T07:00:00Z"));
    run(id(asked), Instant.parse("2026-11-24T07:00:00Z"));
    assertThat(last().text()).startsWith("Nobody covers this yet.");
    world.answer("katherine", last(), "No worries, I can");
    assertThat(asked.text()).contains("Perhaps: Katherine");
    assertThat(last().text()).contains("Perhaps: Katherine");
    world.press("margaret", last(), RequestCards.TAKE);
    assertThat(next().person()).isEqualTo(new Participant("margaret"));
  }

  @Test
  void whatCannotBeAskedIsRefusedByFieldAndPostsNothing() {
    int before = world.chat.channel("C1").size();
    for (String line :
        List.of(
            "swap Desk monday",
            "swap Desk 2026-11-20",
            "swap Desk someday",
            "cover Desk tue 14:00",
            "cover Desk wed for <@ada>",
            "swap Nothing")) {
      world.type("ada", line);
      assertThat(world.chat.shownTo("ada").text()).as(line).contains("Allowed: ");
    }
    world.type("margaret", "cover Desk tue for <@grace>");
    assertThat(world.chat.shownTo("margaret").text()).contains("somebody else's shift");
    world.type("grace", "cover Desk tue");
    world.type("grace", "cover Desk tue 10:00-11:00");
    assertThat(world.chat.shownTo("grace").text()).contains("asked for that already");
    assertThat(world.chat.channel("C1")).hasSize(before + 1);
  }

  @Test
  void theFormOffersOwnShiftsFirstAndTakesAPart() {
    world.type("grace", "show Desk");
    world.press("grace", world.chat.shownTo("grace"), ShiftCards.ASK_SWAP);
    String shift = Instant.parse("2026-11-24T08:00:00Z").getEpochSecond() + " grace";
    world.submit(
        "grace",
        Map.of(
            "shift", List.of(shift),
            "from", List.of("tue 14:00"),
            "until", List.of("tue 18:00")));
    assertThat(last().text()).contains("Tue 24 Nov, 14:00 to Tue 24 Nov, 18:00");
  }

  @Test
  void openRequestsAreClosedWithTheReasonWhenNobodyCanTakeThemAnyMore() {
    world.type("grace", "swap Desk");
    RecordingChat.Message paused = last();
    UUID request = id(paused);
    world.rotations.pause(world.workspace, RotationWorld.somebody(), rotation);
    assertThat(paused.text())
        .isEqualTo(
            "Desk: the request for Grace, Tue 24 Nov, 09:00 to Wed 25 Nov, 09:00 (Europe/Berlin)"
                + " is closed: the rotation was paused.");
    assertThat(paused.buttons()).isEmpty();
    assertThat(world.due(ShiftRequests.KIND, request)).isEmpty();

    world.rotations.resume(world.workspace, RotationWorld.somebody(), rotation);
    world.type("grace", "swap Desk");
    RecordingChat.Message left = last();
    world.type("katherine", "cover Desk wed");
    RecordingChat.Message stays = last();
    RotationInput withoutGrace =
        RotationInput.of(
            "Desk",
            "daily",
            List.of(),
            "",
            "",
            "09:00",
            "Europe/Berlin",
            List.of("ada", "margaret", "katherine"));
    assertThat(
            world.rotations.change(
                world.workspace, RotationWorld.somebody(), rotation, withoutGrace))
        .isInstanceOf(RotationOutcome.Done.class);
    assertThat(left.text()).endsWith(" is closed: they are not on duty then any more.");
    assertThat(stays.buttons()).isNotEmpty();

    world.rotations.delete(world.workspace, RotationWorld.somebody(), rotation);
    assertThat(stays.text()).endsWith(" is closed: the rotation was deleted.");
    assertThat(stays.buttons()).isEmpty();
  }

  private String onDutyAt(Instant start) {
    Participant person =
        world.rotations.coming(world.workspace, rotation, start.plusSeconds(1), 50).stream()
            .filter(shift -> shift.start().equals(start))
            .findFirst()
            .orElseThrow()
            .person();
    return person == null ? "nobody" : person.account();
  }

  private void run(UUID request, Instant now) {
    world.clock.setTo(now);
    world.runDue(ShiftRequests.KIND, request);
  }

  private RecordingChat.Message last() {
    return world.chat.channel("C1").getLast();
  }

  private static UUID id(RecordingChat.Message asked) {
    return UUID.fromString(asked.buttons().getFirst().value());
  }

  private Shift next() {
    return world
        .rotations
        .coming(world.workspace, rotation, NOW.plus(Duration.ofDays(10)), 1)
        .getFirst();
  }
}
