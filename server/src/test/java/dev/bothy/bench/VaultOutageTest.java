package dev.bothy.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// `scripts/vault-outage` does the same for half an hour.
@Tag("real")
class VaultOutageTest {
  @Test
  void warmServersAcknowledgeEverythingWhileVaultIsSealedAndDoItAllAfterwards() throws Exception {
    VaultOutage.Ledger ledger =
        VaultOutage.run(
            new VaultOutage.Plan(Duration.ofSeconds(20), 10, Duration.ofSeconds(4)),
            Path.of("target/vault-outage").toAbsolutePath());

    System.out.println("Vault sealed for 20 s: " + ledger.words());
    assertThat(ledger.lost()).as("acknowledged and lost").isEmpty();
    assertThat(ledger.doubled()).as("done twice").isEmpty();
    assertThat(ledger.failed()).as("never acknowledged").isZero();
    assertThat(ledger.refused()).as("refused: %s", ledger.answers()).isFalse();
    // The run says nothing if no key had come to its end.
    assertThat(ledger.waiting()).isPositive();
  }
}
