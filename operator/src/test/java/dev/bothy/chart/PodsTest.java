package dev.bothy.chart;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bothy.chart.Manifest.Container;
import dev.bothy.chart.Manifest.Pod;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Every pod that the chart makes, hooks included, in every example.
class PodsTest {
  /// Volumes that Pod Security "restricted" lets through.
  private static final Set<String> VOLUMES =
      Set.of(
          "configMap",
          "csi",
          "downwardAPI",
          "emptyDir",
          "ephemeral",
          "persistentVolumeClaim",
          "projected",
          "secret");

  static List<Path> examples() {
    return Chart.examples();
  }

  @ParameterizedTest
  @MethodSource("examples")
  void podSecurityRestrictedLetsEveryPodIn(Path example) {
    for (Pod pod : pods(example)) {
      JsonNode spec = pod.spec();
      assertThat(spec.at("/securityContext/runAsNonRoot").asBoolean())
          .as("%s", pod.owner())
          .isTrue();
      assertThat(spec.at("/securityContext/seccompProfile/type").asText())
          .as("%s", pod.owner())
          .isEqualTo("RuntimeDefault");
      for (String host : List.of("hostNetwork", "hostPID", "hostIPC")) {
        assertThat(spec.path(host).asBoolean()).as("%s of %s", host, pod.owner()).isFalse();
      }
      for (JsonNode volume : spec.path("volumes")) {
        assertThat(names(volume))
            .as("volumes of %s", pod.owner())
            .isSubsetOf(with(VOLUMES, "name"));
      }
      for (Container container : pod.containers()) {
        JsonNode security = container.content().path("securityContext");
        assertThat(security.path("allowPrivilegeEscalation").asBoolean(true))
            .as("%s", container)
            .isFalse();
        assertThat(security.at("/capabilities/drop").toString())
            .as("%s", container)
            .isEqualTo("[\"ALL\"]");
        assertThat(security.at("/capabilities/add").isMissingNode()).as("%s", container).isTrue();
        assertThat(security.path("privileged").asBoolean()).as("%s", container).isFalse();
        assertThat(container.content().path("ports").findValues("hostPort"))
            .as("%s", container)
            .isEmpty();
      }
    }
  }

  @ParameterizedTest
  @MethodSource("examples")
  void noContainerWritesToItsRootOrAsksForAUser(Path example) {
    for (Pod pod : pods(example)) {
      assertThat(names(pod.spec().path("securityContext")))
          .as("%s", pod.owner())
          .contains("runAsNonRoot", "seccompProfile")
          .isSubsetOf("runAsNonRoot", "seccompProfile", "fsGroup");
      for (Container container : pod.containers()) {
        assertThat(names(container.content().path("securityContext")))
            .as("%s", container)
            .containsExactlyInAnyOrder(
                "allowPrivilegeEscalation", "capabilities", "readOnlyRootFilesystem");
        assertThat(container.content().at("/securityContext/readOnlyRootFilesystem").asBoolean())
            .as("%s", container)
            .isTrue();
      }
    }
  }

  @ParameterizedTest
  @MethodSource("examples")
  void everyContainerSaysWhatItNeeds(Path example) {
    for (Pod pod : pods(example)) {
      for (Container container : pod.containers()) {
        JsonNode resources = container.content().path("resources");
        assertThat(names(resources.path("requests"))).as("%s", container).contains("cpu", "memory");
        assertThat(names(resources.path("limits"))).as("%s", container).contains("memory");
      }
    }
  }

  @ParameterizedTest
  @MethodSource("examples")
  void everyImageComesFromTheRegistryThatWasNamedWithItsSecrets(Path example) {
    JsonNode values = Chart.parseFile(example).path("image");
    String registry = values.path("registry").asText();
    List<String> secrets =
        StreamSupport.stream(values.path("pullSecrets").spliterator(), false)
            .map(JsonNode::asText)
            .toList();
    List<Manifest> manifests = Chart.manifests(example);
    for (Pod pod : manifests.stream().flatMap(each -> each.pod().stream()).toList()) {
      assertThat(pod.spec().path("imagePullSecrets").findValuesAsText("name"))
          .as("%s", pod.owner())
          .isEqualTo(secrets);
      for (Container container : pod.containers()) {
        assertThat(container.content().path("image").asText())
            .as("%s", container)
            .startsWith(registry + "/bothy-");
      }
    }
    Manifest bothy =
        manifests.stream().filter(each -> each.kind().equals("Bothy")).findFirst().orElseThrow();
    assertThat(bothy.at("/spec/image").asText()).startsWith(registry + "/bothy-server");
    assertThat(
            StreamSupport.stream(bothy.at("/spec/imagePullSecrets").spliterator(), false)
                .map(JsonNode::asText))
        .isEqualTo(secrets);
  }

  @ParameterizedTest
  @MethodSource("examples")
  void onlyWhoSpeaksToKubernetesHasAToken(Path example) {
    for (Pod pod : pods(example)) {
      boolean speaks =
          Set.of("operator", "crds", "openbao")
              .contains(pod.labels().get("app.kubernetes.io/component"));
      assertThat(pod.spec().path("automountServiceAccountToken").asBoolean(true))
          .as("%s", pod.owner())
          .isEqualTo(speaks);
    }
  }

  @Test
  void theTestHasWhatWrapsTheKeysAsTheServersHave() {
    assertThat(volumes("own-services.yaml")).contains("keys").doesNotContain("vault");
    assertThat(volumes("trial.yaml")).contains("vault").doesNotContain("keys");
    assertThat(
            test("own-services-full.yaml")
                .spec()
                .path("volumes")
                .findValue("serviceAccountToken")
                .toString())
        .isEqualTo("{\"path\":\"token\",\"expirationSeconds\":3600,\"audience\":\"vault\"}");
  }

  private static List<String> volumes(String example) {
    return StreamSupport.stream(test(example).spec().path("volumes").spliterator(), false)
        .map(volume -> volume.path("name").asText())
        .toList();
  }

  private static Pod test(String example) {
    return pods(Chart.EXAMPLES.resolve(example)).stream()
        .filter(pod -> "test".equals(pod.labels().get("app.kubernetes.io/component")))
        .findFirst()
        .orElseThrow();
  }

  private static List<Pod> pods(Path example) {
    List<Pod> pods =
        Chart.manifests(example).stream().flatMap(each -> each.pod().stream()).toList();
    assertThat(pods).hasSizeGreaterThanOrEqualTo(2);
    return pods;
  }

  private static List<String> names(JsonNode object) {
    return object.propertyStream().map(Map.Entry::getKey).toList();
  }

  private static List<String> with(Set<String> names, String another) {
    return Stream.concat(names.stream(), Stream.of(another)).toList();
  }
}
