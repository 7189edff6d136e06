package dev.bothy.operator.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What a kubelet and a scheduler say of pods, in a person's words.
class PodTroublesTest {
  @Test
  void aCrashLoopIsSaidWithTheLastErrorOfItsLog() {
    Pod pod =
        server(
            """
            containerStatuses:
              - name: bothy
                ready: false
                state: {waiting: {reason: CrashLoopBackOff, message: back-off 5m0s}}
                lastState:
                  terminated:
                    exitCode: 1
                    reason: Error
                    message: |
                      {"log":{"level":"INFO"},"message":"Starting"}
                      {"log":{"level":"ERROR"},"message":"permission denied for schema bothy"}
            """);
    assertThat(PodTroubles.of(List.of(pod)))
        .contains(
            "pod bothy-abc: it ends again and again, last with exit code 1: permission denied for"
                + " schema bothy");
  }

  @Test
  void aServerThatRanOutOfMemoryIsToldItsLimit() {
    Pod loops =
        server(
            """
            containerStatuses:
              - name: bothy
                ready: false
                state: {waiting: {reason: CrashLoopBackOff}}
                lastState: {terminated: {exitCode: 137, reason: OOMKilled}}
            """);
    assertThat(PodTroubles.of(List.of(loops)))
        .contains(
            "pod bothy-abc: it ends again and again, last because it needed more memory than its"
                + " limit; raise spec.pod.resources.limits.memory");
    Pod runsAgain =
        server(
            """
            containerStatuses:
              - name: bothy
                ready: false
                state: {running: {startedAt: "2026-11-22T00:00:00Z"}}
                lastState: {terminated: {exitCode: 137, reason: OOMKilled}}
            """);
    assertThat(PodTroubles.of(List.of(runsAgain)))
        .contains(
            "pod bothy-abc: it was started again after it ended because it needed more memory than"
                + " its limit; raise spec.pod.resources.limits.memory");
  }

  @Test
  void whatWasRestartedAndIsReadyHasNoTrouble() {
    Pod pod =
        server(
            """
            containerStatuses:
              - name: bothy
                ready: true
                state: {running: {startedAt: "2026-11-22T00:00:00Z"}}
                lastState: {terminated: {exitCode: 137, reason: OOMKilled}}
            """);
    assertThat(PodTroubles.of(List.of(pod))).isEmpty();
  }

  @Test
  void aPodThatRunsAndNeverBecomesReadyIsNamed() {
    Pod pod =
        server(
            """
            conditions:
              - {type: Ready, status: "False", reason: ContainersNotReady}
            containerStatuses:
              - name: bothy
                ready: false
                state: {running: {startedAt: "2026-11-22T00:00:00Z"}}
            """);
    assertThat(PodTroubles.of(List.of(pod))).isEmpty();
    assertThat(PodTroubles.unready(List.of(pod)))
        .contains("pod bothy-abc has run since 2026-11-22T00:00:00Z and is not ready");
    Pod ready =
        server(
            """
            conditions:
              - {type: Ready, status: "True"}
            containerStatuses:
              - name: bothy
                ready: true
                state: {running: {startedAt: "2026-11-22T00:00:00Z"}}
            """);
    assertThat(PodTroubles.unready(List.of(ready))).isEmpty();
  }

  @Test
  void aPodThatNoNodeTakesSaysWhy() {
    Pod pod =
        server(
            """
            conditions:
              - type: PodScheduled
                status: "False"
                reason: Unschedulable
                message: "0/3 nodes are available: 3 Insufficient memory."
            """);
    assertThat(PodTroubles.of(List.of(pod)))
        .contains(
            "pod bothy-abc: no node takes it: 0/3 nodes are available: 3 Insufficient memory.");
  }

  @Test
  void anImageThatCannotBePulledIsNamedWithWhatToCheckAlsoOfAnInitContainer() {
    Pod pod =
        server(
            """
            initContainerStatuses:
              - name: wait
                image: registry.example.com/bothy-server:9
                state: {waiting: {reason: ImagePullBackOff, message: "not\\n  found"}}
            """);
    assertThat(PodTroubles.of(List.of(pod)))
        .contains(
            "pod bothy-abc: the image registry.example.com/bothy-server:9 cannot be pulled; check"
                + " spec.image and spec.imagePullSecrets (not found)");
  }

  @Test
  void whatOnlyNeedsTimeAndWhatGoesHaveNoTrouble() {
    Pod starts =
        server(
            """
            containerStatuses:
              - {name: bothy, ready: false, state: {waiting: {reason: ContainerCreating}}}
            """);
    Pod goes =
        server(
            """
            containerStatuses:
              - {name: bothy, ready: false, state: {waiting: {reason: CrashLoopBackOff}}}
            """);
    goes.getMetadata().setDeletionTimestamp("2026-11-22T00:00:00Z");
    assertThat(PodTroubles.of(List.of(starts, goes))).isEmpty();
    assertThat(PodTroubles.unready(List.of(starts, goes))).isEmpty();
  }

  private static Pod server(String status) {
    return Serialization.unmarshal(
        """
        apiVersion: v1
        kind: Pod
        metadata:
          name: bothy-abc
          labels: {app.kubernetes.io/component: server}
        status:
        """
            + status.indent(2),
        Pod.class);
  }
}
