package dev.bothy.operator.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import org.jspecify.annotations.Nullable;

/// When a drill runs, on what, and with how much.
@JsonInclude(JsonInclude.Include.NON_NULL)
public record RestoreDrillSpec(
    @JsonPropertyDescription("When it runs: minute, hour, day of month, month, day of week.")
        @Default("0 4 * * 0")
        @Size(min = 9, max = 100)
        @Nullable String schedule,
    @JsonPropertyDescription("The time zone of the schedule, e.g. Europe/Berlin.")
        @Default("UTC")
        @Size(min = 1, max = 64)
        @Nullable String timeZone,
    @JsonPropertyDescription("true: no run begins; one that runs comes to its end.")
        @Nullable Boolean suspend,
    @JsonPropertyDescription("true: it runs once as soon as it is made, before its first time.")
        @Nullable Boolean immediate,
    @JsonPropertyDescription("The backup's id, or newest.")
        @Default("newest")
        @Pattern("^(newest|[0-9]{8}t[0-9]{6}z-[0-9a-f]{6})$")
        @Nullable String backup,
    @JsonPropertyDescription("The image of the PostgreSQL that is thrown away afterwards.")
        @Required
        @Size(min = 1, max = 500)
        String postgresImage,
    @JsonPropertyDescription(
            "The role of the Kubernetes sign-in at Vault. It may decrypt, and nothing else.")
        @Default("bothy-drill")
        @Pattern("^[A-Za-z0-9._-]+$")
        @Nullable String vaultRole,
    @JsonPropertyDescription("What the drill runs as.") @Default("bothy-drill")
        @Nullable String serviceAccountName,
    @JsonPropertyDescription("Requests and limits of the server that is tried.")
        @Nullable ResourceRequirements resources,
    @JsonPropertyDescription("Requests and limits of its PostgreSQL.")
        @Nullable ResourceRequirements postgresResources,
    @JsonPropertyDescription("How much its PostgreSQL may store, e.g. 20Gi; no bound if left out.")
        @Pattern("^[0-9]+(Mi|Gi|Ti)$")
        @Nullable String postgresSize,
    @JsonPropertyDescription(
            "runAsUser and runAsGroup of the pod, for a PostgreSQL image that names no numeric"
                + " user and a cluster that chooses none.")
        @Nullable RunAs runAs) {

  /// A user of the pod.
  public record RunAs(
      @io.fabric8.generator.annotation.Min(1) @Nullable Long user,
      @io.fabric8.generator.annotation.Min(1) @Nullable Long group) {}

  public boolean rests() {
    return suspend != null && suspend;
  }

  public boolean beginsAtOnce() {
    return immediate != null && immediate;
  }
}
