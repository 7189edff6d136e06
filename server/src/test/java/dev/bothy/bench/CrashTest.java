package dev.bothy.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Two servers and PostgreSQL are killed in the middle of work. What was acknowledged is done
/// afterwards, once and in order; `scripts/crash-test` does the same for longer.
@Tag("real")
class CrashTest {
  @Test
  void whatWasAcknowledgedIsDoneOnceAndInOrderWhoeverIsKilled() throws Exception {
    long seed = Long.getLong("crash.seed", ThreadLocalRandom.current().nextLong(1, 1_000_000));
    System.out.printf("Crash run with seed %d (-Dcrash.seed=%d repeats it)%n", seed, seed);
    CrashPlan plan = new CrashPlan(600, 6, 20, 10, seed, 60);

    CrashLedger ledger = CrashRun.run(plan, Path.of("target/crash").toAbsolutePath());

    ledger.report().finish("-");
    assertThat(ledger.lost()).as("acknowledged and lost").isEmpty();
    assertThat(ledger.doubled()).as("effects that happened twice").isEmpty();
    assertThat(ledger.unsent()).as("messages that never reached the network").isEmpty();
    assertThat(ledger.disordered()).as("messages out of order").isEmpty();
    assertThat(ledger.unexplained()).as("messages repeated without a kill").isEmpty();
    assertThat(ledger.dead()).as("dead letters").isZero();
    assertThat(ledger.kills().values().stream().mapToInt(Integer::intValue).sum()).isEqualTo(6);
    // The run says nothing if the network got nowhere.
    assertThat(ledger.acknowledged()).isGreaterThan(plan.deliveries() / 2);
  }
}
