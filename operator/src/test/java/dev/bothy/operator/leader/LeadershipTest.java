package dev.bothy.operator.leader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bothy.operator.leader.Fence.NotLeading;
import dev.bothy.operator.testkit.ApiServer;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Two operators and one lease. Time is set by hand; each has its own.
@Tag("real")
class LeadershipTest {
  private final AtomicLong time = new AtomicLong(1_000_000_000L);
  private KubernetesClient client;
  private String namespace;
  private Leadership one;
  private Leadership two;

  @BeforeEach
  void start() {
    client = ApiServer.shared().client();
    namespace = ApiServer.shared().namespace();
    one = leadership(client, "one");
    two = leadership(client, "two");
  }

  @AfterEach
  void end() {
    if (client != null) {
      client.close();
    }
  }

  @Test
  void ofTwoOneLeads() {
    one.round();
    two.round();
    assertThat(one.leads()).isTrue();
    assertThat(two.leads()).isFalse();
  }

  @Test
  void whoRenewsGoesOnLeading() {
    one.round();
    for (int i = 0; i < 20; i++) {
      pass(Leadership.ROUND);
      one.round();
      two.round();
    }
    assertThat(one.leads()).isTrue();
    assertThat(two.leads()).isFalse();
  }

  @Test
  void aLeaseIsTakenOverOnlyWhenItWasSeenUnchangedForItsWholeLife() {
    one.round();
    two.round();
    pass(Leadership.LEASE.minusNanos(1));
    two.round();
    assertThat(two.leads()).isFalse();
    pass(Duration.ofNanos(1));
    two.round();
    assertThat(two.leads()).isTrue();
  }

  @Test
  void whoDoesNotRenewStopsLongBeforeAnybodyElseCanLead() {
    one.round();
    pass(Leadership.FENCE);
    assertThat(one.leads()).isFalse();
    assertThat(Leadership.FENCE.plus(Leadership.REQUEST)).isLessThan(Leadership.LEASE);
  }

  @Test
  void aFormerLeaderThatWakesUpSeesTheOtherOne() {
    one.round();
    two.round();
    pass(Leadership.LEASE);
    two.round();
    one.round();
    assertThat(two.leads()).isTrue();
    assertThat(one.leads()).isFalse();
  }

  @Test
  void aCleanStopLetsTheOtherOneLeadAtOnce() {
    one.round();
    two.round();
    one.close();
    two.round();
    assertThat(two.leads()).isTrue();
  }

  @Test
  void anApiServerThatIsAwayIsSurvivedAndTheSameOneLeadsAgain() throws Exception {
    try (ApiServer api = ApiServer.start();
        KubernetesClient own = api.client()) {
      Leadership alone = new Leadership(own, "default", "alone", Clock.systemUTC(), time::get);
      alone.round();
      assertThat(alone.leads()).isTrue();
      api.stop();
      pass(Duration.ofMinutes(3));
      alone.round();
      assertThat(alone.leads()).isFalse();
      assertThat(alone.isAlive()).isTrue();
      api.serve();
      alone.round();
      assertThat(alone.leads()).isTrue();
    }
  }

  @Test
  void theFenceLetsNoChangeOutOfWhoDoesNotLead() {
    KubernetesClient fenced =
        new KubernetesClientBuilder()
            .withConfig(ApiServer.shared().config())
            .withHttpClientBuilderConsumer(
                builder -> builder.addOrReplaceInterceptor("fence", new Fence(one::leads)))
            .build();
    ConfigMap map =
        new ConfigMapBuilder()
            .withNewMetadata()
            .withName("x")
            .withNamespace(namespace)
            .endMetadata()
            .build();
    assertThatThrownBy(() -> fenced.resource(map).create()).isInstanceOf(NotLeading.class);
    one.round();
    fenced.resource(map).create();
    pass(Leadership.FENCE);
    assertThatThrownBy(() -> fenced.resource(map).delete()).isInstanceOf(NotLeading.class);
    assertThat(fenced.configMaps().inNamespace(namespace).withName("x").get())
        .as("reading is allowed")
        .isNotNull();
    fenced.close();
  }

  private Leadership leadership(KubernetesClient by, String identity) {
    return new Leadership(by, namespace, identity, Clock.systemUTC(), time::get);
  }

  private void pass(Duration duration) {
    time.addAndGet(duration.toNanos());
  }
}
