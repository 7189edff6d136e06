package dev.bothy.chart;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bothy.chart.Manifest.Pod;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class NetworkPoliciesTest {
  /// Components whose pods the operator makes.
  private static final List<String> OPERATORS = List.of("server", "preflight", "migrate");

  private static final String COMPONENT = "app.kubernetes.io/component";

  static List<Path> examples() {
    return Chart.examples();
  }

  @ParameterizedTest
  @MethodSource("examples")
  void everyPolicySelectsPodsThatExist(Path example) {
    for (Manifest policy : policies(example)) {
      assertThat(pods(example)).as("%s", policy).anyMatch(pod -> selects(policy, pod));
    }
  }

  @ParameterizedTest
  @MethodSource("examples")
  void everyPodHasOnePolicyOfItsOwnBesidesTheOneThatDeniesEverything(Path example) {
    for (Map<String, String> pod : pods(example)) {
      assertThat(
              policies(example).stream().filter(policy -> selects(policy, pod)).map(Manifest::name))
          .as("%s", pod.get(COMPONENT))
          .hasSize(2)
          .contains("bothy-default-deny");
    }
  }

  @ParameterizedTest
  @MethodSource("examples")
  void everyPeerOfThisNamespaceIsAPodThatExists(Path example) {
    List<String> components = pods(example).stream().map(pod -> pod.get(COMPONENT)).toList();
    for (Manifest policy : policies(example)) {
      for (String peer : componentsOfPeers(policy)) {
        assertThat(components).as("%s", policy).contains(peer);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("examples")
  void everyPolicyDeniesBothWaysWhatItDoesNotName(Path example) {
    for (Manifest policy : policies(example)) {
      assertThat(policy.at("/spec/policyTypes").toString())
          .as("%s", policy)
          .isEqualTo("[\"Ingress\",\"Egress\"]");
    }
  }

  @Test
  void theServerCallsPublicAddressesOnPort443Only() {
    JsonNode egress = policy("own-services.yaml", "bothy-server", Map.of()).at("/spec/egress");
    List<JsonNode> open = rules(egress, "0.0.0.0/0");
    assertThat(open).hasSize(1);
    assertThat(open.getFirst().path("ports").findValuesAsText("port")).containsExactly("443");
    assertThat(open.getFirst().findValue("except").toString())
        .contains("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "169.254.0.0/16", "127.0.0.0/8");
  }

  @Test
  void withAProxyNothingPublicIsCalledPastIt() {
    JsonNode egress = policy("own-services-full.yaml", "bothy-server", Map.of()).at("/spec/egress");
    assertThat(rules(egress, "0.0.0.0/0")).isEmpty();
    assertThat(ports(rules(egress, "10.20.4.1/32"))).containsExactly("3128");
  }

  @Test
  void theServicesOfOnesOwnAreCalledOnTheirPortsInTheirRanges() {
    JsonNode egress = policy("own-services-full.yaml", "bothy-server", Map.of()).at("/spec/egress");
    assertThat(ports(rules(egress, "10.20.1.0/24"))).containsExactly("5433");
    assertThat(ports(rules(egress, "10.20.2.0/24"))).containsExactly("443", "8443");
    assertThat(ports(rules(egress, "10.20.3.0/24"))).containsExactly("8200");
    assertThat(ports(rules(egress, "10.20.0.0/16")))
        .containsExactly("8443", "443", "8200", "9000", "2587");
    assertThat(ports(rules(egress, "10.20.5.0/28"))).containsExactly("2587");
    assertThat(ports(rules(egress, "10.30.4.0/24"))).containsExactly("8443");
  }

  @Test
  void theJobsMayCallWhatTheServerMay() {
    JsonNode server = policy("own-services-full.yaml", "bothy-server", Map.of()).at("/spec/egress");
    JsonNode jobs = policy("own-services-full.yaml", "bothy-jobs", Map.of()).at("/spec/egress");
    assertThat(stream(jobs)).containsAll(stream(server).toList());
  }

  @Test
  void aBackupCallsTheDatabaseVaultAndTheStoreAlone() {
    JsonNode egress = policy("own-services-full.yaml", "bothy-backup", Map.of()).at("/spec/egress");
    assertThat(ports(rules(egress, "10.20.1.0/24"))).containsExactly("5433");
    assertThat(ports(rules(egress, "10.20.3.0/24"))).containsExactly("8200");
    assertThat(ports(rules(egress, "10.20.6.0/28"))).containsExactly("9000");
    // The proxy, through which a store of the public may be called.
    assertThat(ports(rules(egress, "10.20.4.1/32"))).containsExactly("3128");
    // DNS.
    assertThat(egress).hasSize(5);
    JsonNode onVolume =
        policy("backups-on-a-volume.yaml", "bothy-backup", Map.of()).at("/spec/egress");
    assertThat(ports(stream(onVolume).toList()))
        .containsExactly("53", "53", "5353", "5353", "5432");
  }

  @Test
  void aDrillCallsVaultAndTheStoreAlone() {
    Manifest policy = policy("own-services-full.yaml", "bothy-drill", Map.of());
    JsonNode egress = policy.at("/spec/egress");
    assertThat(policy.at("/spec/ingress").isMissingNode()).isTrue();
    assertThat(ports(rules(egress, "10.20.3.0/24"))).containsExactly("8200");
    assertThat(ports(rules(egress, "10.20.6.0/28"))).containsExactly("9000");
    assertThat(rules(egress, "10.20.1.0/24")).as("the database").isEmpty();
    assertThat(rules(egress, "10.20.2.0/24")).as("Keycloak").isEmpty();
  }

  @Test
  void theManagementPortIsForWhoeverMonitorsAlone() {
    JsonNode ingress =
        policy("own-services-full.yaml", "bothy-server", Map.of()).at("/spec/ingress");
    List<JsonNode> management =
        stream(ingress)
            .filter(rule -> rule.path("ports").findValuesAsText("port").contains("8081"))
            .toList();
    assertThat(management).hasSize(1);
    assertThat(management.getFirst().path("from").toString())
        .startsWith(
            "[{\"namespaceSelector\":{\"matchLabels\":{\"kubernetes.io/metadata.name\":\"monitoring\"}}},")
        .contains("\"app.kubernetes.io/component\":\"operator\"");
  }

  @Test
  void theyCanBeSwitchedOff() {
    assertThat(
            Chart.manifests(
                Chart.EXAMPLES.resolve("trial.yaml"), Map.of("networkPolicy.enabled", "false")))
        .noneMatch(each -> each.kind().equals("NetworkPolicy"));
  }

  private static Manifest policy(String example, String name, Map<String, Object> more) {
    return Chart.manifests(Chart.EXAMPLES.resolve(example), more).stream()
        .filter(each -> each.kind().equals("NetworkPolicy") && each.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private static List<Manifest> policies(Path example) {
    return Chart.manifests(example).stream()
        .filter(each -> each.kind().equals("NetworkPolicy"))
        .toList();
  }

  private static List<JsonNode> rules(JsonNode egress, String range) {
    return stream(egress)
        .filter(rule -> rule.path("to").findValuesAsText("cidr").contains(range))
        .toList();
  }

  private static List<String> ports(List<JsonNode> rules) {
    return rules.stream()
        .flatMap(rule -> rule.path("ports").findValuesAsText("port").stream())
        .toList();
  }

  private static Stream<JsonNode> stream(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false);
  }

  private static List<String> componentsOfPeers(Manifest policy) {
    List<String> components = new ArrayList<>();
    for (String way : List.of("/spec/ingress", "/spec/egress")) {
      for (JsonNode selector : policy.at(way).findValues("podSelector")) {
        components.add(selector.path("matchLabels").path(COMPONENT).asText());
      }
    }
    return components;
  }

  /// Labels of the chart's pods and of the operator's.
  private static List<Map<String, String>> pods(Path example) {
    List<Map<String, String>> pods = new ArrayList<>();
    List<Manifest> manifests = Chart.manifests(example);
    manifests.stream().flatMap(each -> each.pod().stream()).map(Pod::labels).forEach(pods::add);
    for (String component : OPERATORS) {
      Map<String, String> labels = new TreeMap<>(pods.getFirst());
      labels.put(COMPONENT, component);
      pods.add(labels);
    }
    boolean trial = Chart.parseFile(example).at("/trial/enabled").asBoolean();
    if (trial || Chart.parseFile(example).at("/storage/kind").isTextual()) {
      Map<String, String> labels = new TreeMap<>(pods.getFirst());
      labels.put(COMPONENT, "backup");
      pods.add(labels);
      Map<String, String> restore = new TreeMap<>(pods.getFirst());
      restore.put(COMPONENT, "restore");
      pods.add(restore);
      if (manifests.stream().anyMatch(each -> each.kind().equals("RestoreDrill"))) {
        Map<String, String> drill = new TreeMap<>(pods.getFirst());
        drill.put(COMPONENT, "drill");
        pods.add(drill);
      }
    }
    if (trial) {
      for (String component : List.of("prepare-database", "realm")) {
        Map<String, String> labels = new TreeMap<>(pods.getFirst());
        labels.put(COMPONENT, component);
        pods.add(labels);
      }
    }
    return pods;
  }

  private static boolean selects(Manifest policy, Map<String, String> pod) {
    JsonNode selector = policy.at("/spec/podSelector");
    boolean labels =
        selector
            .path("matchLabels")
            .propertyStream()
            .allMatch(label -> label.getValue().asText().equals(pod.get(label.getKey())));
    boolean expressions =
        stream(selector.path("matchExpressions"))
            .allMatch(each ->
                stream(each.path("values"))
                    .map(JsonNode::asText)
                    .toList()
                    .contains(String.valueOf(pod.get(each.path("key").asText()))));
    return labels && expressions;
  }
}
