package dev.bothy.platform.recovery;

import dev.bothy.platform.backup.Manifest;
import dev.bothy.platform.kernel.OutOfReach;
import dev.bothy.platform.keys.BackupKeys;
import dev.bothy.platform.keys.NeededKey;
import dev.bothy.platform.workspace.InstallationId;
import dev.bothy.platform.workspace.ModuleMigrations;
import dev.bothy.platform.workspace.Workspaces;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcOperations;
import org.springframework.stereotype.Component;

/// Looks whether a backup could be restored here, as far as a server can tell: the command and the
/// operator check again, and more.
@Component
public class RestoreChecks {
  private final BackupKeys keys;
  private final Workspaces workspaces;
  private final JdbcOperations jdbc;

  RestoreChecks(BackupKeys keys, Workspaces workspaces, JdbcOperations jdbc) {
    this.keys = keys;
    this.workspaces = workspaces;
    this.jdbc = jdbc;
  }

  /// One thing that was looked at.
  ///
  /// @param message what was found, and what to do if it is not good
  public record Check(String name, boolean good, String message) {}

  /// All checks. Called outside of any transaction; it changes nothing.
  public List<Check> of(Manifest manifest) {
    return List.of(installation(manifest), schema(manifest), keys(manifest));
  }

  private Check installation(Manifest manifest) {
    Optional<UUID> own =
        workspaces.forInstallation(
            () -> jdbc.execute((ConnectionCallback<Optional<UUID>>) InstallationId::of));
    boolean same = own != null && own.equals(Optional.of(manifest.installation()));
    return new Check(
        "Installation",
        same,
        same
            ? "It is a backup of this installation."
            : "It is a backup of another installation, %s. The restore has to name it."
                .formatted(manifest.installation()));
  }

  private static Check schema(Manifest manifest) {
    Map<String, String> known = ModuleMigrations.newest();
    List<String> newer =
        manifest.schema().entrySet().stream()
            .filter(each -> isNewer(each.getValue(), known.get(each.getKey())))
            .map(each -> each.getKey() + " V" + each.getValue())
            .toList();
    return new Check(
        "Version",
        newer.isEmpty(),
        newer.isEmpty()
            ? "It was made by version %s; it is loaded as it was and migrated to this version."
                .formatted(manifest.version())
            : "It was made by version %s, and this version does not know its %s. Restore it with that version."
                .formatted(manifest.version(), String.join(", ", newer)));
  }

  private static boolean isNewer(String version, @org.jspecify.annotations.Nullable String known) {
    return known == null || Arrays.compare(numbers(version), numbers(known)) > 0;
  }

  private static int[] numbers(String version) {
    return Stream.of(version.split("[._]")).mapToInt(Integer::parseInt).toArray();
  }

  private Check keys(Manifest manifest) {
    List<String> lacking = new ArrayList<>();
    try {
      for (NeededKey needed : manifest.keys()) {
        keys.lacking(needed).ifPresent(lacking::add);
      }
    } catch (OutOfReach e) {
      return new Check("Keys", false, "The key provider does not answer: " + e.getMessage() + ".");
    }
    return new Check(
        "Keys",
        lacking.isEmpty(),
        lacking.isEmpty()
            ? "The key provider has all %d keys that it needs.".formatted(manifest.keys().size())
            : "The key provider lacks some: %s. What they sealed cannot be read."
                .formatted(String.join("; ", lacking)));
  }
}
