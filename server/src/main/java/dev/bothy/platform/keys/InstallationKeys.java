package dev.bothy.platform.keys;

import dev.bothy.platform.kernel.OutOfReach;
import dev.bothy.platform.kernel.StartRefused;
import dev.bothy.platform.workspace.Workspaces;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/// The installation's own key, unwrapped once at the start and kept for as long as the server runs:
/// what networks deliver is sealed and acknowledged however long the provider is away. A wrapping
/// key that does not fit this database is noticed here, before the server serves. A provider that
/// does not answer yet is waited for: until then the server is not ready.
@Component
class InstallationKeys implements SmartInitializingSingleton, DisposableBean {
  private static final Logger LOG = LoggerFactory.getLogger(InstallationKeys.class);
  private static final Duration PAUSE = Duration.ofSeconds(2);

  private final KeyTable table;
  private final Workspaces workspaces;
  private volatile @Nullable KeyRing ring;
  private volatile @Nullable Thread waiting;

  InstallationKeys(KeyTable table, Workspaces workspaces) {
    this.table = table;
    this.workspaces = workspaces;
  }

  @Override
  public void afterSingletonsInstantiated() {
    try {
      forSealing();
    } catch (KeyUnusable e) {
      if (e.isMendedBySettings()) {
        throw new StartRefused(
            String.valueOf(e.getMessage()),
            "Start the server with the key provider, and the key, that this database was begun"
                + " with; docs/reference/keys.md has the way from one provider to another.");
      }
      awaitProvider(e);
    } catch (OutOfReach e) {
      awaitProvider(e);
    }
  }

  private void awaitProvider(OutOfReach e) {
    LOG.warn(
        "The key provider cannot be used yet; the server is not ready before it can. {}",
        e.getMessage());
    waiting = Thread.ofVirtual().name("key-provider-wait").start(this::await);
  }

  /// Whether the key is here.
  boolean isLoaded() {
    return ring != null;
  }

  @Override
  public void destroy() {
    Thread thread = waiting;
    if (thread != null) {
      thread.interrupt();
    }
  }

  private void await() {
    String said = "";
    while (true) {
      try {
        Thread.sleep(PAUSE);
        forSealing();
        LOG.info("The key provider answers; the installation's key is here");
        return;
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      } catch (RuntimeException e) {
        String says = String.valueOf(e.getMessage());
        if (!says.equals(said)) {
          LOG.warn("Still waiting for the key provider. {}", says);
          said = says;
        }
      }
    }
  }

  KeyRing forSealing() {
    KeyRing known = ring;
    if (known != null) {
      return known;
    }
    KeyRing made =
        workspaces.forInstallation(() ->
            table
                .ofOwner(KeyOwner.INSTALLATION)
                .orElseGet(() -> {
                  table.addFirst(KeyOwner.INSTALLATION);
                  return table.ofOwner(KeyOwner.INSTALLATION).orElseThrow();
                }));
    made.currentKey();
    ring = made;
    return made;
  }

  /// Another server, or this one, has made a newer key: from now on it seals here too.
  @Scheduled(fixedDelayString = "PT1M")
  void look() {
    KeyRing known = ring;
    if (known == null) {
      return;
    }
    KeyRing stored =
        workspaces.forInstallation(() ->
            table.lives(KeyOwner.INSTALLATION, known.current() + 1)
                ? table.ofOwner(KeyOwner.INSTALLATION).orElseThrow()
                : known);
    stored.currentKey();
    ring = stored;
  }

  /// @throws CannotOpen if there is no key of this version
  KeyRing forOpening(int version) {
    KeyRing known = forSealing();
    if (known.keys().containsKey(version)) {
      return known;
    }
    // A ciphertext may name any version: the provider is asked for none that is not there.
    KeyRing loaded =
        inAnyTransaction(() ->
                table.lives(KeyOwner.INSTALLATION, version)
                    ? table.ofOwner(KeyOwner.INSTALLATION)
                    : Optional.<KeyRing>empty())
            .orElseThrow(
                () -> new CannotOpen("There is no installation key of version " + version));
    loaded.currentKey();
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
