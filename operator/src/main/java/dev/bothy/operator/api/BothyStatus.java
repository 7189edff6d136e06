package dev.bothy.operator.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.kubernetes.api.model.Condition;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What is so. The operator alone writes it.
///
/// @param observedGeneration the generation of the resource that all of this is about
/// @param version what serves now; null before the first roll-out has ended
/// @param preflight the last preflight's lines, failures first
/// @param restore the restore for which everything stands still; null for none. It stays on record
///   when the resource is deleted, until the data are whole again
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record BothyStatus(
    @Nullable Long observedGeneration,
    @Nullable Phase phase,
    @JsonPropertyDescription("The version that serves.") @Nullable String version,
    @JsonPropertyDescription("The image that serves.") @Nullable String image,
    List<Check> preflight,
    @JsonPropertyDescription("The Restore for which everything stands still.")
        @Nullable Restoring restore,
    List<Condition> conditions) {

  public BothyStatus {
    preflight = preflight == null ? List.of() : List.copyOf(preflight);
    conditions = conditions == null ? List.of() : List.copyOf(conditions);
  }

  /// How far the installation has come.
  public enum Phase {
    /// What the specification names is looked for; in a trial, made.
    Preparing,
    /// The preflight runs; nothing has been changed yet.
    Preflight,
    /// The schema is brought to this version.
    Migrating,
    /// Servers of this configuration come up.
    Rolling,
    /// All of them serve.
    Ready,
    /// A `Restore` replaces the data: no server runs, and nothing is begun.
    Restoring,
    /// Something must be put right by a person; the conditions say what. What served before goes
    /// on.
    Blocked
  }

  /// A restore, by the resource's name and uid.
  public record Restoring(String name, String uid) {}

  /// A line of the preflight.
  ///
  /// @param result PASS, WARN or FAIL
  /// @param fix what to do about it; empty for PASS
  public record Check(String name, String result, String message, @Nullable String fix) {
    public static final String FAIL = "FAIL";

    public boolean failed() {
      return result.equals(FAIL);
    }
  }
}
