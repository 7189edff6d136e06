package dev.bothy.operator.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import org.jspecify.annotations.Nullable;

/// When backups are made.
@JsonInclude(JsonInclude.Include.NON_NULL)
public record BackupScheduleSpec(
    @JsonPropertyDescription(
            "Minute, hour, day of the month, month and day of the week, as cron has them: 0 2 * * *"
                + " is every day at 2:00.")
        @Required
        @Pattern("^\\s*(\\S+\\s+){4}\\S+\\s*$")
        @Size(max = 200)
        String schedule,
    @JsonPropertyDescription("In whose time: a name such as Europe/Berlin.")
        @Default("UTC")
        @Size(min = 1, max = 60)
        @Nullable String timeZone,
    @JsonPropertyDescription("No backups are made while it is true; times that pass are let go.")
        @Nullable Boolean suspend,
    @JsonPropertyDescription("One backup is made as soon as the schedule is there.")
        @Nullable Boolean immediate,
    @JsonPropertyDescription(
            "How many backups are kept, if more than spec.backup of Bothy and other schedules say.")
        @Nullable Keep keep) {}
