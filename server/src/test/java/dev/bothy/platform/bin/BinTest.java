package dev.bothy.platform.bin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bothy.platform.audit.Actor;
import dev.bothy.platform.audit.Audit;
import dev.bothy.platform.audit.AuditFilter;
import dev.bothy.platform.bin.BinDesk.Outcome;
import dev.bothy.platform.kernel.WorkspaceId;
import dev.bothy.platform.keymanagement.KeyDestructions;
import dev.bothy.platform.keys.Keys;
import dev.bothy.platform.keys.Purpose;
import dev.bothy.platform.people.NotAllowed;
import dev.bothy.platform.people.Role;
import dev.bothy.platform.people.TestPeople;
import dev.bothy.platform.people.Viewer;
import dev.bothy.platform.privacy.RetentionClock;
import dev.bothy.platform.retention.RetentionSettings;
import dev.bothy.platform.work.ScheduleHandler.Due;
import dev.bothy.platform.workspace.Workspace;
import dev.bothy.platform.workspace.Workspaces;
import dev.bothy.testkit.BothyTest;
import dev.bothy.testkit.TestWorkspaces;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/// The bin with rotations in it. The work is run by the test, at the times it wants.
@BothyTest
class BinTest {
  private static final Purpose NOTE = new Purpose("rotations", "rotations.handoff-note");
  private static final Duration A_MINUTE = Duration.ofMinutes(1);

  @Autowired Workspaces workspaces;
  @Autowired TestPeople people;
  @Autowired BinDesk desk;
  @Autowired BinChoices choices;
  @Autowired BinTable table;
  @Autowired BinWork work;
  @Autowired BinHome home;
  @Autowired RetentionSettings retention;
  @Autowired Keys keys;
  @Autowired KeyDestructions destructions;
  @Autowired Audit audit;
  @Autowired JdbcClient jdbc;
  private BinWorld world;
  private Workspace workspace;
  private Viewer admin;

  @BeforeEach
  void anAdmin() {
    workspace = TestWorkspaces.fresh(workspaces);
    world = new BinWorld(workspaces, jdbc);
    admin = viewer(workspace, Role.ADMIN);
  }

  private Viewer viewer(Workspace where, Role... roles) {
    TestPeople.Someone someone = people.signedIn(where, "Ada", roles);
    return new Viewer(someone.id(), "Ada", where.id(), where.slug(), Set.of(roles));
  }

  @Test
  void whatIsPutAwayStaysFourteenDaysAndIsRestoredByOneClick() {
    UUID rotation = world.rotation(workspace);
    BinItem item = putAway(rotation);
    assertThat(Duration.between(item.deletedAt(), item.goesAt())).isEqualTo(Duration.ofDays(14));
    assertThat(item.deletedBy()).isEqualTo(admin.person());
    assertThat(world.isDeleted(workspace, rotation)).isTrue();
    assertThat(desk.restore(admin, item.id())).isInstanceOf(Outcome.Done.class);
    assertThat(world.isDeleted(workspace, rotation)).isFalse();
    assertThat(desk.list(admin)).isEmpty();
    assertThat(actions()).startsWith("rotations.restored", "rotations.deleted");
  }

  @Test
  void itIsGoneByTheClockAndNotAMinuteEarlier() {
    UUID rotation = world.rotation(workspace);
    BinItem item = putAway(rotation);
    assertThat(run(item, item.goesAt().minus(A_MINUTE))).contains(item.goesAt());
    assertThat(world.exists(workspace, rotation)).isTrue();
    assertThat(run(item, item.goesAt())).isEmpty();
    assertThat(world.exists(workspace, rotation)).isFalse();
    assertThat(desk.list(admin)).isEmpty();
    assertThat(desk.restore(admin, item.id())).isInstanceOf(Outcome.Unknown.class);
    assertThat(actions()).startsWith("rotations.erased");
  }

  @Test
  void runningTwiceIsAsGoodAsOnce() {
    UUID rotation = world.rotation(workspace);
    BinItem item = putAway(rotation);
    assertThatThrownBy(() ->
            workspaces.inWorkspace(
                workspace.id(),
                () -> {
                  work.run(new Due(item.id(), item.goesAt(), item.goesAt()));
                  throw new IllegalStateException("The server dies before it commits");
                }))
        .isInstanceOf(IllegalStateException.class);
    assertThat(world.exists(workspace, rotation)).isTrue();
    assertThat(run(item, item.goesAt())).isEmpty();
    assertThat(run(item, item.goesAt())).isEmpty();
    assertThat(world.exists(workspace, rotation)).isFalse();
  }

  @Test
  void withinTheHourLeavesAQuarterOfItForTheWork() {
    UUID rotation = world.rotation(workspace);
    assertThat(choices.choose(admin, "rotations", 0)).isInstanceOf(BinChoices.Outcome.Done.class);
    BinItem item = putAway(rotation);
    assertThat(Duration.between(item.deletedAt(), item.goesAt())).isEqualTo(Duration.ofMinutes(45));
    assertThat(run(item, item.deletedAt().plus(Duration.ofMinutes(45)))).isEmpty();
    assertThat(world.exists(workspace, rotation)).isFalse();
  }

  @Test
  void aShorterChoiceHoldsForWhatIsInAndALongerOneDoesNot() {
    BinItem item = putAway(world.rotation(workspace));
    assertThat(choices.sooner(admin, "rotations", 3)).hasSize(1);
    assertThat(choices.sooner(admin, "rotations", 20)).isEmpty();
    choices.choose(admin, "rotations", 3);
    assertThat(item(item).goesAt()).isEqualTo(item.deletedAt().plus(Duration.ofDays(3)));
    choices.choose(admin, "rotations", 20);
    assertThat(item(item).goesAt()).isEqualTo(item.deletedAt().plus(Duration.ofDays(3)));
    assertThat(scheduled(item)).isBefore(item.deletedAt().plus(Duration.ofDays(3)));
    assertThat(choices.choose(admin, "rotations", 31))
        .isInstanceOf(BinChoices.Outcome.Refused.class);
    assertThat(choices.choose(admin, "nothing", 3)).isInstanceOf(BinChoices.Outcome.Unknown.class);
  }

  @Test
  void theWorkspacesClockIsFollowedWhereNothingWasChosen() {
    BinItem item = putAway(world.rotation(workspace));
    workspaces.inWorkspace(
        workspace.id(), () -> retention.set(new Actor.System(), RetentionClock.BIN, 2));
    assertThat(item(item).goesAt()).isEqualTo(item.deletedAt().plus(Duration.ofDays(2)));
  }

  @Test
  void deletedAtOnceIsGoneOnceItsNameWasTyped() {
    UUID rotation = world.rotation(workspace);
    BinItem item = putAway(rotation);
    assertThat(desk.deleteNow(admin, item.id(), "")).isInstanceOf(Outcome.NotConfirmed.class);
    assertThat(world.exists(workspace, rotation)).isTrue();
    String name = desk.find(admin, item.id()).orElseThrow().name();
    assertThat(desk.deleteNow(admin, item.id(), name)).isInstanceOf(Outcome.Done.class);
    assertThat(world.exists(workspace, rotation)).isFalse();
    assertThat(actions()).startsWith("rotations.erased");
  }

  @Test
  void whoRestoresAndWhoDeletesAtOnceDoNotBothGetTheirWay() {
    for (int round = 0; round < 5; round++) {
      UUID rotation = world.rotation(workspace);
      BinItem item = putAway(rotation);
      String name = desk.find(admin, item.id()).orElseThrow().name();
      CompletableFuture<Outcome> restored =
          CompletableFuture.supplyAsync(() -> desk.restore(admin, item.id()));
      CompletableFuture<Outcome> deleted =
          CompletableFuture.supplyAsync(() -> desk.deleteNow(admin, item.id(), name));
      boolean isBack = restored.join() instanceof Outcome.Done;
      assertThat(Stream.of(restored, deleted).map(CompletableFuture::join))
          .hasAtLeastOneElementOfType(Outcome.Done.class)
          .hasAtLeastOneElementOfType(Outcome.Unknown.class);
      assertThat(world.exists(workspace, rotation)).isEqualTo(isBack);
    }
  }

  @Test
  void whatItsDestroyedKeysSealedIsNotBroughtBack() {
    BinItem item = putAway(world.rotation(workspace));
    workspaces.inWorkspace(
        workspace.id(),
        () -> {
          keys.seal(NOTE, UUID.randomUUID(), new byte[] {1});
          assertThat(destructions.start("rotations", admin.person())).isPresent();
        });
    assertThat(desk.find(admin, item.id()).orElseThrow().isRestorable()).isFalse();
    assertThat(desk.restore(admin, item.id())).isInstanceOf(Outcome.KeysDestroyed.class);
    String name = desk.find(admin, item.id()).orElseThrow().name();
    assertThat(desk.deleteNow(admin, item.id(), name)).isInstanceOf(Outcome.Done.class);
  }

  @Test
  void theHomePageTellsAdminsWhatLeavesTheBinSoon() {
    BinItem item = putAway(world.rotation(workspace));
    assertThat(home.steps(admin)).isEmpty();
    workspaces.inWorkspace(
        workspace.id(),
        () ->
            jdbc.sql(
                    "update bin_item set deleted_at = deleted_at - interval '13 days 12 hours',"
                        + " goes_at = goes_at - interval '13 days 12 hours' where id = ?")
                .param(item.id())
                .update());
    assertThat(home.steps(admin))
        .singleElement()
        .satisfies(step -> assertThat(step.sentence()).contains(item(item).goes()));
    assertThat(home.steps(viewer(workspace, Role.MEMBER))).isEmpty();
  }

  @Test
  void anotherWorkspacesIdsAndOthersRolesGetNothing() {
    UUID rotation = world.rotation(workspace);
    BinItem item = putAway(rotation);
    Viewer stranger = viewer(TestWorkspaces.fresh(workspaces), Role.OWNER);
    assertThat(desk.list(stranger)).isEmpty();
    assertThat(desk.restore(stranger, item.id())).isInstanceOf(Outcome.Unknown.class);
    assertThat(desk.deleteNow(stranger, item.id(), "x")).isInstanceOf(Outcome.Unknown.class);
    assertThat(desk.putAway(stranger, "rotations.rotation", world.rotation(workspace).toString()))
        .isInstanceOf(Outcome.Unknown.class);
    assertThat(desk.putAway(viewer(workspace, Role.OWNER), Bin.APP, "nothing"))
        .isInstanceOf(Outcome.Unknown.class);
    assertThatThrownBy(() -> desk.putAway(admin, Bin.APP, "rotations"))
        .isInstanceOf(NotAllowed.class);
    assertThat(desk.putAway(admin, "no.kind", "x")).isInstanceOf(Outcome.Unknown.class);
    Viewer auditor = viewer(workspace, Role.AUDITOR);
    assertThat(desk.list(auditor)).singleElement().matches(line -> !line.isRestorable());
    assertThatThrownBy(() -> desk.restore(auditor, item.id())).isInstanceOf(NotAllowed.class);
    Viewer member = viewer(workspace, Role.MEMBER);
    assertThatThrownBy(() -> desk.list(member)).isInstanceOf(NotAllowed.class);
    assertThatThrownBy(() -> desk.restore(member, item.id())).isInstanceOf(NotAllowed.class);
    assertThatThrownBy(() -> desk.deleteNow(member, item.id(), "x")).isInstanceOf(NotAllowed.class);
    assertThatThrownBy(() -> choices.choose(member, "rotations", 1)).isInstanceOf(NotAllowed.class);
    assertThatThrownBy(() -> choices.choose(admin, "workspace", 0)).isInstanceOf(NotAllowed.class);
    assertThatThrownBy(() -> desk.putAway(admin, Bin.WORKSPACE, workspace.id().toString()))
        .isInstanceOf(NotAllowed.class);
  }

  private BinItem putAway(UUID rotation) {
    Outcome outcome = desk.putAway(admin, "rotations.rotation", rotation.toString());
    assertThat(outcome).isInstanceOf(Outcome.Done.class);
    return outcome instanceof Outcome.Done(BinLine line) ? line.item() : fail();
  }

  private static BinItem fail() {
    throw new AssertionError("It is not in the bin");
  }

  private BinItem item(BinItem known) {
    return workspaces.inWorkspace(workspace.id(), () -> table.find(known.id())).orElseThrow();
  }

  private Optional<Instant> run(BinItem item, Instant now) {
    return workspaces.inWorkspace(
        workspace.id(),
        () -> work.run(new Due(item.id(), now.truncatedTo(ChronoUnit.MICROS), now)));
  }

  private Instant scheduled(BinItem item) {
    return workspaces.inWorkspace(
        workspace.id(),
        () ->
            jdbc.sql("select due_at from scheduled_item where subject = ?")
                .param(item.id())
                .query(OffsetDateTime.class)
                .single()
                .toInstant());
  }

  private List<String> actions() {
    WorkspaceId id = workspace.id();
    return workspaces
        .inWorkspace(id, () -> audit.page(AuditFilter.ALL, null, 50))
        .entries()
        .stream()
        .map(entry -> entry.action())
        .toList();
  }
}
