package dev.bothy.platform.work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.bothy.platform.workspace.Workspaces;
import dev.bothy.testkit.BothyTest;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

@BothyTest
class LeasesTest {
  @Autowired Workspaces workspaces;
  @Autowired JdbcClient jdbc;

  private final String name = "test." + UUID.randomUUID();

  @Test
  void aLeaseIsHeldByOneAndPassesOnWithAHigherFence() {
    Leases one = new Leases(jdbc, workspaces);
    Leases other = new Leases(jdbc, workspaces);
    Leases.Lease held = one.take(name, Duration.ofMinutes(1)).orElseThrow();
    assertThat(other.take(name, Duration.ofMinutes(1))).isEmpty();
    assertThat(one.take(name, Duration.ofMinutes(1))).contains(held);
    one.giveBack(held);
    assertThat(other.take(name, Duration.ofMinutes(1)))
        .hasValueSatisfying(taken -> assertThat(taken.fence()).isGreaterThan(held.fence()));
  }

  @Test
  void aLeaseThatIsNotProlongedIsFreeAfterItsLength() {
    Leases one = new Leases(jdbc, workspaces);
    Leases other = new Leases(jdbc, workspaces);
    Leases.Lease held = one.take(name, Duration.ofMillis(200)).orElseThrow();
    await().untilAsserted(() -> assertThat(other.take(name, Duration.ofMinutes(1))).isPresent());
    one.giveBack(held);
    assertThat(one.take(name, Duration.ofMinutes(1))).isEmpty();
  }
}
