package dev.bothy.operator.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/// What is to be restored. Nothing but `release` may be changed once it was said, and that one only
/// to true: what was begun for one backup does not go on with another.
@JsonInclude(JsonInclude.Include.NON_NULL)
@ValidationRule(
    value = "self.from == oldSelf.from",
    fieldPath = ".from",
    message = "from cannot be changed; make another Restore")
@ValidationRule(
    value = "self.safetyBackup == oldSelf.safetyBackup",
    fieldPath = ".safetyBackup",
    message = "safetyBackup cannot be changed; make another Restore")
@ValidationRule(
    value =
        "has(self.installation) == has(oldSelf.installation) && (!has(self.installation) ||"
            + " self.installation == oldSelf.installation)",
    message = "installation cannot be changed; make another Restore")
@ValidationRule(
    value = "!has(oldSelf.release) || !oldSelf.release || (has(self.release) && self.release)",
    message = "release cannot be taken back")
public record RestoreSpec(
    @JsonPropertyDescription("Which backup: by its id, by a time, or the newest.") @Required
        From from,
    @JsonPropertyDescription(
            "Whether what is there now is backed up first. It is left out where nothing is there.")
        @Default("true")
        @Nullable Boolean safetyBackup,
    @JsonPropertyDescription(
            "The id of the installation that the backup is of, where that is another one than this"
                + " database belongs to.")
        @Pattern("^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$")
        @Nullable String installation,
    @JsonPropertyDescription(
            "true says go: what was restored is in order, and work that is paused since begins"
                + " again.")
        @Nullable Boolean release) {

  /// Exactly one of the three.
  @JsonInclude(JsonInclude.Include.NON_NULL)
  @ValidationRule(
      value =
          "(has(self.backup) ? 1 : 0) + (has(self.at) ? 1 : 0) + (has(self.newest) ? 1 : 0) == 1",
      message = "one of backup, at and newest must be given, and only one")
  public record From(
      @JsonPropertyDescription("The backup's id, e.g. 20261127t021500z-3f9a1c.")
          @Pattern("^[0-9]{8}t[0-9]{6}z-[0-9a-f]{6}$")
          @Nullable String backup,
      @JsonPropertyDescription(
              "A time in UTC, e.g. 2026-11-27T02:15:00Z: the newest backup that was taken not"
                  + " after it.")
          @Pattern("^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z$")
          @Nullable String at,
      @JsonPropertyDescription(
              "Newest, or NewestGood: the newest that a drill or a verification has proven.")
          @Nullable Newest newest) {}

  public enum Newest {
    Newest,
    NewestGood
  }

  /// True unless somebody said otherwise.
  public boolean savesFirst() {
    return safetyBackup == null || safetyBackup;
  }

  /// Somebody said go.
  public boolean saysGo() {
    return release != null && release;
  }
}
