package dev.bothy.operator.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/// One run. It is begun once, so nothing of it can be changed afterwards.
@JsonInclude(JsonInclude.Include.NON_NULL)
@ValidationRule(value = "self == oldSelf", message = "a backup cannot be changed: make another one")
public record BackupSpec(
    @JsonPropertyDescription(
            "How many backups are kept when this one is made, if more than spec.backup of Bothy and"
                + " the schedules say.")
        @Nullable Keep keep) {}
