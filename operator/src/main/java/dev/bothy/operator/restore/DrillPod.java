package dev.bothy.operator.restore;

import dev.bothy.operator.api.BothySpec;
import dev.bothy.operator.api.RestoreDrillSpec;
import dev.bothy.operator.jobs.ServerPod;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodSpecBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import io.fabric8.kubernetes.api.model.ResourceRequirementsBuilder;
import io.fabric8.kubernetes.api.model.SecurityContext;
import io.fabric8.kubernetes.api.model.SecurityContextBuilder;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeBuilder;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.VolumeMountBuilder;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The pod of a drill: the server's container beside a PostgreSQL that nobody else reaches and
/// whose data go with the pod. It is a native sidecar: it is up before the server's container
/// begins, and ends after it, so the Job ends as the drill does.
final class DrillPod {
  static final String DATABASE = "postgresql";

  /// What the server reads as settings, each file one.
  static final String SETTINGS = "/etc/bothy-drill/";

  private static final String NAMES = "names";
  private static final String PASSWORD = "drill-settings";
  private static final String DATA = "database";

  /// A name for the user, whatever number the cluster gave it, as initdb wants; and a password that
  /// lives as long as the pod, in which two images with users of their own read it.
  private static final String PREPARE =
      """
      echo "postgres:x:$(id -u):$(id -g):PostgreSQL:/tmp:/bin/sh" > /names/passwd
      od -An -N24 -tx1 /dev/urandom | tr -d ' \\n' > /settings/bothy.drill.database-password
      """;

  /// Nothing that it holds is worth a flush to the disk.
  private static final String SERVE =
      """
      export PGDATA=/var/lib/bothy/data
      if [ ! -e /var/lib/bothy/initialized ]; then
        rm -rf "$PGDATA"
        initdb --username=postgres --pwfile=/settings/bothy.drill.database-password --encoding=UTF8 \\
          --locale-provider=builtin --locale=C.UTF-8 --auth-local=scram-sha-256 \\
          --auth-host=scram-sha-256 --no-sync
        echo yes > /var/lib/bothy/initialized
      fi
      exec postgres -c listen_addresses=localhost -c unix_socket_directories=/tmp \\
        -c fsync=off -c full_page_writes=off -c synchronous_commit=off -c wal_level=minimal \\
        -c max_wal_senders=0
      """;

  /// It writes there that it takes connections; its image need not have a client.
  private static final String READY =
      """
      while read -r line; do
        case $line in ready*) exit 0 ;; esac
      done < /var/lib/bothy/data/postmaster.pid
      exit 1
      """;

  private static final int PROBE_SECONDS = 1;
  private static final int PROBES = 300;

  private final BothySpec bothy;
  private final RestoreDrillSpec spec;

  DrillPod(BothySpec bothy, RestoreDrillSpec spec) {
    this.bothy = bothy;
    this.spec = spec;
  }

  /// @param server as any Job of the server's image has it
  PodSpec around(PodSpec server) {
    PodSpecBuilder pod =
        new PodSpecBuilder(server)
            .withServiceAccountName(
                Objects.requireNonNullElse(spec.serviceAccountName(), "bothy-drill"))
            .withTerminationGracePeriodSeconds(10L)
            .addToVolumes(
                emptyDir(NAMES, "1Mi", null),
                emptyDir(PASSWORD, "1Mi", "Memory"),
                emptyDir("database-tmp", "64Mi", null),
                emptyDir("database-shm", "128Mi", "Memory"),
                emptyDir(DATA, spec.postgresSize(), null))
            .addToInitContainers(prepare(), database())
            .editMatchingContainer(each -> ServerPod.CONTAINER.equals(each.getName()))
            .withResources(
                Objects.requireNonNullElseGet(
                    spec.resources(), () -> resources("200m", "512Mi", "1Gi")))
            .addToVolumeMounts(mount(PASSWORD, SETTINGS, true))
            .endContainer();
    RestoreDrillSpec.RunAs user = spec.runAs();
    if (user != null) {
      pod.editSecurityContext()
          .withRunAsUser(user.user())
          .withRunAsGroup(user.group())
          .endSecurityContext();
    }
    return pod.build();
  }

  private Container prepare() {
    return container("prepare", PREPARE)
        .withResources(resources("10m", "16Mi", "64Mi"))
        .withVolumeMounts(mount(NAMES, "/names", false), mount(PASSWORD, "/settings", false))
        .build();
  }

  private Container database() {
    return container(DATABASE, SERVE)
        .withRestartPolicy("Always")
        .withResources(
            Objects.requireNonNullElseGet(
                spec.postgresResources(), () -> resources("200m", "256Mi", "512Mi")))
        .withNewStartupProbe()
        .withNewExec()
        .withCommand("sh", "-c", READY)
        .endExec()
        .withPeriodSeconds(PROBE_SECONDS)
        .withTimeoutSeconds(5)
        .withFailureThreshold(PROBES)
        .endStartupProbe()
        .withVolumeMounts(
            mount(DATA, "/var/lib/bothy", false),
            new VolumeMountBuilder()
                .withName(NAMES)
                .withMountPath("/etc/passwd")
                .withSubPath("passwd")
                .withReadOnly(true)
                .build(),
            mount(PASSWORD, "/settings", true),
            mount("database-tmp", "/tmp", false),
            mount("database-shm", "/dev/shm", false))
        .build();
  }

  private ContainerBuilder container(String name, String script) {
    return new ContainerBuilder()
        .withName(name)
        .withImage(spec.postgresImage())
        .withImagePullPolicy(
            bothy.imagePullPolicy() == null ? null : bothy.imagePullPolicy().name())
        .withCommand("sh", "-ec")
        .withArgs(script)
        .withSecurityContext(restricted());
  }

  private static SecurityContext restricted() {
    return new SecurityContextBuilder()
        .withAllowPrivilegeEscalation(false)
        .withReadOnlyRootFilesystem(true)
        .withNewCapabilities()
        .withDrop("ALL")
        .endCapabilities()
        .build();
  }

  private static ResourceRequirements resources(String cpu, String memory, String limit) {
    return new ResourceRequirementsBuilder()
        .withRequests(Map.of("cpu", new Quantity(cpu), "memory", new Quantity(memory)))
        .withLimits(Map.of("memory", new Quantity(limit)))
        .build();
  }

  private static Volume emptyDir(String name, @Nullable String size, @Nullable String medium) {
    return new VolumeBuilder()
        .withName(name)
        .withNewEmptyDir()
        .withMedium(medium)
        .withSizeLimit(size == null ? null : new Quantity(size))
        .endEmptyDir()
        .build();
  }

  private static VolumeMount mount(String name, String path, boolean readOnly) {
    return new VolumeMountBuilder()
        .withName(name)
        .withMountPath(path)
        .withReadOnly(readOnly ? true : null)
        .build();
  }
}
