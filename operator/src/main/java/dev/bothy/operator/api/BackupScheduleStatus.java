package dev.bothy.operator.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.kubernetes.api.model.Condition;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a schedule has brought about. Times are ISO 8601 in UTC.
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record BackupScheduleStatus(
    @Nullable Long observedGeneration,
    @JsonPropertyDescription("The Backup that it made last.") @Nullable String lastBackup,
    @JsonPropertyDescription("The time of the schedule that was dealt with last.")
        @Nullable String lastScheduledAt,
    @JsonPropertyDescription("When the newest backup ended well, whoever asked for it.")
        @Nullable String lastSuccessfulAt,
    @JsonPropertyDescription("When the next one is made.") @Nullable String nextAt,
    List<Condition> conditions) {

  public BackupScheduleStatus {
    conditions = conditions == null ? List.of() : List.copyOf(conditions);
  }
}
