package dev.bothy.operator.restore;

import dev.bothy.operator.api.Restore;
import dev.bothy.operator.api.RestoreStatus;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// The restores of a namespace as the API server has them now, the first that was made first.
record Restores(List<Restore> all) {
  private static final int NOT_FOUND = 404;

  private static final Comparator<Restore> AGE =
      Comparator.<Restore, String>comparing(each -> each.getMetadata().getCreationTimestamp())
          .thenComparing(each -> each.getMetadata().getName());

  Restores {
    all = all.stream().sorted(AGE).toList();
  }

  /// None where the cluster does not know the kind yet.
  static Restores of(KubernetesClient client, String namespace) {
    try {
      return new Restores(client.resources(Restore.class).inNamespace(namespace).list().getItems());
    } catch (KubernetesClientException e) {
      if (e.getCode() == NOT_FOUND) {
        return new Restores(List.of());
      }
      throw e;
    }
  }

  boolean has(String uid) {
    return all.stream().anyMatch(each -> each.getMetadata().getUid().equals(uid));
  }

  /// The one for which everything stands still, or has to come to a standstill.
  Optional<Restore> standstill() {
    return all.stream().filter(each -> RestoreStatus.phaseOf(each).needsStandstill()).findFirst();
  }

  /// The one that is next to run, or runs.
  Optional<Restore> first() {
    List<Restore> waiting =
        all.stream().filter(each -> RestoreStatus.phaseOf(each).comesFirst()).toList();
    return waiting.stream()
        .filter(each -> hasBegun(each))
        .findFirst()
        .or(() -> waiting.stream().findFirst());
  }

  /// One that was made after this one and has restored.
  Optional<Restore> successorOf(Restore restore) {
    return all.stream()
        .filter(each -> AGE.compare(each, restore) > 0)
        .filter(each ->
            switch (RestoreStatus.phaseOf(each)) {
              case Starting, Held, Released, Superseded -> true;
              case Pending,
                  Checking,
                  SavingPresent,
                  Stopping,
                  Restoring,
                  RollingBack,
                  Failed,
                  RolledBack ->
                  false;
            })
        .findFirst();
  }

  private static boolean hasBegun(Restore restore) {
    return RestoreStatus.phaseOf(restore) != RestoreStatus.Phase.Pending;
  }
}
