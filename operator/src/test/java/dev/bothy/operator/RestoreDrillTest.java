package dev.bothy.operator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bothy.operator.api.Backup;
import dev.bothy.operator.api.RestoreDrill;
import dev.bothy.operator.api.RestoreDrillStatus;
import dev.bothy.operator.testkit.ApiServer;
import dev.bothy.operator.testkit.Eventually;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Drills, against an API server.
@Tag("real")
class RestoreDrillTest {
  private static final String ID = "20261127t021500z-3f9a1c";

  private Cluster cluster;

  @BeforeEach
  void start() throws IOException {
    cluster = new Cluster(ApiServer.shared());
  }

  @AfterEach
  void end() throws IOException {
    if (cluster != null) {
      cluster.close();
    }
  }

  @Test
  void aGoodDrillIsSaidOfItsBackupAndKeptThroughAnotherOperator() throws IOException {
    cluster.install(Examples.withStorage());
    cluster
        .client
        .load(yaml("kind: Backup\nmetadata: {name: b}\nspec: {}"))
        .inNamespace(cluster.namespace)
        .create();
    cluster.end(
        cluster.job("backup"),
        true,
        "{\"outcome\":\"Succeeded\",\"message\":\"\",\"backup\":{\"id\":\"%s\"}}".formatted(ID));
    create();
    Job job = cluster.job("drill");
    cluster.end(job, false, "");
    cluster.clock.pass(Duration.ofMinutes(6));
    Job again = cluster.job("drill");
    assertThat(again.getMetadata().getName()).endsWith("-2");
    cluster.replaceOperator(() -> cluster.end(again, true, report("Succeeded", "", "PASS")));
    Eventually.holds(() -> {
      assertThat(proven().getStatus()).isEqualTo("True");
      assertThat(status().lastBackupId()).isEqualTo(ID);
      assertThat(
              cluster
                  .client
                  .resources(Backup.class)
                  .inNamespace(cluster.namespace)
                  .withName("b")
                  .get()
                  .getStatus()
                  .verifiedAt())
          .isEqualTo(status().lastGoodAt());
    });
    assertThat(cluster.metric("bothy_operator_drill_failed")).isZero();
    assertThat(cluster.metric("bothy_operator_drill_last_good_timestamp_seconds"))
        .isEqualTo(cluster.clock.instant().getEpochSecond());
    String version = drill().getMetadata().getResourceVersion();
    cluster.replaceOperator();
    Eventually.holds(cluster::assertReady);
    assertThat(drill().getMetadata().getResourceVersion()).isEqualTo(version);
  }

  @Test
  void aDamagedBackupIsNamedWithItsObject() {
    cluster.install(Examples.withStorage());
    create();
    cluster.end(cluster.job("drill"), false, report("Failed", "DrillFailed", "FAIL"));
    Eventually.holds(() -> {
      assertThat(proven().getStatus()).isEqualTo("False");
      assertThat(proven().getMessage()).contains(ID).contains("data/message/00002 is damaged");
    });
    assertThat(cluster.metric("bothy_operator_drill_failed")).isEqualTo(1);
    assertThat(
            cluster.client.events().v1().events().inNamespace(cluster.namespace).list().getItems())
        .anySatisfy(event -> {
          assertThat(event.getType()).isEqualTo("Warning");
          assertThat(event.getRegarding().getKind()).isEqualTo("RestoreDrill");
        });
  }

  @Test
  void itsPodIsRestrictedAndItsDatabaseGoesWithIt() {
    cluster.install(Examples.withStorage());
    create();
    PodSpec pod = cluster.job("drill").getSpec().getTemplate().getSpec();
    assertThat(pod.getServiceAccountName()).isEqualTo("bothy-drill");
    assertThat(pod.getSecurityContext().getRunAsNonRoot()).isTrue();
    assertThat(pod.getSecurityContext().getRunAsUser()).isNull();
    List<Container> init = pod.getInitContainers();
    assertThat(init).extracting(Container::getName).containsExactly("prepare", "postgresql");
    assertThat(init.getLast().getRestartPolicy()).isEqualTo("Always");
    assertThat(init)
        .allSatisfy(each -> {
          assertThat(each.getSecurityContext().getAllowPrivilegeEscalation()).isFalse();
          assertThat(each.getSecurityContext().getReadOnlyRootFilesystem()).isTrue();
          assertThat(each.getSecurityContext().getCapabilities().getDrop()).containsExactly("ALL");
          assertThat(each.getResources().getLimits()).containsKey("memory");
        });
    Container server = pod.getContainers().getFirst();
    assertThat(server.getArgs())
        .containsExactly(
            "drill",
            "--report=/dev/termination-log",
            "--backup=newest",
            "--bothy.drill.database-url=jdbc:postgresql://localhost:5432/postgres",
            "--spring.config.import=configtree:/etc/bothy-drill/");
    assertThat(pod.getVolumes())
        .filteredOn(volume -> volume.getName().equals("database"))
        .singleElement()
        .satisfies(volume -> assertThat(volume.getEmptyDir()).isNotNull());
    assertThat(Serialization.asYaml(pod))
        .as("no password of the installation's database")
        .doesNotContain("spring.datasource.password")
        .doesNotContain("spring.flyway.password");
  }

  private void create() {
    cluster
        .client
        .load(
            yaml(
                """
                kind: RestoreDrill
                metadata: {name: bothy}
                spec: {immediate: true, postgresImage: registry.example.com/postgres:18}
                """))
        .inNamespace(cluster.namespace)
        .create();
  }

  private static java.io.InputStream yaml(String text) {
    return new java.io.ByteArrayInputStream(
        ("apiVersion: bothy.dev/v1alpha1\n" + text)
            .getBytes(java.nio.charset.StandardCharsets.UTF_8));
  }

  private RestoreDrill drill() {
    return cluster
        .client
        .resources(RestoreDrill.class)
        .inNamespace(cluster.namespace)
        .withName("bothy")
        .get();
  }

  private RestoreDrillStatus status() {
    return Objects.requireNonNull(drill().getStatus(), "no status yet");
  }

  private Condition proven() {
    return status().conditions().getFirst();
  }

  private static String report(String outcome, String reason, String check) {
    return """
    {"outcome":"%s","reason":"%s","message":"","backup":{"id":"%s"},\
    "drill":{"evidence":"e","seconds":93,"checks":[{"name":"Restore","result":"%s",\
    "message":"data/message/00002 is damaged"}]}}\
    """
        .formatted(outcome, reason, ID, check);
  }
}
