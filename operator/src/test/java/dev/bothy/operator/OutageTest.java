package dev.bothy.operator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bothy.operator.testkit.ApiServer;
import dev.bothy.operator.testkit.Eventually;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// The API server goes and comes back while an operator runs.
@Tag("real")
class OutageTest {
  @Test
  void afterwardsTheSameProcessMendsWhatHappenedMeanwhile() throws Exception {
    try (ApiServer api = ApiServer.start();
        Cluster cluster = new Cluster(api)) {
      cluster.install(Examples.production());
      api.stop();
      // Longer than the fence and a lease; a watch has noticed by then.
      Thread.sleep(Duration.ofSeconds(20));
      api.serve();
      cluster.client.services().inNamespace(cluster.namespace).withName("bothy").delete();

      Eventually.holds(
          Duration.ofMinutes(2),
          () ->
              assertThat(
                      cluster
                          .client
                          .services()
                          .inNamespace(cluster.namespace)
                          .withName("bothy")
                          .get())
                  .isNotNull());
      Eventually.holds(cluster::assertReady);
    }
  }
}
