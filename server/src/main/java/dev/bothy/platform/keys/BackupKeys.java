package dev.bothy.platform.keys;

import dev.bothy.platform.kernel.WorkspaceId;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.context.annotation.Import;
import org.springframework.stereotype.Component;

/// Wraps the key of each backup, by a key of the provider that does nothing else (in Transit
/// `bothy-backup`): whoever makes backups needs no other, and no version of it is ever refused. It
/// needs neither a database nor a server.
@Component
@Import(KeysConfiguration.class)
public class BackupKeys {
  private static final KeyName NAME = new KeyName(new KeyOwner(null, "backup"), 1);

  private final KeyProviders providers;

  BackupKeys(KeyProviders providers) {
    this.providers = providers;
  }

  /// @param provider `local-file` or `vault`
  @SuppressWarnings("ArrayRecordComponent") // never compared
  public record Wrapped(String provider, byte[] bytes) {}

  /// @throws dev.bothy.platform.kernel.OutOfReach if the provider cannot be used
  public Wrapped wrap(byte[] key) {
    return new Wrapped(providers.current().id(), providers.current().wrap(NAME, key));
  }

  /// @return empty if the provider answers and has not the key that wrapped it
  /// @throws dev.bothy.platform.kernel.OutOfReach if the provider cannot be used
  public Optional<byte[]> unwrap(Wrapped wrapped) {
    try {
      return Optional.of(providers.of(wrapped.provider()).unwrap(NAME, wrapped.bytes()));
    } catch (KeyUnusable e) {
      return Optional.empty();
    }
  }

  /// What is lacking at the provider of a key.
  ///
  /// @return in words; empty if nothing is
  /// @throws dev.bothy.platform.kernel.OutOfReach if the provider cannot be used
  public Optional<String> lacking(NeededKey needed) {
    KeyProvider provider;
    try {
      provider = providers.of(needed.provider());
    } catch (KeyUnusable e) {
      return Optional.ofNullable(e.getMessage());
    }
    KeyOwner owner = owner(needed);
    Optional<WrappingKey> found = provider.wrappingKey(owner);
    if (found.isEmpty()) {
      return Optional.of(provider.ownName(owner).orElse(needed.owner()) + " is not there");
    }
    WrappingKey key = found.get();
    return needed.oldest() < key.oldestVersion() || needed.newest() > key.latestVersion()
        ? Optional.of(
            "%s has the versions %d to %d, and %d to %d are needed"
                .formatted(
                    key.name(),
                    key.oldestVersion(),
                    key.latestVersion(),
                    needed.oldest(),
                    needed.newest()))
        : Optional.empty();
  }

  /// Unwraps every data key that the database holds and lives.
  ///
  /// @param connection sees the rows of all workspaces
  /// @return in words what does not unwrap
  /// @throws dev.bothy.platform.kernel.OutOfReach if the provider cannot be used
  public Unwrapped unwrapAll(Connection connection) throws SQLException {
    List<String> failed = new ArrayList<>();
    int keys = 0;
    try (Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "select null::uuid as workspace_id, 'installation' as owner, version, provider,"
                    + " wrapped from bothy.installation_key union all select workspace_id, owner,"
                    + " version, provider, wrapped from bothy.data_key where wrapped is not null"
                    + " order by 1, 2, 3")) {
      while (rows.next()) {
        UUID workspace = rows.getObject("workspace_id", UUID.class);
        KeyName name =
            new KeyName(
                new KeyOwner(
                    workspace == null ? null : new WorkspaceId(workspace), rows.getString("owner")),
                rows.getInt("version"));
        keys++;
        try {
          providers.of(rows.getString("provider")).unwrap(name, rows.getBytes("wrapped"));
        } catch (KeyUnusable e) {
          failed.add(String.valueOf(e.getMessage()));
        }
      }
    }
    return new Unwrapped(keys, failed);
  }

  /// @param keys how many there were
  /// @param failed in words those that do not unwrap
  public record Unwrapped(int keys, List<String> failed) {
    public Unwrapped {
      failed = List.copyOf(failed);
    }
  }

  /// What of the provider the rows of a database need, in order.
  ///
  /// @param connection sees the rows of all workspaces
  public static List<NeededKey> needed(Connection connection) throws SQLException {
    List<NeededKey> needed = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "select provider, null::uuid as workspace_id, 'installation' as owner,"
                    + " min(wrapping_version) as oldest, max(wrapping_version) as newest"
                    + " from bothy.installation_key group by provider"
                    + " union all select provider, workspace_id, owner, min(wrapping_version),"
                    + " max(wrapping_version) from bothy.data_key where wrapped is not null"
                    + " group by provider, workspace_id, owner order by 1, 2 nulls first, 3")) {
      while (rows.next()) {
        needed.add(
            new NeededKey(
                rows.getString("provider"),
                rows.getObject("workspace_id", UUID.class),
                rows.getString("owner"),
                rows.getInt("oldest"),
                rows.getInt("newest")));
      }
    }
    return needed;
  }

  private static KeyOwner owner(NeededKey needed) {
    return new KeyOwner(
        needed.workspace() == null ? null : new WorkspaceId(needed.workspace()), needed.owner());
  }
}
