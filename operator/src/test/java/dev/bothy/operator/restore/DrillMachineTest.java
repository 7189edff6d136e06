package dev.bothy.operator.restore;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bothy.operator.api.RestoreDrill;
import dev.bothy.operator.api.RestoreDrillSpec;
import dev.bothy.operator.api.RestoreDrillStatus;
import dev.bothy.operator.api.RestoreDrillStatus.Result;
import dev.bothy.operator.jobs.ToolReport;
import dev.bothy.operator.testkit.ClockByHand;
import io.fabric8.kubernetes.api.model.Condition;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// When drills run and what they show, with what is around them said by the test.
class DrillMachineTest {
  private static final String ID = "20261127t021500z-3f9a1c";
  private static final Duration LONG = Duration.ofMinutes(6);

  private final ClockByHand clock = new ClockByHand();
  private final Fake around = new Fake();
  private RestoreDrill drill = drill(true);

  /// A Job that a test has not ended runs.
  private static final class Fake implements DrillSurroundings {
    @Nullable String notNow;
    final TreeSet<String> begun = new TreeSet<>();
    final Map<Integer, ToolRun> ended = new HashMap<>();
    final List<String> verified = new ArrayList<>();

    @Override
    public Optional<String> notNow() {
      return Optional.ofNullable(notNow);
    }

    @Override
    public ToolRun job(String run, int attempt) {
      begun.add(run + "-" + attempt);
      return ended.getOrDefault(attempt, new ToolRun.Running(null, "Restoring 10 %"));
    }

    @Override
    public void forgetBefore(String run) {}

    @Override
    public void verified(String backupId, Instant at) {
      verified.add(backupId);
    }
  }

  @Test
  void aGoodRunProvesItsBackup() {
    walk();
    assertThat(around.begun).hasSize(1);
    assertThat(status().progress()).isEqualTo("Restoring 10 %");
    assertThat(proven().getReason()).isEqualTo("NoDrillYet");
    around.ended.put(1, new ToolRun.Done(report("Succeeded", "", "PASS")));
    walk();
    assertThat(around.verified).containsExactly(ID);
    assertThat(proven().getStatus()).isEqualTo("True");
    assertThat(proven().getMessage()).contains(ID).contains("93 seconds");
    assertThat(status().lastGoodAt()).isEqualTo(clock.instant().toString());
    assertThat(status().lastDurationSeconds()).isEqualTo(93);
    assertThat(status().checks()).extracting("name", "result").hasSize(1);
    assertThat(status().running()).isNull();
    assertThat(status().progress()).isNull();
  }

  @ParameterizedTest
  @CsvSource({"DrillFailed", "DamagedObject", "MissingPart", "WrongKey", "VerificationFailed"})
  void whatARunFindsIsSaidAtOnceWithBackupObjectAndReason(String reason) {
    walk();
    around.ended.put(1, failed(report("Failed", reason, "FAIL"), ToolRun.Again.MAY_HELP));
    walk();
    assertThat(around.begun).as("it would find it again").hasSize(1);
    assertThat(proven().getStatus()).isEqualTo("False");
    assertThat(proven().getReason()).isEqualTo(reason);
    assertThat(proven().getMessage()).contains(ID).contains("data/message/00002 is damaged");
    assertThat(status().lastGoodAt()).isNull();
    assertThat(around.verified).isEmpty();
  }

  @Test
  void aRunThatIsKilledIsTriedThreeTimesAndThenCountsAsFailed() {
    for (int attempt = 1; attempt <= 3; attempt++) {
      walk();
      assertThat(around.begun).hasSize(attempt);
      around.ended.put(attempt, failed(null, ToolRun.Again.MAY_HELP));
      walk();
      assertThat(around.begun).as("not before a while").hasSize(attempt);
      clock.pass(LONG);
    }
    walk();
    assertThat(around.begun).hasSize(3);
    assertThat(status().history())
        .singleElement()
        .satisfies(run -> assertThat(run.result()).isEqualTo(Result.Failed));
    assertThat(proven().getReason()).isEqualTo("Unfinished");
  }

  @Test
  void aRunWhoseStatusWasLostIsTheSameRunAgain() {
    RestoreDrillStatus before = drill.getStatus();
    look();
    RestoreDrillStatus begun = drill.getStatus();
    drill.setStatus(before);
    clock.pass(Duration.ofSeconds(1));
    look();
    assertThat(status().running())
        .extracting("id")
        .isEqualTo(Objects.requireNonNull(begun.running()).id());
    look();
    RestoreDrillStatus running = status();
    look();
    assertThat(around.begun).hasSize(1);
    assertThat(status()).as("a second look writes nothing").isEqualTo(running);
  }

  @Test
  void itRunsAtItsTimesAndAMissedOneOnce() {
    drill = drill(false);
    walk();
    assertThat(around.begun).isEmpty();
    assertThat(status().nextAt()).isNotNull();
    clock.pass(Duration.ofDays(30));
    walk();
    assertThat(around.begun).hasSize(1);
    around.ended.put(1, new ToolRun.Done(report("Succeeded", "", "PASS")));
    walk();
    assertThat(around.begun).as("once for all that were missed").hasSize(1);
  }

  @Test
  void whileItIsSuspendedNoneBegins() {
    drill.setSpec(spec(true, true));
    clock.pass(Duration.ofDays(30));
    walk();
    assertThat(around.begun).isEmpty();
    assertThat(status().nextAt()).isNull();
  }

  @Test
  void whatIsDueWaitsUntilItCanBegin() {
    around.notNow = "Restore r runs";
    walk();
    assertThat(around.begun).isEmpty();
    assertThat(proven().getMessage()).contains("Restore r runs");
    around.notNow = null;
    walk();
    assertThat(around.begun).hasSize(1);
  }

  @Test
  void aGoodRunProvesNothingAnyMoreAfterEightDays() {
    drill.setSpec(
        new RestoreDrillSpec(
            "0 4 1 1 *", null, null, true, null, "pg", null, null, null, null, null, null));
    walk();
    around.ended.put(1, new ToolRun.Done(report("Succeeded", "", "PASS")));
    walk();
    clock.pass(Duration.ofDays(8));
    walk();
    assertThat(proven().getStatus()).isEqualTo("True");
    clock.pass(Duration.ofMinutes(1));
    walk();
    assertThat(proven().getReason()).isEqualTo("Overdue");
  }

  @Test
  void theLastTenAreRemembered() {
    around.ended.put(1, new ToolRun.Done(report("Succeeded", "", "PASS")));
    for (int i = 0; i < 12; i++) {
      walk();
      clock.pass(Duration.ofDays(7));
    }
    assertThat(status().history()).hasSize(10);
    assertThat(status().history().getFirst().endedAt())
        .isGreaterThan(status().history().getLast().endedAt());
  }

  @Test
  void aScheduleThatIsNoneIsSaid() {
    drill.setSpec(
        new RestoreDrillSpec(
            "0 25 * * 0", null, null, null, null, "pg", null, null, null, null, null, null));
    walk();
    assertThat(proven().getReason()).isEqualTo("WrongSchedule");
    assertThat(around.begun).isEmpty();
  }

  private void walk() {
    RestoreDrillStatus before = null;
    int looks = 0;
    while (!status().equals(before)) {
      before = status();
      look();
      assertThat(looks++).as("it comes to rest").isLessThan(20);
    }
  }

  private void look() {
    DrillDraft draft = new DrillDraft(drill, clock);
    new DrillMachine(drill, draft, around).look();
    drill.setStatus(draft.status());
  }

  private RestoreDrillStatus status() {
    RestoreDrillStatus said = drill.getStatus();
    return said == null ? new DrillDraft(drill, clock).status() : said;
  }

  private Condition proven() {
    return status().conditions().getFirst();
  }

  private ToolRun failed(@Nullable ToolReport report, ToolRun.Again again) {
    return new ToolRun.Failed(
        report,
        report == null ? "Unfinished" : report.reason(),
        report == null ? "it was killed" : report.message(),
        clock.instant(),
        again);
  }

  private static ToolReport report(String outcome, String reason, String check) {
    return ToolReport.read(
            """
            {"outcome":"%s","reason":"%s","message":"","backup":{"id":"%s"},\
            "drill":{"evidence":"e","seconds":93,"checks":[{"name":"Restore","result":"%s",\
            "message":"data/message/00002 is damaged"}]}}\
            """
                .formatted(outcome, reason, ID, check))
        .orElseThrow();
  }

  private RestoreDrill drill(boolean immediate) {
    RestoreDrill made = new RestoreDrill();
    made.getMetadata().setName("bothy");
    made.getMetadata().setGeneration(1L);
    made.getMetadata().setCreationTimestamp(clock.instant().toString());
    made.setSpec(spec(false, immediate));
    return made;
  }

  private static RestoreDrillSpec spec(boolean suspend, boolean immediate) {
    return new RestoreDrillSpec(
        null, null, suspend, immediate, null, "pg", null, null, null, null, null, null);
  }
}
