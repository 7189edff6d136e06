package dev.bothy.operator.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import org.jspecify.annotations.Nullable;

/// How many backups retention keeps for each reason. The newest is always kept.
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Keep(
    @JsonPropertyDescription("For how many days the last one of the day is kept.")
        @Default("30")
        @Min(1)
        @Max(3650)
        @Nullable Integer daily,
    @JsonPropertyDescription("For how many weeks the last one of the week is kept.")
        @Default("8")
        @Min(0)
        @Max(520)
        @Nullable Integer weekly,
    @JsonPropertyDescription("For how many months the last one of the month is kept.")
        @Default("12")
        @Min(0)
        @Max(120)
        @Nullable Integer monthly) {}
