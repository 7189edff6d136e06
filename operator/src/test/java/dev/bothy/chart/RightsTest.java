package dev.bothy.chart;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What the chart's ServiceAccounts may do.
class RightsTest {
  /// Rights that come from Kubernetes itself and give no access to Secrets.
  private static final Set<String> BUILT_IN = Set.of("system:auth-delegator");

  static List<Path> examples() {
    return Chart.examples();
  }

  @ParameterizedTest
  @MethodSource("examples")
  void noRuleHasAWildcard(Path example) {
    for (Manifest role : of(example, "Role", "ClusterRole")) {
      for (JsonNode rule : role.at("/rules")) {
        assertThat(rule.toString()).as("%s", role).doesNotContain("\"*\"");
        assertThat(texts(rule.path("verbs"))).as("%s", role).doesNotContain("deletecollection");
      }
    }
  }

  @ParameterizedTest
  @MethodSource("examples")
  void aClusterRoleTouchesTheDefinitionsOfBothyAndNothingElse(Path example) {
    for (Manifest role : of(example, "ClusterRole")) {
      assertThat(role.at("/rules")).hasSize(1);
      JsonNode rule = role.at("/rules/0");
      assertThat(texts(rule.path("resources"))).containsExactly("customresourcedefinitions");
      assertThat(texts(rule.path("resourceNames")))
          .isNotEmpty()
          .allMatch(name -> name.endsWith(".bothy.dev"));
      assertThat(role.isHook()).as("it goes when the upgrade is done").isTrue();
    }
    for (Manifest binding : of(example, "ClusterRoleBinding")) {
      String role = binding.at("/roleRef/name").asText();
      assertThat(
              BUILT_IN.contains(role)
                  || of(example, "ClusterRole").stream().anyMatch(each -> each.name().equals(role)))
          .as("%s", role)
          .isTrue();
    }
  }

  @ParameterizedTest
  @MethodSource("examples")
  void secretsAreReadByNameOnly(Path example) {
    for (Manifest role : of(example, "Role", "ClusterRole")) {
      for (JsonNode rule : role.at("/rules")) {
        if (!texts(rule.path("resources")).contains("secrets")) {
          continue;
        }
        assertThat(role.kind()).isEqualTo("Role");
        assertThat(texts(rule.path("verbs"))).isSubsetOf("get", "create");
        if (texts(rule.path("verbs")).contains("get")) {
          assertThat(texts(rule.path("resourceNames"))).isNotEmpty();
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("examples")
  void theOperatorMayReadEverySecretThatTheResourceNames(Path example) {
    Manifest bothy = of(example, "Bothy").getFirst();
    List<String> named =
        Stream.of(
                "/spec/database/appPassword/name",
                "/spec/database/migratePassword/name",
                "/spec/database/backupPassword/name",
                "/spec/signOn/provisioning/clientSecret/name",
                "/spec/mail/password/name",
                "/spec/storage/accessKey/name",
                "/spec/storage/secretKey/name",
                "/spec/signOn/clientSecret/name",
                "/spec/keys/localKey/name",
                "/spec/trial/secretName")
            .map(bothy::at)
            .filter(JsonNode::isTextual)
            .map(JsonNode::asText)
            .distinct()
            .sorted()
            .toList();
    List<String> readable =
        StreamSupport.stream(of(example, "Role").getFirst().at("/rules").spliterator(), false)
            .filter(rule -> texts(rule.path("resources")).contains("secrets"))
            .filter(rule -> texts(rule.path("verbs")).contains("get"))
            .flatMap(rule -> texts(rule.path("resourceNames")).stream())
            .toList();
    assertThat(readable).isEqualTo(named);
  }

  @ParameterizedTest
  @MethodSource("examples")
  void noSecretIsRendered(Path example) {
    assertThat(of(example, "Secret")).isEmpty();
  }

  @Test
  void withoutTheHookNothingOfTheClusterIsTouchedInProduction() {
    List<Manifest> manifests =
        Chart.manifests(
            Chart.EXAMPLES.resolve("own-services.yaml"), Map.of("crds.upgrade", "false"));
    assertThat(manifests).noneMatch(each -> each.kind().startsWith("Cluster"));
    assertThat(manifests).allMatch(each -> each.namespace().equals(Chart.NAMESPACE));
  }

  private static List<Manifest> of(Path example, String... kinds) {
    return Chart.manifests(example).stream()
        .filter(each -> List.of(kinds).contains(each.kind()))
        .toList();
  }

  private static List<String> texts(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false).map(JsonNode::asText).toList();
  }
}
