package dev.bothy.operator.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.kubernetes.api.model.Condition;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How a backup went. Times are ISO 8601 in UTC. `classes` and `verifiedAt` change after the run,
/// and are written by whoever learns them, each under a field manager of its own; all else is the
/// run's.
///
/// @param attempts how many Jobs were begun
/// @param progressAt when `progress` last became another one
/// @param retryAt when the next Job begins after one that failed
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record BackupStatus(
    @Nullable Long observedGeneration,
    @Nullable Phase phase,
    @JsonPropertyDescription("By this it is found in the store, and by restores.")
        @Nullable String backupId,
    @Nullable String startedAt,
    @Nullable String completedAt,
    @JsonPropertyDescription("Before compression and encryption.") @Nullable Long bytes,
    @JsonPropertyDescription("In the store.") @Nullable Long storedBytes,
    @JsonPropertyDescription("storedBytes as people read it.") @Nullable String size,
    @Nullable Long rows,
    @Nullable Integer tables,
    @JsonPropertyDescription("The product's version that made it.") @Nullable String version,
    @JsonPropertyDescription("Why retention keeps it: Daily, Weekly, Monthly.")
        @Nullable String classes,
    @JsonPropertyDescription("When it was last restored by a drill that found all well.")
        @Nullable String verifiedAt,
    @Nullable String progress,
    @Nullable String progressAt,
    @Nullable Integer attempts,
    @Nullable String retryAt,
    List<Condition> conditions) {

  public BackupStatus {
    conditions = conditions == null ? List.of() : List.copyOf(conditions);
  }

  public enum Phase {
    /// It waits: for something else to end, or to be tried again.
    Pending,
    /// Its Job runs.
    Running,
    /// It is in the store.
    Succeeded,
    /// It is not, and nothing is tried any more.
    Failed;

    /// Whether nothing comes after it.
    public boolean isEnd() {
      return switch (this) {
        case Pending, Running -> false;
        case Succeeded, Failed -> true;
      };
    }
  }

  /// One that says nothing.
  public static BackupStatus none() {
    return mark(null, null);
  }

  /// One that says nothing but one of those that are written apart.
  public static BackupStatus mark(@Nullable String classes, @Nullable String verifiedAt) {
    return new BackupStatus(
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        classes,
        verifiedAt,
        null,
        null,
        null,
        null,
        List.of());
  }
}
