package dev.bothy.platform.keymanagement;

import dev.bothy.platform.keys.Keys;
import dev.bothy.platform.work.WorkGate;
import dev.bothy.platform.workspace.Workspaces;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/// Has the installation's signing key made at its first start, so that every backup has it: a
/// database that is restored from one must know who signed the ledger of erasures. A database that
/// came without it gets none while it is prepared: the ledger would be another installation's.
@Component
class FirstSigningKey implements SmartLifecycle {
  private static final Logger LOG = LoggerFactory.getLogger(FirstSigningKey.class);
  private static final Duration AGAIN = Duration.ofSeconds(1);

  private final ReceiptSigner signer;
  private final Keys keys;
  private final List<WorkGate> gates;
  private final Workspaces workspaces;
  private volatile @Nullable Thread making;

  FirstSigningKey(ReceiptSigner signer, Keys keys, List<WorkGate> gates, Workspaces workspaces) {
    this.signer = signer;
    this.keys = keys;
    this.gates = List.copyOf(gates);
    this.workspaces = workspaces;
  }

  @Override
  public void start() {
    making = Thread.ofVirtual().name("signing-key").start(this::make);
  }

  private void make() {
    try {
      while (!tryToMake()) {
        Thread.sleep(AGAIN);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private boolean tryToMake() {
    if (!keys.isReady() || !gates.stream().allMatch(WorkGate::isOpen)) {
      return false;
    }
    try {
      workspaces.forInstallation(signer::make);
      return true;
    } catch (RuntimeException e) {
      LOG.debug("The signing key is made later", e);
      return false;
    }
  }

  @Override
  public void stop() {
    Thread thread = making;
    making = null;
    if (thread != null) {
      thread.interrupt();
    }
  }

  @Override
  public boolean isRunning() {
    return making != null;
  }
}
