package dev.bothy.operator.restore;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bothy.operator.api.Restore;
import dev.bothy.operator.api.RestoreSpec;
import dev.bothy.operator.api.RestoreStatus;
import dev.bothy.operator.api.RestoreStatus.Phase;
import dev.bothy.operator.restore.Surroundings.Saving;
import dev.bothy.operator.restore.Surroundings.Standing;
import dev.bothy.operator.testkit.ClockByHand;
import io.fabric8.kubernetes.api.model.Condition;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/// The way of a restore, with what is around it said by the test.
class RestoreMachineTest {
  private static final Duration LONG = Duration.ofMinutes(6);

  private final ClockByHand clock = new ClockByHand();
  private final FakeSurroundings around = new FakeSurroundings();
  private Restore restore = restore(true, null);

  @Test
  void itGoesFromPhaseToPhaseAndHoldsUntilSomebodySaysGo() {
    assertThat(walk()).isEqualTo(Phase.Checking);
    around.succeeds("check-1");
    assertThat(walk()).isEqualTo(Phase.SavingPresent);
    assertThat(status().backupId()).isEqualTo("20261127t021500z-3f9a1c");
    assertThat(status().version()).isEqualTo("0.1.0");
    assertThat(status().safetyBackup()).isEqualTo("before-r");
    around.saving = new Saving.Done();
    around.stillRuns = "pod bothy-1";
    assertThat(walk()).isEqualTo(Phase.Stopping);
    assertThat(complete().getMessage()).contains("pod bothy-1");
    around.stillRuns = null;
    assertThat(walk()).isEqualTo(Phase.Restoring);
    around.succeeds("load-1");
    around.notServing = "0 of 2 servers are up";
    assertThat(walk()).isEqualTo(Phase.Starting);
    assertThat(complete().getMessage()).contains("0 of 2 servers are up");
    around.notServing = null;
    assertThat(walk()).isEqualTo(Phase.Held);
    assertThat(complete().getMessage())
        .contains("kubectl patch restore r --type merge -p '{\"spec\":{\"release\":true}}'");
    saysGo();
    assertThat(walk()).isEqualTo(Phase.Held);
    around.succeeds("release-1");
    assertThat(walk()).isEqualTo(Phase.Released);
    assertThat(complete().getStatus()).isEqualTo("True");
    assertThat(status().completedAt()).isNotNull();
    assertThat(around.made()).containsExactly("check-1", "load-1", "release-1", "before-r");
  }

  @Test
  void intoAnEmptyInstallationNothingIsSavedFirst() {
    around.standing = new Standing.Empty();
    around.succeeds("check-1");
    assertThat(walk()).isEqualTo(Phase.Restoring);
    assertThat(around.backups).isEmpty();
  }

  @Test
  void whoeverWantsNoSafetyBackupGetsNone() {
    restore = restore(false, null);
    around.succeeds("check-1");
    assertThat(walk()).isEqualTo(Phase.Restoring);
    assertThat(around.backups).isEmpty();
  }

  @Test
  void theLaterOfTwoWaitsAndSaysForWhich() {
    around.first = "earlier";
    assertThat(walk()).isEqualTo(Phase.Pending);
    assertThat(complete().getReason()).isEqualTo("AnotherRestore");
    assertThat(complete().getMessage()).contains("earlier");
    assertThat(around.made()).isEmpty();
    around.first = null;
    assertThat(walk()).isEqualTo(Phase.Checking);
  }

  @Test
  void withoutAnInstallationItWaits() {
    around.standing = new Standing.Unready("NoStorage", "spec.storage");
    assertThat(walk()).isEqualTo(Phase.Pending);
    assertThat(complete().getReason()).isEqualTo("NoStorage");
    assertThat(around.made()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(
      value = Phase.class,
      names = {"Released", "Failed", "RolledBack", "Superseded"})
  void oneThatIsOverIsNeverRunAgain(Phase over) {
    restore.setStatus(at(over));
    restore.getMetadata().setGeneration(7L);
    assertThat(look()).isEmpty();
    assertThat(around.made()).isEmpty();
  }

  /// An operator that is killed after it acted and before it wrote what it did.
  @ParameterizedTest
  @EnumSource(Phase.class)
  void aLookWhoseStatusWasLostIsDoneAgainWithTheSameEnd(Phase phase) {
    Set<Phase> running =
        EnumSet.of(Phase.Checking, Phase.SavingPresent, Phase.Restoring, Phase.RollingBack);
    saysGo();
    restore.setStatus(at(phase));
    RestoreDraft first = draft();
    new RestoreMachine(restore, first, around).look();
    List<String> made = around.made();
    clock.pass(Duration.ofSeconds(1));
    RestoreDraft second = draft();
    new RestoreMachine(restore, second, around).look();
    assertThat(second.phase()).isEqualTo(first.phase());
    assertThat(around.made()).isEqualTo(made).hasSizeLessThanOrEqualTo(1);
    if (running.contains(phase)) {
      assertThat(made).hasSize(1);
    }
  }

  /// Another look at the same things writes nothing.
  @ParameterizedTest
  @EnumSource(Phase.class)
  void aSecondLookAtTheSameThingsChangesNothing(Phase phase) {
    around.first = "earlier";
    around.stillRuns = "pod x";
    around.notServing = "not yet";
    restore.setStatus(at(phase));
    look();
    clock.pass(Duration.ofSeconds(5));
    RestoreDraft again = draft();
    new RestoreMachine(restore, again, around).look();
    assertThat(again.differs()).isFalse();
  }

  @Test
  void aCheckThatRefusesEndsItWithNothingTouched() {
    around.refuses("check-1", "NewerSchema", ToolRun.Again.NO_USE, clock.instant());
    assertThat(walk()).isEqualTo(Phase.Failed);
    assertThat(complete().getReason()).isEqualTo("NewerSchema");
    assertThat(complete().getMessage()).endsWith("Nothing was changed");
    assertThat(around.made()).containsExactly("check-1");
  }

  @Test
  void aCheckThatIsKilledIsTriedAgainAndGivenUpInTheEnd() {
    for (int attempt = 1; attempt <= RestoreMachine.ATTEMPTS; attempt++) {
      assertThat(walk()).isEqualTo(Phase.Checking);
      around.fails("check-" + attempt, clock.instant());
      assertThat(walk()).isIn(Phase.Checking, Phase.Failed);
      clock.pass(LONG);
    }
    assertThat(walk()).isEqualTo(Phase.Failed);
    assertThat(around.made()).containsExactly("check-1", "check-2", "check-3");
  }

  @Test
  void aCheckWhoseReportIsLostIsDoneAgain() {
    around.end("check-1", new ToolRun.Done(null));
    assertThat(walk()).isEqualTo(Phase.Checking);
    assertThat(around.made()).containsExactly("check-1", "check-2");
  }

  @Test
  void aSafetyBackupThatFailsEndsItWithNothingTouched() {
    around.succeeds("check-1");
    around.saving = new Saving.Failed("StorageFull");
    assertThat(walk()).isEqualTo(Phase.Failed);
    assertThat(complete().getMessage()).contains("StorageFull").contains("safetyBackup: false");
    assertThat(around.begun).containsExactly("check-1");
  }

  @Test
  void loadingThatIsKilledIsTriedThreeTimesWithPausesAndThenUndone() {
    restore.setStatus(at(Phase.Restoring));
    for (int attempt = 1; attempt <= 2; attempt++) {
      around.fails("load-" + attempt, clock.instant());
      assertThat(walk()).isEqualTo(Phase.Restoring);
      assertThat(around.begun).doesNotContain("load-" + (attempt + 1));
      assertThat(complete().getMessage()).contains("tried again").contains("it was killed");
      clock.pass(LONG);
      assertThat(walk()).isEqualTo(Phase.Restoring);
      assertThat(around.begun).contains("load-" + (attempt + 1));
    }
    around.fails("load-3", clock.instant());
    assertThat(walk()).isEqualTo(Phase.RollingBack);
    around.succeeds("undo-1");
    assertThat(walk()).isEqualTo(Phase.RolledBack);
    assertThat(complete().getStatus()).isEqualTo("False");
    assertThat(complete().getMessage())
        .contains("what was there before is there again")
        .contains("it was killed");
    assertThat(around.begun).containsExactly("load-1", "load-2", "load-3", "undo-1");
  }

  @Test
  void loadingThatRefusesIsUndoneAtOnce() {
    restore.setStatus(at(Phase.Restoring));
    around.refuses("load-1", "DamagedObject", ToolRun.Again.NO_USE, clock.instant());
    assertThat(walk()).isEqualTo(Phase.RollingBack);
    around.succeeds("undo-1");
    assertThat(walk()).isEqualTo(Phase.RolledBack);
    assertThat(complete().getReason()).isEqualTo("DamagedObject");
  }

  @ParameterizedTest
  @CsvSource({"ServersRunning", "RestoreRunning"})
  void loadingThatIsInSomebodysWayIsNotGivenUp(String reason) {
    restore.setStatus(at(Phase.Restoring));
    for (int attempt = 1; attempt <= 5; attempt++) {
      around.refuses("load-" + attempt, reason, ToolRun.Again.LATER, clock.instant());
      assertThat(walk()).isEqualTo(Phase.Restoring);
      clock.pass(LONG);
    }
    assertThat(walk()).isEqualTo(Phase.Restoring);
    around.succeeds("load-6");
    assertThat(walk()).isEqualTo(Phase.Held);
  }

  @Test
  void whatIsKilledWhilePuttingBackIsPutBackAgainHoweverOften() {
    restore.setStatus(at(Phase.RollingBack));
    for (int attempt = 1; attempt <= 6; attempt++) {
      around.fails("undo-" + attempt, clock.instant());
      assertThat(walk()).isEqualTo(Phase.RollingBack);
      clock.pass(LONG);
    }
    assertThat(walk()).isEqualTo(Phase.RollingBack);
    around.succeeds("undo-7");
    assertThat(walk()).isEqualTo(Phase.RolledBack);
  }

  @Test
  void whatCannotBePutBackIsSaid() {
    restore.setStatus(at(Phase.RollingBack));
    around.refuses("undo-1", "NotEnoughPrivileges", ToolRun.Again.NO_USE, clock.instant());
    assertThat(walk()).isEqualTo(Phase.Failed);
    assertThat(complete().getMessage()).contains("could not be put back");
  }

  @Test
  void aReleaseThatFailsIsTriedAgainAndTheHoldStays() {
    restore.setStatus(at(Phase.Held));
    saysGo();
    around.fails("release-1", clock.instant());
    assertThat(walk()).isEqualTo(Phase.Held);
    clock.pass(LONG);
    assertThat(walk()).isEqualTo(Phase.Held);
    around.succeeds("release-2");
    assertThat(walk()).isEqualTo(Phase.Released);
  }

  @Test
  void whoeverSaysGoAtTheConsoleReleasesItToo() {
    restore.setStatus(at(Phase.Held));
    around.released = true;
    assertThat(walk()).isEqualTo(Phase.Released);
    assertThat(around.made()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(
      value = Phase.class,
      names = {"Starting", "Held"})
  void whatAnotherRestoreHasReplacedIsOver(Phase phase) {
    restore.setStatus(at(phase));
    saysGo();
    around.successor = "next";
    assertThat(walk()).isEqualTo(Phase.Superseded);
    assertThat(complete().getMessage()).contains("next");
    assertThat(around.made()).isEmpty();
  }

  @Test
  void nothingIsReleasedWhileAnotherRestoreHasTheData() {
    restore.setStatus(at(Phase.Held));
    saysGo();
    around.standstillForAnother = "next";
    assertThat(walk()).isEqualTo(Phase.Held);
    assertThat(around.made()).isEmpty();
  }

  /// Looks until nothing moves any more, as it would without time passing.
  private Phase walk() {
    List<Phase> phases = new ArrayList<>();
    RestoreStatus before = null;
    while (!status().equals(before)) {
      before = status();
      look();
      phases.add(status().phase());
      assertThat(phases).as("it comes to rest").hasSizeLessThan(50);
    }
    return phases.getLast();
  }

  private Optional<Duration> look() {
    RestoreDraft draft = draft();
    Optional<Duration> again = new RestoreMachine(restore, draft, around).look();
    if (again.isPresent()) {
      restore.setStatus(draft.status());
    }
    return again;
  }

  private RestoreDraft draft() {
    return new RestoreDraft(restore, clock);
  }

  private RestoreStatus status() {
    return draft().status();
  }

  private Condition complete() {
    return status().conditions().stream()
        .filter(condition -> condition.getType().equals(RestoreDraft.COMPLETE))
        .findFirst()
        .orElseThrow();
  }

  private void saysGo() {
    restore.setSpec(restore(true, true).getSpec());
  }

  private static RestoreStatus at(Phase phase) {
    return new RestoreStatus(
        1L, phase, "20261127t021500z-3f9a1c", null, null, null, null, null, null, null, List.of());
  }

  private static Restore restore(boolean safety, @org.jspecify.annotations.Nullable Boolean go) {
    Restore made = new Restore();
    made.getMetadata().setName("r");
    made.getMetadata().setUid("0a1b2c3d-0000-0000-0000-000000000000");
    made.getMetadata().setGeneration(1L);
    made.setSpec(
        new RestoreSpec(
            new RestoreSpec.From(null, null, RestoreSpec.Newest.Newest), safety, null, go));
    return made;
  }
}
