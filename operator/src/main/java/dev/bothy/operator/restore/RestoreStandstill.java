package dev.bothy.operator.restore;

import dev.bothy.operator.api.Bothy;
import dev.bothy.operator.api.BothyStatus.Restoring;
import dev.bothy.operator.installation.Standstill;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Clock;
import java.util.Optional;

/// A standstill for the restore that replaces the data, and for one that was deleted before it was
/// done with them.
public final class RestoreStandstill implements Standstill {
  private final Clock clock;

  public RestoreStandstill(Clock clock) {
    this.clock = clock;
  }

  @Override
  public Optional<Asked> asked(KubernetesClient client, Bothy bothy, boolean empty) {
    Restores restores = Restores.of(client, bothy.getMetadata().getNamespace());
    return restores
        .standstill()
        .or(() -> empty ? restores.first() : Optional.empty())
        .map(restore ->
            new Asked(
                new Restoring(restore.getMetadata().getName(), restore.getMetadata().getUid()),
                "Restore %s replaces the data; no server runs meanwhile. kubectl get restores"
                    .formatted(restore.getMetadata().getName())))
        .or(() -> abandoned(client, bothy, restores));
  }

  private Optional<Asked> abandoned(KubernetesClient client, Bothy bothy, Restores restores) {
    Restoring last = bothy.getStatus() == null ? null : bothy.getStatus().restore();
    if (last == null || restores.has(last.uid())) {
      return Optional.empty();
    }
    return new Abandoned(client, bothy, last, clock).look().map(what -> new Asked(last, what));
  }
}
