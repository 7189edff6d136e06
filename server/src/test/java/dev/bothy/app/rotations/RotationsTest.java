package dev.bothy.app.rotations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bothy.app.rotations.plan.Participant;
import dev.bothy.platform.audit.Audit;
import dev.bothy.platform.chat.Capability;
import dev.bothy.platform.chat.ChatFeature.Answer;
import dev.bothy.platform.chat.Connections;
import dev.bothy.platform.chat.Form;
import dev.bothy.platform.keys.Keys;
import dev.bothy.platform.workspace.Workspaces;
import dev.bothy.testkit.BothyTest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

@BothyTest
@ExtendWith(OutputCaptureExtension.class)
class RotationsTest {
  /// A Monday, 10:00 in Berlin.
  private static final Instant NOW = Instant.parse("2026-11-23T09:00:00Z");

  private static final Instant TUESDAY_AT_NINE = Instant.parse("2026-11-24T08:00:00Z");
  private static final String NEW =
      "new \"Support desk\" daily 09:00 Europe/Berlin <@ada> <@grace> <@katherine>";

  @Autowired ApplicationContext server;
  @Autowired Workspaces workspaces;
  @Autowired JdbcClient jdbc;
  @Autowired Keys keys;
  @Autowired Audit audit;
  @Autowired Connections connections;

  private RotationWorld world;

  @BeforeEach
  void makeWorld() {
    world = RotationWorld.in(server, NOW);
  }

  @Test
  void theFirstPersonIsOnDutyAtOnce() {
    world.type("ada", NEW);
    assertThat(world.chat.channel("C1"))
        .singleElement()
        .satisfies(card ->
            assertThat(card.text())
                .isEqualTo(
                    """
                    Support desk: <@ada> is on duty.
                    Until: Tue 24 Nov, 09:00 (Europe/Berlin)
                    Next: Grace
                    Hand-off: every day at 09:00 (Europe/Berlin)\
                    """));
    assertThat(world.chat.direct("ada"))
        .singleElement()
        .satisfies(direct -> {
          assertThat(direct.text()).startsWith("You are on duty for Support desk.");
          assertThat(direct.buttons())
              .extracting(button -> button.label())
              .containsExactly("Write hand-off note", "Show rotation");
        });
    assertThat(world.due(Duty.HANDOFF, world.rotation("support desk").id()))
        .contains(TUESDAY_AT_NINE);
    assertThat(world.log()).containsExactly("rotations.created");
  }

  @Test
  void atTheHandoffTheChannelAndBothPeopleAreTold() {
    world.type("ada", NEW);
    world.moveTo(TUESDAY_AT_NINE);

    Rotation rotation = world.rotation("Support desk");
    assertThat(rotation.onDuty()).isEqualTo(new Participant("grace"));
    assertThat(rotation.duties().getFirst().next()).containsExactly(new Participant("katherine"));
    List<RecordingChat.Message> cards = world.chat.channel("C1");
    assertThat(cards).hasSize(2);
    assertThat(cards.getFirst().text())
        .isEqualTo("Support desk: Ada was on duty until Tue 24 Nov, 09:00 (Europe/Berlin).");
    assertThat(cards.getFirst().buttons()).isEmpty();
    assertThat(cards.getLast().text())
        .startsWith("Support desk: <@grace> is on duty.")
        .contains("Next: Katherine");
    assertThat(world.chat.direct("ada"))
        .singleElement()
        .satisfies(old -> {
          assertThat(old.buttons()).as("old buttons would act on Grace's shift").isEmpty();
          assertThat(old.text())
              .isEqualTo(
                  "Your turn in Support desk ended Tue 24 Nov, 09:00 (Europe/Berlin)."
                      + " Grace took over.");
        });
    assertThat(world.chat.direct("grace")).hasSize(1);
    assertThat(world.due(Duty.HANDOFF, rotation.id()))
        .contains(TUESDAY_AT_NINE.plus(Duration.ofDays(1)));
    assertThat(world.log()).startsWith("rotations.handed-over");
  }

  @Test
  void afterAnOutageOnlyTheCurrentHandoffIsAnnouncedAndTheOthersAreLoggedAsMissed() {
    world.type("ada", NEW);
    world.moveTo(TUESDAY_AT_NINE.plus(Duration.ofDays(3)).plus(Duration.ofHours(1)));

    Rotation rotation = world.rotation("Support desk");
    assertThat(rotation.onDuty())
        .as("the turn passed through all four")
        .isEqualTo(new Participant("grace"));
    assertThat(world.chat.channel("C1")).hasSize(2);
    assertThat(world.chat.channel("C1").getLast().text())
        .contains("<@grace> is on duty. 3 hand-offs went by while Bothy was away.");
    assertThat(world.chat.direct("katherine")).isEmpty();
    assertThat(world.log())
        .containsExactly(
            "rotations.handed-over-late",
            "rotations.handoff-missed",
            "rotations.handoff-missed",
            "rotations.handoff-missed",
            "rotations.created");
    List<Shift> history = world.rotations.history(world.workspace, rotation.id(), 10);
    assertThat(history)
        .extracting(shift -> shift.missed())
        .containsExactly(false, true, true, true, false);
    for (int index = 1; index < history.size(); index++) {
      assertThat(history.get(index).end()).isEqualTo(history.get(index - 1).start());
    }
  }

  @Test
  void aHandoffNoteReachesTheNextPersonAndIsNotKeptAfterwards() {
    world.type("ada", NEW);
    world.press("ada", world.chat.direct("ada").getFirst(), Cards.WRITE_NOTE);
    assertThat(world.submit("ada", Map.of("note", List.of("Disk 3 is slow.\nWatch it."))))
        .isInstanceOf(Answer.Done.class);
    assertThat(storedNotes()).hasSize(1);
    assertThat(new String(storedNotes().getFirst(), StandardCharsets.ISO_8859_1))
        .doesNotContain("Disk");

    world.moveTo(TUESDAY_AT_NINE);
    assertThat(world.chat.direct("grace").getLast().text())
        .isEqualTo("Hand-off note for Support desk from Ada\nDisk 3 is slow.\nWatch it.");
    assertThat(storedNotes()).isEmpty();
    assertThat(world.chat.direct("ada")).hasSize(1);
  }

  @Test
  void aNoteThatWasTamperedWithIsNamedInTheLogAndTheOthersAreHandedOver(CapturedOutput output) {
    world.type("ada", NEW);
    for (String text : List.of("First", "Second", "Third")) {
      world.type("ada", "note \"Support desk\" " + text);
    }
    UUID changed =
        workspaces.inWorkspace(
            world.workspace,
            () ->
                jdbc.sql(
                        "update handoff_note set note = set_byte(note, 20, get_byte(note, 20) # 1)"
                            + " where id = (select id from handoff_note order by id offset 1"
                            + " limit 1) returning id")
                    .query(UUID.class)
                    .single());

    world.moveTo(TUESDAY_AT_NINE);

    assertThat(world.chat.direct("grace"))
        .extracting(RecordingChat.Message::text)
        .filteredOn(text -> text.startsWith("Hand-off note"))
        .satisfiesExactly(
            first -> assertThat(first).endsWith("\nFirst"),
            second -> assertThat(second).contains("what is stored of it was changed"),
            third -> assertThat(third).endsWith("\nThird"));
    assertThat(output)
        .contains("rotations.handoff-note of " + changed)
        .contains("or was changed")
        .doesNotContain("Second");
    assertThat(storedNotes()).isEmpty();
  }

  @Test
  void aNoteSurvivesAnOutage() {
    world.type("ada", NEW);
    world.type("ada", "note \"Support desk\" All quiet");
    world.moveTo(TUESDAY_AT_NINE.plus(Duration.ofDays(1)));
    assertThat(world.chat.direct("katherine").getLast().text()).contains("from Ada\nAll quiet");
  }

  @Test
  void aNoteFinishedAfterTheHandoffGoesToThePersonOnDutyAtOnce() {
    world.type("ada", NEW);
    world.press("ada", world.chat.direct("ada").getFirst(), Cards.WRITE_NOTE);
    world.moveTo(TUESDAY_AT_NINE);
    world.submit("ada", Map.of("note", List.of("Sorry, late")));
    assertThat(world.chat.direct("grace").getLast().text()).contains("from Ada, late\nSorry, late");
    assertThat(storedNotes()).isEmpty();
  }

  @Test
  void onlyThePersonOnDutyWritesTheNote() {
    world.type("ada", NEW);
    world.press("grace", world.chat.direct("ada").getFirst(), Cards.WRITE_NOTE);
    assertThat(world.submit("grace", Map.of("note", List.of("Mine"))))
        .isInstanceOfSatisfying(
            Answer.FieldErrors.class,
            errors -> assertThat(errors.byField().get("note")).contains("only the person on duty"));
    assertThat(storedNotes()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"0, nothing was typed", "2001, it has 2001 characters"})
  void aNoteHasBounds(int length, String found) {
    world.type("ada", NEW);
    world.press("ada", world.chat.direct("ada").getFirst(), Cards.WRITE_NOTE);
    assertThat(world.submit("ada", Map.of("note", List.of("x".repeat(length)))))
        .isInstanceOfSatisfying(
            Answer.FieldErrors.class,
            errors ->
                assertThat(errors.byField().get("note"))
                    .isEqualTo("Note: " + found + ". Allowed: 1 to 2000 characters"));
  }

  @Test
  void someoneWhoLeftIsPassedOverAndComesBackInTheOldOrder() {
    world.type("ada", NEW);
    world.chat.knows("grace", "Grace", false);
    world.moveTo(TUESDAY_AT_NINE);
    assertThat(world.rotation("Support desk").onDuty()).isEqualTo(new Participant("katherine"));
    world.chat.knows("grace", "Grace", true);
    world.moveTo(TUESDAY_AT_NINE.plus(Duration.ofDays(1)));
    world.moveTo(TUESDAY_AT_NINE.plus(Duration.ofDays(2)));
    assertThat(world.rotation("Support desk").onDuty()).isEqualTo(new Participant("grace"));
  }

  @Test
  void withEverybodyAwayNobodyIsOnDutyAndTheChannelSaysSo() {
    world.type("ada", NEW);
    for (String account : List.of("ada", "grace", "katherine")) {
      world.chat.knows(account, account, false);
    }
    world.moveTo(TUESDAY_AT_NINE);
    assertThat(world.chat.channel("C1").getLast().text())
        .startsWith(
            "Support desk: nobody is on duty, because nobody of the rotation is available.");
    assertThat(world.chat.direct("ada").getFirst().buttons()).isEmpty();
    world.chat.knows("grace", "Grace", true);
    world.moveTo(TUESDAY_AT_NINE.plus(Duration.ofDays(1)));
    assertThat(world.rotation("Support desk").onDuty()).isEqualTo(new Participant("grace"));
  }

  @Test
  void theOnlyPersonGoesOnWithoutBeingToldAgain() {
    world.type("ada", "new Solo daily 09:00 Europe/Berlin <@ada>");
    int messages = world.chat.count();
    world.moveTo(TUESDAY_AT_NINE);
    assertThat(world.chat.count()).isEqualTo(messages);
    assertThat(world.chat.channel("C1").getFirst().text()).contains("Until: Wed 25 Nov, 09:00");
    assertThat(world.rotations.history(world.workspace, world.rotation("Solo").id(), 5)).hasSize(2);
  }

  @Test
  void whilePausedNobodyIsOnDutyAndThePauseTakesNobodysTurn() {
    world.type("ada", NEW);
    world.moveTo(TUESDAY_AT_NINE);
    world.type("ada", "pause support DESK");
    Rotation paused = world.rotation("Support desk");
    assertThat(paused.paused()).isTrue();
    assertThat(paused.onDuty()).isNull();
    assertThat(world.due(Duty.HANDOFF, paused.id())).isEmpty();
    assertThat(world.chat.channel("C1").getLast().text()).startsWith("Support desk is paused.");
    assertThat(world.chat.direct("grace").getLast().buttons()).isEmpty();

    world.moveTo(TUESDAY_AT_NINE.plus(Duration.ofDays(5)).plusSeconds(60));
    world.press("ada", world.chat.channel("C1").getLast(), Cards.RESUME);
    Rotation resumed = world.rotation("Support desk");
    assertThat(resumed.onDuty()).isEqualTo(new Participant("grace"));
    assertThat(world.due(Duty.HANDOFF, resumed.id()))
        .contains(TUESDAY_AT_NINE.plus(Duration.ofDays(6)));
    assertThat(world.chat.direct("grace").getLast().buttons()).isNotEmpty();
  }

  @Test
  void deletingAsksFirstAndCanBeUndone() {
    world.type("ada", NEW);
    UUID id = world.rotation("Support desk").id();
    world.type("ada", "delete Support desk");
    assertThat(world.rotation("Support desk")).isNotNull();
    world.press("ada", world.chat.shownTo("ada"), Cards.DELETE_CONFIRMED);
    assertThat(world.rotations.byName(world.workspace, "Support desk")).isEmpty();
    assertThat(world.due(Duty.HANDOFF, id)).isEmpty();
    assertThat(world.chat.direct("ada").getFirst().buttons()).isEmpty();

    world.press("grace", world.chat.channel("C1").getFirst(), Cards.UNDO_DELETE);
    assertThat(world.rotation("Support desk").onDuty()).isEqualTo(new Participant("ada"));
    assertThat(world.isBinned(id)).isFalse();
    assertThat(world.log())
        .containsExactly("rotations.restored", "rotations.deleted", "rotations.created");
  }

  @Test
  void whatLeavesTheBinIsErasedWithEverythingOfIt() {
    world.type("ada", NEW);
    world.type("ada", "note \"Support desk\" Secret");
    UUID id = world.rotation("Support desk").id();
    world.rotations.delete(world.workspace, RotationWorld.somebody(), id);
    assertThat(world.rotations.deleted(world.workspace)).hasSize(1);
    assertThat(world.rotations.goesAt(world.workspace, id))
        .hasValueSatisfying(at -> assertThat(at).isAfterOrEqualTo(NOW.plus(RotationWorld.IN_BIN)));
    world.end(id);
    assertThat(world.rotations.find(world.workspace, id)).isEmpty();
    for (String table : List.of("rotation", "rotation_participant", "shift", "handoff_note")) {
      assertThat(count(table)).as(table).isZero();
    }
    assertThat(world.rotations.restore(world.workspace, RotationWorld.somebody(), id))
        .isInstanceOf(RotationOutcome.NotFound.class);
  }

  @Test
  void aDeletedNameIsFreeAndUndoingThenSaysThatItIsTaken() {
    world.type("ada", NEW);
    UUID id = world.rotation("Support desk").id();
    world.rotations.delete(world.workspace, RotationWorld.somebody(), id);
    world.type("ada", NEW);
    assertThat(world.rotation("Support desk").id()).isNotEqualTo(id);
    assertThat(world.rotations.restore(world.workspace, RotationWorld.somebody(), id))
        .isInstanceOfSatisfying(
            RotationOutcome.Refused.class,
            refused -> assertThat(refused.problems().getFirst().field()).isEqualTo("name"));
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "new Desk daily 09:00 Europe/Berln <@ada> | Time zone: \"Europe/Berln\" is not allowed.",
        "new Desk daily 09:00 UTC | People: nobody was chosen. Allowed: 1 to 100 people",
        "new Desk daily 09:00 UTC <@ada> <@gone> | People: Margaret has left. Allowed: people with",
        "new Desk daily 09:00 UTC @nobody | People: \"@nobody\" is nobody here.",
        "new \"SUPPORT desk\" daily 09:00 UTC <@ada> | Name: there is a rotation named",
        "show Dask | Name: \"Dask\" is not allowed. Allowed: Support desk",
      })
  void badInputIsAnsweredToThePersonAloneAndChangesNothing(String text, String message) {
    world.chat.knows("gone", "Margaret", false);
    world.type("ada", NEW);
    int shifts = count("shift");
    world.type("grace", text);
    assertThat(world.chat.shownTo("grace").text()).contains(message);
    assertThat(world.rotations.all(world.workspace)).hasSize(1);
    assertThat(count("shift")).isEqualTo(shifts);
    assertThat(world.chat.channel("C1")).hasSize(1);
  }

  @Test
  void theFormMakesARotationWhereItWasOpened() {
    world.type("grace", "new");
    assertThat(world.chat.form().orElseThrow().form().fields())
        .filteredOn(field -> field.id().equals("time-zone"))
        .extracting(field -> ((Form.TextField) field).value())
        .containsExactly("Europe/Berlin");
    Map<String, List<String>> filled =
        Map.of(
            "name", List.of("Release"),
            "cadence", List.of("custom"),
            "every", List.of("2"),
            "unit", List.of("weeks"),
            "days", List.of("wed"),
            "time", List.of("14:30"),
            "time-zone", List.of("Europe/Berlin"),
            "people", List.of("grace", "ada"));
    assertThat(world.submit("grace", filled)).isInstanceOf(Answer.Done.class);
    assertThat(world.chat.channel("C1").getFirst().text())
        .contains("<@grace> is on duty")
        .contains("Until: Wed 25 Nov, 14:30")
        .contains("every 2 weeks at 14:30");
  }

  @Test
  void theFormNamesEachFieldThatIsWrong() {
    world.type("grace", "new");
    Answer answer =
        world.submit(
            "grace",
            Map.of(
                "name", List.of(" "),
                "cadence", List.of("weekly"),
                "days", List.of(),
                "time", List.of("9 o'clock"),
                "time-zone", List.of("Mars"),
                "people", List.of()));
    assertThat(answer)
        .isInstanceOfSatisfying(
            Answer.FieldErrors.class,
            errors ->
                assertThat(errors.byField())
                    .containsOnlyKeys("name", "days", "time", "time-zone", "people"));
    assertThat(world.rotations.all(world.workspace)).isEmpty();
  }

  @Test
  void whereThereAreNoFormsTheOneLineIsOffered() {
    world.chat.cannot(Capability.FORM);
    world.type("ada", "new");
    assertThat(world.chat.form()).isEmpty();
    assertThat(world.chat.shownTo("ada").text())
        .contains("/rotation new \"Support desk\" daily 09:00 Europe/Berlin");
  }

  @Test
  void showTellsTheComingShiftsAndListTellsAll() {
    world.type("ada", NEW);
    world.type("grace", "show support desk");
    assertThat(world.chat.shownTo("grace").text())
        .contains("Ada is on duty until Tue 24 Nov, 09:00")
        .contains("Tue 24 Nov, 09:00 (Europe/Berlin)  Grace\nWed 25 Nov")
        .contains("People: Ada, Grace, Katherine");
    world.type("grace", "list");
    assertThat(world.chat.shownTo("grace").text())
        .isEqualTo("One rotation\n• Support desk: Ada until Tue 24 Nov, 09:00 (Europe/Berlin)");
  }

  @Test
  void theHomeTabShowsTheRotationsOfThePersonFirst() {
    world.type("ada", NEW);
    world.type("ada", "new \"Door\" daily 09:00 Europe/Berlin <@grace> <@ada>");
    world.type("ada", "pause Door");

    world.openHome("ada");
    assertThat(world.chat.home("ada").text())
        .isEqualTo(
            """
            Rotations that you are in
            • Door: paused
            • Support desk: you until Tue 24 Nov, 09:00 (Europe/Berlin)\
            """);
    world.openHome("joan");
    assertThat(world.chat.home("joan").text())
        .startsWith("Rotations\n• Door: paused")
        .contains("• Support desk: Ada until");
    world.type("ada", "new Cats daily 09:00 Europe/Berlin <@katherine>");
    world.openHome("ada");
    assertThat(world.chat.home("ada").text())
        .startsWith("Rotations that you are in\n• Door: paused\n")
        .contains("\n\nOther rotations\n• Cats: Katherine until Tue 24 Nov, 09:00");
    assertThat(world.chat.home("ada").buttons())
        .extracting(button -> button.label())
        .containsExactly("New rotation");
  }

  @Test
  void withoutRotationsTheHomeTabSaysHowToMakeOne() {
    world.openHome("ada");
    assertThat(world.chat.home("ada").text())
        .startsWith("There is no rotation yet.")
        .contains("type /rotation new in the channel");
  }

  @Test
  void whereThereIsNoChannelTheButtonSaysWhatToTypeInOne() {
    world.type("ada", NEW);
    world.openHome("ada");
    world.pressAtHome("ada", Cards.NEW);

    assertThat(world.chat.form()).isEmpty();
    assertThat(world.chat.home("ada").text())
        .startsWith("A rotation lives in a channel, which is told who is on duty.")
        .contains("Type /rotation new in that channel")
        .contains("Support desk: you until");
  }

  /// By the new rhythm three turns would have gone by since Monday.
  @Test
  void aShorterRhythmKeepsThePersonOnDutyToo() {
    world.type("ada", NEW.replace("daily", "weekly mon"));
    UUID id = world.rotation("Support desk").id();
    world.moveTo(Instant.parse("2026-11-26T12:00:00Z"));
    assertThat(changeTo(id, "Support desk")).isInstanceOf(RotationOutcome.Done.class);
    Rotation changed = world.rotation("Support desk");
    assertThat(changed.onDuty()).isEqualTo(new Participant("ada"));
    assertThat(changed.next()).isEqualTo(new Participant("grace"));
    assertThat(changed.until()).isEqualTo(Instant.parse("2026-11-27T08:00:00Z"));
    world.moveTo(Instant.parse("2026-11-27T08:00:00Z"));
    assertThat(world.rotation("Support desk").onDuty()).isEqualTo(new Participant("grace"));
  }

  @Test
  void aClockThatGoesBackOverAHandoffTakesItFromNobody() {
    world.type("ada", NEW);
    UUID id = world.rotation("Support desk").id();
    world.moveTo(TUESDAY_AT_NINE);
    world.clock.setTo(TUESDAY_AT_NINE.minus(Duration.ofMinutes(30)));
    assertThat(changeTo(id, "Service desk")).isInstanceOf(RotationOutcome.Done.class);
    Rotation changed = world.rotation("Service desk");
    assertThat(changed.onDuty()).isEqualTo(new Participant("grace"));
    assertThat(world.rotations.history(world.workspace, id, 9))
        .extracting(Shift::person)
        .containsExactly(new Participant("grace"), new Participant("ada"));
    world.moveTo(TUESDAY_AT_NINE.plus(Duration.ofDays(1)));
    assertThat(world.rotation("Service desk").onDuty()).isEqualTo(new Participant("katherine"));
  }

  private RotationOutcome changeTo(UUID id, String name) {
    return world.rotations.change(
        world.workspace,
        RotationWorld.somebody(),
        id,
        RotationInput.of(
            name,
            "daily",
            List.of(),
            "",
            "",
            "09:00",
            "Europe/Berlin",
            List.of("ada", "grace", "katherine")));
  }

  @Test
  void aChangeKeepsThePersonOnDutyAndMovesTheNextHandoff() {
    world.type("ada", NEW);
    UUID id = world.rotation("Support desk").id();
    RotationInput input =
        RotationInput.of(
            "Service desk",
            "weekly",
            List.of("fri"),
            "",
            "",
            "12:00",
            "Europe/Berlin",
            List.of("katherine", "ada", "grace"));
    assertThat(world.rotations.change(world.workspace, RotationWorld.somebody(), id, input))
        .isInstanceOf(RotationOutcome.Done.class);
    Rotation changed = world.rotation("Service desk");
    assertThat(changed.onDuty()).isEqualTo(new Participant("ada"));
    assertThat(changed.next()).isEqualTo(new Participant("grace"));
    assertThat(changed.until()).isEqualTo(Instant.parse("2026-11-27T11:00:00Z"));
    assertThat(world.due(Duty.HANDOFF, id)).contains(Instant.parse("2026-11-27T11:00:00Z"));
    assertThat(world.chat.channel("C1"))
        .singleElement()
        .satisfies(card -> assertThat(card.text()).contains("Service desk").contains("Fri 27 Nov"));
  }

  @Test
  void aShiftThatIsOverCannotBeChanged() {
    world.type("ada", NEW);
    world.moveTo(TUESDAY_AT_NINE);
    assertThatThrownBy(() ->
            workspaces.inWorkspace(
                world.workspace,
                () ->
                    jdbc.sql("update shift set account = 'mallory' where ended_at is not null")
                        .update()))
        .hasMessageContaining("is over and cannot be changed");
  }

  @Test
  void onceTheConnectionIsRemovedTheRotationIsPausedAtItsNextHandoff() {
    world.type("ada", NEW);
    workspaces.inWorkspace(
        world.workspace, () -> connections.end(world.connection.id(), "disconnected"));
    world.moveTo(TUESDAY_AT_NINE);
    assertThat(world.rotation("Support desk").paused()).isTrue();
    assertThat(
            world.rotations.resume(
                world.workspace, RotationWorld.somebody(), world.rotation("Support desk").id()))
        .isInstanceOf(RotationOutcome.Refused.class);
  }

  private List<byte[]> storedNotes() {
    return workspaces.inWorkspace(
        world.workspace,
        () -> jdbc.sql("select note from handoff_note").query(byte[].class).list());
  }

  private int count(String table) {
    return workspaces.inWorkspace(
        world.workspace,
        () -> jdbc.sql("select count(*) from " + table).query(Integer.class).single());
  }
}
