package dev.bothy.chart;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.marcnuri.helm.Helm;
import com.marcnuri.helm.LintResult;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RenderingTest {
  private static final Pattern UNSTABLE =
      Pattern.compile(
          "\\b(lookup|rand[A-Z]\\w*|uuidv4|now|gen(CA|PrivateKey|SelfSigned\\w*|SignedCert\\w*)|htpasswd|bcrypt|getHostByName|env|expandenv)\\b\\s+[\"(.$]");

  static List<Path> examples() {
    return Chart.examples();
  }

  @ParameterizedTest
  @MethodSource("examples")
  void twoRendersAreTheSameBytes(Path example) {
    assertThat(Chart.text(example, Map.of())).isEqualTo(Chart.text(example, Map.of()));
  }

  @Test
  void noTemplateLooksIntoTheClusterOrRollsDice() throws IOException {
    try (Stream<Path> files = Files.walk(Chart.FOLDER.resolve("templates"))) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        assertThat(UNSTABLE.matcher(Chart.read(file)).results().map(found -> found.group()))
            .as("%s", file)
            .isEmpty();
      }
    }
  }

  @Test
  void lintFindsNothing() {
    LintResult result = new Helm(Chart.FOLDER).lint().quiet().call();
    assertThat(result.isFailed()).as("%s", result.getMessages()).isFalse();
  }

  @ParameterizedTest
  @MethodSource("examples")
  void everyObjectIsOfThisNamespaceAndSaysWhatItBelongsTo(Path example) {
    for (Manifest manifest : Chart.manifests(example)) {
      if (!manifest.kind().startsWith("Cluster")) {
        assertThat(manifest.namespace()).as("%s", manifest).isEqualTo(Chart.NAMESPACE);
      }
      JsonNode labels = manifest.at("/metadata/labels");
      assertThat(labels.path("app.kubernetes.io/name").asText())
          .as("%s", manifest)
          .isEqualTo("bothy");
      assertThat(labels.path("app.kubernetes.io/instance").asText())
          .as("%s", manifest)
          .isEqualTo("bothy");
      assertThat(labels.path("app.kubernetes.io/component").asText())
          .as("%s", manifest)
          .isNotEmpty();
    }
  }

  @ParameterizedTest
  @MethodSource("examples")
  void noTwoObjectsHaveOneName(Path example) {
    assertThat(Chart.manifests(example).stream().map(Manifest::toString)).doesNotHaveDuplicates();
  }

  @Test
  void everythingOfATrialSaysThatItIsNotForProduction() {
    for (Manifest manifest : Chart.manifests(Chart.EXAMPLES.resolve("trial.yaml"))) {
      if (manifest.name().startsWith("bothy-trial") && !manifest.kind().equals("NetworkPolicy")) {
        assertThat(manifest.at("/metadata/annotations").has("bothy.dev/not-for-production"))
            .as("%s", manifest)
            .isTrue();
      }
      if (manifest.kind().equals("Bothy")) {
        assertThat(manifest.at("/spec/mode").asText()).isEqualTo("Trial");
        assertThat(manifest.at("/metadata/annotations").has("bothy.dev/not-for-production"))
            .isTrue();
      }
    }
  }

  @Test
  void aTrialAsksForFiveValues() {
    assertThat(leaves(Chart.parseFile(Chart.EXAMPLES.resolve("trial.yaml")))).isEqualTo(5);
  }

  @Test
  void anIngressLeadsToThePublicPortAlone() {
    for (Path example : Chart.examples()) {
      for (Manifest manifest : Chart.manifests(example, Map.of("ingress.enabled", "true"))) {
        if (manifest.kind().equals("Ingress")) {
          assertThat(manifest.content().findValues("port").toString())
              .isEqualTo("[{\"name\":\"http\"}]");
        }
      }
    }
  }

  @Test
  void aTrialsIngressLimitsTheSignInFormByAddressAndNothingElse() {
    List<Manifest> ingresses =
        Chart.manifests(Chart.EXAMPLES.resolve("trial.yaml"), Map.of("ingress.enabled", "true"))
            .stream()
            .filter(each -> each.kind().equals("Ingress"))
            .toList();
    assertThat(ingresses).hasSize(3);
    for (Manifest ingress : ingresses) {
      String path = ingress.at("/spec/rules/0/http/paths/0/path").asText();
      boolean limits =
          ingress.at("/metadata/annotations").has("nginx.ingress.kubernetes.io/limit-rpm");
      assertThat(limits).isEqualTo(path.equals("/realms/bothy/login-actions"));
    }
  }

  @Test
  void underAnAutoscalerNobodyElseSetsReplicas() {
    List<Manifest> manifests = Chart.manifests(Chart.EXAMPLES.resolve("autoscaler.yaml"));
    Manifest bothy =
        manifests.stream().filter(each -> each.kind().equals("Bothy")).findFirst().orElseThrow();
    assertThat(bothy.at("/spec").has("replicas")).isFalse();
    assertThat(manifests)
        .filteredOn(each -> each.kind().equals("HorizontalPodAutoscaler"))
        .singleElement()
        .satisfies(each ->
            assertThat(each.at("/spec/scaleTargetRef").toString())
                .isEqualTo(
                    "{\"apiVersion\":\"apps/v1\",\"kind\":\"Deployment\",\"name\":\"bothy\"}"));
  }

  @Test
  void theChartsVersionIsTheBuilds() {
    JsonNode chart = Chart.parseFile(Chart.FOLDER.resolve("Chart.yaml"));
    String pom = Chart.read(Path.of("../pom.xml"));
    assertThat(pom).contains("<version>" + chart.path("version").asText() + "</version>");
    assertThat(chart.path("appVersion").asText()).isEqualTo(chart.path("version").asText());
  }

  @Test
  void theTrialsVersionsAreThoseThatTestsRunWith() {
    String pom = Chart.read(Path.of("../pom.xml"));
    JsonNode trial = Chart.parseFile(Chart.FOLDER.resolve("values.yaml")).path("trial");
    assertThat(pom)
        .contains(
            "<keycloak.version>" + trial.at("/keycloak/image/tag").asText() + "</keycloak.version>")
        .contains(
            "<postgresql-binaries.version>"
                + trial.at("/postgresql/image/tag").asText()
                + ".0</postgresql-binaries.version>");
  }

  @Test
  void everyFileIsTextWithOneLineEndAtItsEnd() throws IOException {
    try (Stream<Path> files = Files.walk(Chart.FOLDER)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        String text = Files.readString(file, StandardCharsets.UTF_8);
        assertThat(text).as("%s", file).endsWith("\n").doesNotContain("\r");
      }
    }
  }

  private static int leaves(JsonNode node) {
    return node.isObject()
        ? node.propertyStream().mapToInt(each -> leaves(each.getValue())).sum()
        : 1;
  }
}
