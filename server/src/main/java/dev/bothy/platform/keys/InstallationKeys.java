package dev.bothy.platform.keys;

import dev.bothy.platform.workspace.Workspaces;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/// The installation's own key, unwrapped once at the start and kept for as long as the server runs:
/// what networks deliver is sealed and acknowledged however long the provider is away. A wrapping
/// key that does not fit this database is noticed here, before the server serves.
@Component
class InstallationKeys implements SmartInitializingSingleton {
  private final KeyTable table;
  private final Workspaces workspaces;
  private volatile @Nullable KeyRing ring;

  InstallationKeys(KeyTable table, Workspaces workspaces) {
    this.table = table;
    this.workspaces = workspaces;
  }

  @Override
  public void afterSingletonsInstantiated() {
    forSealing();
  }

  KeyRing forSealing() {
    KeyRing known = ring;
    if (known != null) {
      return known;
    }
    KeyRing made =
        workspaces.forInstallation(
            () -> table.ofInstallation().orElseGet(table::firstOfInstallation));
    ring = made;
    return made;
  }

  /// @throws CannotOpen if there is no key of this version
  KeyRing forOpening(int version) {
    KeyRing known = forSealing();
    if (known.ofVersion(version) != null) {
      return known;
    }
    KeyRing loaded =
        inAnyTransaction(table::ofInstallation)
            .filter(found -> found.ofVersion(version) != null)
            .orElseThrow(
                () -> new CannotOpen("There is no installation key of version " + version));
    ring = loaded;
    return loaded;
  }

  /// The table carries no workspace, so that it can be read from the transaction of any.
  private Optional<KeyRing> inAnyTransaction(Supplier<Optional<KeyRing>> read) {
    return TransactionSynchronizationManager.isActualTransactionActive()
        ? read.get()
        : workspaces.forInstallation(read);
  }
}
