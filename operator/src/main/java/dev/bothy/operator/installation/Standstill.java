package dev.bothy.operator.installation;

import dev.bothy.operator.api.Bothy;
import dev.bothy.operator.api.BothyStatus.Restoring;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.Optional;

/// Whoever has the installation stand still: no server runs, and no Job is begun. It is asked at
/// every look, of the API server itself: what a cache has not seen yet would be too late.
public interface Standstill {
  /// @param empty the installation never had a server, nor a migration by this operator
  Optional<Asked> asked(KubernetesClient client, Bothy bothy, boolean empty);

  /// @param message what is going on, for people
  record Asked(Restoring restore, String message) {}
}
