package dev.bothy.platform.keys;

import dev.bothy.platform.kernel.WorkspaceId;
import dev.bothy.platform.workspace.Workspaces;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;

/// The data keys, for those who look after them. What takes a workspace, or is the installation's,
/// asks the provider and is called outside of any transaction; all else is called within one of the
/// workspace.
///
/// Whatever asks the provider throws [dev.bothy.platform.kernel.OutOfReach] while it is away.
@Service
public class DataKeys {
  private final KeyTable table;
  private final KeyCache cache;
  private final KeyChanges changes;
  private final KeyProviders providers;
  private final Workspaces workspaces;
  private final KeysProperties properties;
  private final JdbcClient jdbc;

  DataKeys(
      KeyTable table,
      KeyCache cache,
      KeyChanges changes,
      KeyProviders providers,
      Workspaces workspaces,
      KeysProperties properties,
      JdbcClient jdbc) {
    this.table = table;
    this.cache = cache;
    this.changes = changes;
    this.providers = providers;
    this.workspaces = workspaces;
    this.properties = properties;
    this.jdbc = jdbc;
  }

  /// All of the current workspace, by owner and version.
  public List<DataKey> list() {
    return table.list();
  }

  /// Makes a new data key, which seals from now on; older ones still open. Asks the provider.
  ///
  /// @return its version
  public int renew(String owner) {
    KeyOwner whose = new KeyOwner(workspaces.current(), owner);
    int version = table.add(whose);
    cache.made(whose);
    changes.announceChange(owner);
    return version;
  }

  /// Forgets the data keys below a version. What they sealed can be opened no more.
  public void dropBelow(String owner, int version) {
    if (table.dropBelow(owner, version) > 0) {
      changes.announceChange(owner);
    }
  }

  /// What the provider says of the key that wraps for this owner; empty if it has none.
  public Optional<WrappingKey> wrappingKey(WorkspaceId workspace, String owner) {
    return table.answered(() -> providers.current().wrappingKey(new KeyOwner(workspace, owner)));
  }

  /// What the provider says of the key that wraps for the installation; empty if it has none.
  public Optional<WrappingKey> installationWrappingKey() {
    return table.answered(() -> providers.current().wrappingKey(KeyOwner.INSTALLATION));
  }

  /// Makes a new version of the key that wraps for this owner; [#rewrap] uses it.
  ///
  /// @throws UnsupportedOperationException if the key is not the owner's own
  public void rotateWrappingKey(WorkspaceId workspace, String owner) {
    providers.current().rotate(new KeyOwner(workspace, owner));
  }

  /// Wraps the owner's data keys anew that an older version of its wrapping key has wrapped, or
  /// another provider. Transit's own `rewrap` cannot: it knows no associated data.
  ///
  /// @return how many were wrapped anew
  public int rewrap(WorkspaceId workspace, String owner) {
    return rewrap(new KeyOwner(workspace, owner));
  }

  /// The same for the installation's own keys.
  public int rewrapInstallation() {
    return rewrap(KeyOwner.INSTALLATION);
  }

  /// Makes a new data key of the installation if its newest is older than this. It seals on every
  /// server within a minute; the older ones open for ever. Asks the provider.
  ///
  /// @return whether it made one
  public boolean renewInstallation(Duration age) {
    return workspaces.forInstallation(() -> {
      table.lock(KeyOwner.INSTALLATION);
      if (!table.isInstallationOlder(age)) {
        return false;
      }
      table.add(KeyOwner.INSTALLATION);
      return true;
    });
  }

  /// When any of the installation's data keys was wrapped anew last; empty if none ever was.
  public Optional<Instant> installationRewrappedAt() {
    return workspaces.forInstallation(table::installationRewrappedAt);
  }

  private int rewrap(KeyOwner whose) {
    List<KeyTable.Wrapped> wrapped = inScopeOf(whose, () -> table.wrapped(whose));
    Optional<WrappingKey> key = providers.current().wrappingKey(whose);
    int rewrapped = 0;
    for (KeyTable.Wrapped old : wrapped) {
      if (key.isPresent()
          && providers.isUpToDate(old.provider(), old.wrappingVersion(), key.get())) {
        continue;
      }
      byte[] plain = table.unwrap(old);
      try {
        byte[] fresh = table.wrap(old.name(), plain);
        inScopeOf(
            whose,
            () -> {
              table.replace(old, fresh);
              return true;
            });
      } finally {
        Arrays.fill(plain, (byte) 0);
      }
      rewrapped++;
    }
    return rewrapped;
  }

  private <T> T inScopeOf(KeyOwner owner, Supplier<T> work) {
    return owner.workspace() == null
        ? workspaces.forInstallation(work)
        : workspaces.inWorkspace(owner.workspace(), work);
  }

  /// From now on the provider unwraps nothing that an older version than this one wrapped, in no
  /// backup either.
  ///
  /// @throws UnsupportedOperationException if the key is not the owner's own
  public void refuseOlder(WorkspaceId workspace, String owner, int version) {
    providers.current().refuseOlder(new KeyOwner(workspace, owner), version);
  }

  /// The same for the installation's.
  public void refuseOlderOfInstallation(int version) {
    providers.current().refuseOlder(KeyOwner.INSTALLATION, version);
  }

  /// Takes the owner's data keys from the database and from every server's memory. Until
  /// [#endDestruction] nothing can be sealed for this owner.
  ///
  /// @return false if it has none
  public boolean beginDestruction(String owner) {
    table.lock(new KeyOwner(workspaces.current(), owner));
    boolean had = table.beginDestruction(owner) > 0;
    if (had) {
      changes.announceDestruction(owner);
    }
    return had;
  }

  /// Destroys the key at the provider that wrapped the owner's data keys, so that no copy of them
  /// can be unwrapped, if what [#beginDestruction] began is not done yet. May be called again.
  /// Called within a transaction: another server that was about to do the same must not find the
  /// key that is made afterwards.
  public void destroyWrappingKey(String owner) {
    KeyOwner whose = new KeyOwner(workspaces.current(), owner);
    table.lock(whose);
    if (table.isBeingDestroyed(owner)) {
      providers.each(provider -> provider.destroy(whose));
    }
  }

  /// What the provider calls the key that wraps for this owner alone; empty if it has one for all.
  /// Does not ask it.
  public Optional<String> ownWrappingKey(WorkspaceId workspace, String owner) {
    return providers.current().ownName(new KeyOwner(workspace, owner));
  }

  /// Notes that what [#beginDestruction] began is done. The next that is sealed for this owner gets
  /// a new key.
  public void endDestruction(String owner) {
    table.endDestruction(owner);
  }

  /// The workspaces that have data keys. Called within a transaction of the installation.
  public List<WorkspaceId> workspaces() {
    return jdbc.sql("select workspace_id from workspaces_with_data_keys()")
        .query((row, _) -> new WorkspaceId(row.getObject(1, UUID.class)))
        .list();
  }

  /// For how long after a key was wrapped anew a backup may still need the older version.
  public Duration backupsKept() {
    return properties.backupsKept();
  }

  /// When this server was last answered by the provider; empty if it never was.
  public Optional<Instant> lastContact() {
    return table.lastContact();
  }

  /// The id of the provider that wraps.
  public String provider() {
    return providers.current().id();
  }
}
