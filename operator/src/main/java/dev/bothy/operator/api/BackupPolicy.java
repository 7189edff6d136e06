package dev.bothy.operator.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import org.jspecify.annotations.Nullable;

/// What holds for all backups of the installation.
@JsonInclude(JsonInclude.Include.NON_NULL)
public record BackupPolicy(
    @JsonPropertyDescription("How many backups are kept; schedules may ask for more.")
        @Nullable Keep keep) {}
