package dev.bothy.app.rotations;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bothy.app.rotations.plan.Participant;
import dev.bothy.platform.workspace.Workspaces;
import dev.bothy.testkit.BothyTest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/// Who hears what of an absence that falls into a turn.
@BothyTest
class ConflictsAheadTest {
  /// A Monday, 10:00 in Berlin. Ada is on duty till Tuesday, 09:00, Grace till Wednesday, Katherine
  /// till Thursday, and so on; on the Tuesday after it is Katherine's turn.
  private static final Instant NOW = Instant.parse("2026-11-23T09:00:00Z");

  private static final Instant TUESDAY = Instant.parse("2026-11-24T08:00:00Z");
  private static final Duration DAY = Duration.ofDays(1);
  private static final Instant NEXT_TUESDAY = TUESDAY.plus(DAY.multipliedBy(7));

  @Autowired ApplicationContext server;

  private RotationWorld world;
  private UUID rotation;

  @BeforeEach
  void makeWorld() {
    world = RotationWorld.in(server, NOW);
    world.chat.knows("olga", "Olga", true);
    world.owners.add("olga");
    world.type("ada", "new Desk daily 09:00 Europe/Berlin <@ada> <@grace> <@katherine>");
    rotation = world.rotation("Desk").id();
    world.settle();
  }

  @Test
  void whereTheyAreAskedThePersonAndTheOwnersHearOfNextWeekOnce() {
    mode("ask");
    Participant whose = on(NEXT_TUESDAY);
    world.away(whose.account(), NEXT_TUESDAY, NEXT_TUESDAY.plus(DAY));
    world.settle();
    world.settle();

    assertThat(told(whose.account(), "Unless you keep it, somebody else serves"))
        .singleElement()
        .asString()
        .contains("Your turn: Tue 1 Dec, 09:00");
    assertThat(told("olga", "was asked whether they keep it"))
        .singleElement()
        .asString()
        .contains("<@" + whose.account() + "> is away during a turn of theirs in Desk")
        .contains("Their turn: Tue 1 Dec, 09:00");
    assertThat(on(NEXT_TUESDAY)).isNotEqualTo(whose);
    assertThat(told(on(NEXT_TUESDAY).account(), "Now yours")).isNotEmpty();
  }

  @Test
  void whereTheyAreSkippedEverybodyWhoseShiftsMovedHearsOfIt() {
    List<Shift> before = coming();
    Participant whose = on(NEXT_TUESDAY);
    world.away(whose.account(), NEXT_TUESDAY, NEXT_TUESDAY.plus(DAY));

    Participant instead = on(NEXT_TUESDAY);
    assertThat(instead).isNotEqualTo(whose);
    assertThat(told(instead.account(), "Now yours: Tue 1 Dec, 09:00")).hasSize(1);
    assertThat(told(whose.account(), "No longer yours: Tue 1 Dec, 09:00")).hasSize(1);
    assertThat(told("olga", "asked")).isEmpty();
    // What comes before is as it was.
    assertThat(coming().stream().filter(each -> each.start().isBefore(NEXT_TUESDAY)).toList())
        .isEqualTo(before.stream().filter(each -> each.start().isBefore(NEXT_TUESDAY)).toList());
  }

  @Test
  void whereAbsencesAreIgnoredNothingMovesAndNobodyHearsOfAnything() {
    mode("ignore");
    Participant whose = on(NEXT_TUESDAY);
    int heard = world.chat.direct(whose.account()).size();
    world.away(whose.account(), NEXT_TUESDAY, NEXT_TUESDAY.plus(DAY));
    world.settle();

    assertThat(on(NEXT_TUESDAY)).isEqualTo(whose);
    assertThat(world.chat.direct(whose.account())).hasSize(heard);
    assertThat(world.chat.direct("olga")).isEmpty();
  }

  @Test
  void anAbsenceThatComesLateChangesThePresentAndWhatIsToComeAlone() {
    world.moveTo(TUESDAY);
    world.moveTo(TUESDAY.plus(DAY));
    Instant noon = TUESDAY.plus(DAY).plus(Duration.ofHours(3));
    world.moveTo(noon);
    List<Shift> was = world.rotations.history(world.workspace, rotation, 20);
    Participant now = Objects.requireNonNull(world.rotation("Desk").onDuty());

    // Since Monday, which is over.
    world.away(now.account(), NOW, noon.plus(DAY.multipliedBy(2)));

    assertThat(world.rotation("Desk").onDuty()).isNotEqualTo(now);
    List<Shift> is = world.rotations.history(world.workspace, rotation, 20);
    assertThat(is.stream().filter(each -> !each.end().isAfter(noon)).toList())
        .containsAll(was.stream().filter(each -> !each.end().isAfter(noon)).toList());
    assertThat(is)
        .filteredOn(each -> each.start().isBefore(noon) && now.equals(each.person()))
        .hasSize((int) was.stream().filter(each -> now.equals(each.person())).count());
  }

  private List<String> told(String account, String words) {
    return world.chat.direct(account).stream()
        .map(RecordingChat.Message::text)
        .filter(text -> text.contains(words))
        .toList();
  }

  private Participant on(Instant at) {
    return coming().stream()
        .filter(each -> !each.start().isAfter(at) && each.end().isAfter(at))
        .map(Shift::person)
        .findFirst()
        .orElseThrow();
  }

  private List<Shift> coming() {
    return world.rotations.coming(world.workspace, rotation, NOW.plus(DAY.multipliedBy(14)), 30);
  }

  private void mode(String mode) {
    server
        .getBean(Workspaces.class)
        .inWorkspace(
            world.workspace,
            () ->
                server
                    .getBean(JdbcClient.class)
                    .sql("update rotation_layer set absence_mode = ?")
                    .param(mode)
                    .update());
  }
}
