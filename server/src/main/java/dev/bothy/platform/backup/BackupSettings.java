package dev.bothy.platform.backup;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/// How backups are made and kept (`bothy.backup.*`). Where they lie is `bothy.storage.*`.
///
/// @param username the role that reads everything and writes nothing
/// @param password its password; the server itself does not get it
/// @param parallel how many tables, or parts of one, are read or loaded at once, 1 to 16
/// @param keepDaily for how many days the newest backup of the day is kept, 1 to 3650
/// @param keepWeekly for how many weeks the newest of the week is kept, 0 to 520
/// @param keepMonthly for how many months the newest of the month is kept, 0 to 120
@Validated
@ConfigurationProperties("bothy.backup")
public record BackupSettings(
    @DefaultValue("bothy_backup")
        @NotBlank(message = "bothy.backup.username must name a role, e.g. bothy_backup")
        String username,
    @Nullable String password,
    @DefaultValue("2")
        @Min(value = 1, message = "bothy.backup.parallel must be 1 to 16")
        @Max(value = 16, message = "bothy.backup.parallel must be 1 to 16")
        int parallel,
    @DefaultValue("30")
        @Min(value = 1, message = "bothy.backup.keep-daily must be 1 to 3650")
        @Max(value = 3650, message = "bothy.backup.keep-daily must be 1 to 3650")
        int keepDaily,
    @DefaultValue("8")
        @Min(value = 0, message = "bothy.backup.keep-weekly must be 0 to 520")
        @Max(value = 520, message = "bothy.backup.keep-weekly must be 0 to 520")
        int keepWeekly,
    @DefaultValue("12")
        @Min(value = 0, message = "bothy.backup.keep-monthly must be 0 to 120")
        @Max(value = 120, message = "bothy.backup.keep-monthly must be 0 to 120")
        int keepMonthly) {

  @Override
  public String toString() {
    return "BackupSettings[username="
        + username
        + ", parallel="
        + parallel
        + ", keepDaily="
        + keepDaily
        + ", keepWeekly="
        + keepWeekly
        + ", keepMonthly="
        + keepMonthly
        + "]";
  }
}
