package dev.bothy.app.rotations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.bothy.app.rotations.plan.Participant;
import dev.bothy.platform.audit.Actor;
import dev.bothy.platform.audit.Audit;
import dev.bothy.platform.audit.AuditEntry;
import dev.bothy.platform.audit.AuditFilter;
import dev.bothy.platform.chat.ChatConnection;
import dev.bothy.platform.chat.sandbox.RoomInput;
import dev.bothy.platform.chat.sandbox.RoomMessage;
import dev.bothy.platform.chat.sandbox.SandboxRoom;
import dev.bothy.platform.chatlinks.ChatLinks;
import dev.bothy.platform.chatlinks.LinkedAccount;
import dev.bothy.platform.chatlinks.LinkedBy;
import dev.bothy.platform.kernel.PersonId;
import dev.bothy.platform.people.Ended;
import dev.bothy.platform.people.Member;
import dev.bothy.platform.people.Members;
import dev.bothy.platform.work.ScheduleHandler.Due;
import dev.bothy.platform.workspace.Workspace;
import dev.bothy.platform.workspace.Workspaces;
import dev.bothy.testkit.BothyTest;
import dev.bothy.testkit.TestClock;
import dev.bothy.testkit.TestWorkspaces;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/// What becomes of the places of somebody who leaves the workspace, through the running server.
@BothyTest
class LeaverTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Actor SYSTEM = new Actor.System();

  @Autowired Workspaces workspaces;
  @Autowired SandboxRoom room;
  @Autowired RoomInput input;
  @Autowired Rotations rotations;
  @Autowired RotationTable table;
  @Autowired DepartureTable departures;
  @Autowired Leavers leavers;
  @Autowired ChatLinks links;
  @Autowired Members members;
  @Autowired Audit audit;
  @Autowired TestClock clock;
  private Workspace workspace;
  private ChatConnection connection;

  @BeforeEach
  void aRoom() {
    workspace = TestWorkspaces.fresh(workspaces);
    connection = in(room::open);
  }

  @AfterEach
  void backToNow() {
    clock.reset();
  }

  @Test
  void whoIsOnDutyAndLeavesIsFollowedByTheNextAtOnce() {
    PersonId ada = person("ada");
    say("ben", "/rotation new Desk daily 09:00 Europe/Berlin @ada @ben @chen");
    awaitMessage("general", "@ada> is on duty");
    leave(ada);
    awaitMessage("general", "'s place in Desk was handed over because they left the workspace");
    awaitMessage("general", "@ben> is on duty");
    awaitMessage("@ben", "You are on duty for Desk");
    Rotation desk = desk();
    assertThat(desk.people()).extracting(Participant::account).containsExactly("ben", "chen");
    assertThat(desk.next()).isEqualTo(new Participant("chen"));
    assertThat(actions()).contains("rotations.place-kept", "rotations.handed-over");
  }

  @Test
  void whatALeaverAskedOfTheOthersIsClosed() {
    PersonId ben = person("ben");
    say("ada", "/rotation new Desk daily 09:00 Europe/Berlin @ada @ben @chen");
    awaitMessage("general", "@ada> is on duty");
    say("ben", "/rotation swap Desk");
    awaitMessage("general", "shift in Desk?");
    leave(ben);
    awaitMessage("general", "is closed: they left the workspace.");
  }

  @Test
  void backWithinTheGraceTheyHaveTheirPlaceButNotTheDuty() {
    PersonId ada = person("ada");
    say("ben", "/rotation new Desk daily 09:00 Europe/Berlin @ada @ben @chen");
    awaitMessage("general", "@ada> is on duty");
    leave(ada);
    awaitMessage("general", "@ben> is on duty");
    in(() -> members.reactivate(ada, SYSTEM));
    await()
        .atMost(PATIENCE)
        .untilAsserted(() ->
            assertThat(desk().people())
                .extracting(Participant::account)
                .containsExactly("ada", "ben", "chen"));
    assertThat(desk().onDuty()).isEqualTo(new Participant("ben"));
    assertThat(in(() -> departures.of(desk().id()))).isEmpty();
  }

  @Test
  void whoIsBackBeforeAnybodyNoticedKeepsTheDuty() {
    PersonId ada = person("ada");
    say("ben", "/rotation new Desk daily 09:00 Europe/Berlin @ada @ben");
    awaitMessage("general", "@ada> is on duty");
    in(() -> {
      members.deactivate(ada, SYSTEM, Ended.DIRECTORY);
      return members.reactivate(ada, SYSTEM);
    });
    runOnce(ada);
    assertThat(desk().onDuty()).isEqualTo(new Participant("ada"));
    assertThat(desk().people()).hasSize(2);
  }

  @Test
  void theLastOneLeavesNobodyOnDutyAndTheChannelIsToldWhatToDo() {
    PersonId ada = person("ada");
    say("ben", "/rotation new Desk daily 09:00 Europe/Berlin @ada");
    awaitMessage("general", "@ada> is on duty");
    leave(ada);
    awaitMessage("general", "edit the rotation to add people");
    awaitMessage("general", "nobody is on duty");
    assertThat(desk().onDuty()).isNull();
  }

  @Test
  void runningTwiceChangesNothing() {
    PersonId ada = person("ada");
    say("ben", "/rotation new Desk daily 09:00 Europe/Berlin @ada @ben");
    awaitMessage("general", "@ada> is on duty");
    leave(ada);
    awaitMessage("general", "@ben> is on duty");
    List<String> before = actions();
    runOnce(ada);
    assertThat(actions()).isEqualTo(before);
    assertThat(in(() -> departures.of(desk().id()))).hasSize(1);
  }

  @Test
  void bothAccountsInBothRotationsGoWithTheirPerson() {
    PersonId ada = person("ada");
    in(() -> links.link(new LinkedAccount(connection.id(), "dana", ada), LinkedBy.ADMIN, SYSTEM));
    say("ben", "/rotation new Desk daily 09:00 Europe/Berlin @ada @ben");
    awaitMessage("general", "Desk");
    say("ben", "/rotation new Release daily 09:00 Europe/Berlin @ben @dana");
    awaitMessage("general", "Release");
    leave(ada);
    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> {
          assertThat(desk().people()).containsExactly(new Participant("ben"));
          assertThat(rotations.byName(workspace.id(), "Release").orElseThrow().people())
              .containsExactly(new Participant("ben"));
        });
  }

  @Test
  void aPausedRotationLosesThePlaceQuietly() {
    PersonId ada = person("ada");
    say("ben", "/rotation new Desk daily 09:00 Europe/Berlin @ada @ben");
    awaitMessage("general", "@ada> is on duty");
    rotations.pause(workspace.id(), SYSTEM, desk().id());
    leave(ada);
    awaitMessage("general", "because they left the workspace");
    assertThat(desk().onDuty()).isNull();
    rotations.resume(workspace.id(), SYSTEM, desk().id());
    assertThat(desk().onDuty()).isEqualTo(new Participant("ben"));
  }

  @Test
  void afterTheGraceNothingIsKept() {
    PersonId ada = person("ada");
    say("ben", "/rotation new Desk daily 09:00 Europe/Berlin @ada @ben");
    awaitMessage("general", "@ada> is on duty");
    leave(ada);
    awaitMessage("general", "@ben> is on duty");
    clock.advance(Member.GRACE.plusMinutes(1));
    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> {
          assertThat(in(() -> members.find(ada))).isEmpty();
          assertThat(in(() -> departures.of(desk().id()))).isEmpty();
          assertThat(in(() -> links.accountsOfLeaver(ada))).isEmpty();
        });
  }

  @Test
  void whoLeftIsNotHeededInChatAndToldSoAlone() {
    PersonId ada = person("ada");
    leave(ada);
    say("ada", "/rotation new Desk daily 09:00 Europe/Berlin @ada @ben");
    RoomMessage answer = awaitMessage("general", "Your place in this workspace has ended");
    assertThat(answer.onlyForOne()).isTrue();
    assertThat(rotations.all(workspace.id())).isEmpty();
    in(() -> members.reactivate(ada, SYSTEM));
    say("ada", "/rotation new Desk daily 09:00 Europe/Berlin @ada @ben");
    awaitMessage("general", "@ada> is on duty");
  }

  private PersonId person(String account) {
    return in(() -> {
      PersonId person =
          members.provision(
              new Members.Profile(account, account + "-" + UUID.randomUUID(), null), SYSTEM);
      links.link(new LinkedAccount(connection.id(), account, person), LinkedBy.ADMIN, SYSTEM);
      return person;
    });
  }

  private void leave(PersonId person) {
    in(() -> members.deactivate(person, SYSTEM, Ended.DIRECTORY));
  }

  private void runOnce(PersonId person) {
    in(() -> leavers.run(new Due(person.value(), clock.instant(), clock.instant())));
  }

  private Rotation desk() {
    return rotations.byName(workspace.id(), "Desk").orElseThrow();
  }

  private List<String> actions() {
    return in(() -> audit.page(AuditFilter.ALL, null, 50)).entries().stream()
        .map(AuditEntry::action)
        .toList();
  }

  private <T> T in(Supplier<T> work) {
    return workspaces.inWorkspace(workspace.id(), work);
  }

  private void say(String account, String text) {
    assertThat(
            input.say(
                connection,
                new RoomInput.Speech(UUID.randomUUID(), account, "general", null, text)))
        .isEmpty();
  }

  private RoomMessage awaitMessage(String conversation, String text) {
    String reader = conversation.startsWith("@") ? conversation.substring(1) : "ada";
    return await("\"" + text + "\" in " + conversation)
        .atMost(PATIENCE)
        .until(
            () ->
                in(() -> room.messages(connection, conversation, reader)).stream()
                    .filter(
                        message -> RotationsInSandboxTest.plain(message.content()).contains(text))
                    .reduce((_, later) -> later),
            Optional::isPresent)
        .orElseThrow();
  }
}
