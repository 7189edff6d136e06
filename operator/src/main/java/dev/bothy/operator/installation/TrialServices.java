package dev.bothy.operator.installation;

import dev.bothy.operator.api.Bothy;
import dev.bothy.operator.api.BothySpec.Trial;
import dev.bothy.operator.jobs.Names;
import dev.bothy.operator.vault.DrivenVault;
import dev.bothy.operator.vault.Vault.VaultFailure;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// What the services of a trial need of the operator: their Secret, and OpenBao set up.
public final class TrialServices {
  /// How often OpenBao is looked at once it was well.
  private static final Duration LOOK = Duration.ofMinutes(5);

  private final TrialSecret secret = new TrialSecret();
  private final Path token;
  private final Clock clock;
  private @Nullable Instant well;

  /// @param token the file with the operator's ServiceAccount token
  public TrialServices(Path token, Clock clock) {
    this.token = token;
    this.clock = clock;
  }

  /// How OpenBao is.
  sealed interface Outcome {}

  /// @param changes what was made or mended just now, in words
  record Prepared(List<String> changes) implements Outcome {}

  record NotPrepared(String why) implements Outcome {}

  void ensureSecret(KubernetesClient client, Bothy bothy) {
    Trial trial = bothy.getSpec().trial();
    if (trial != null) {
      secret.ensure(client, bothy, trial);
    }
  }

  Outcome ensureVault(Bothy bothy, Trial trial) {
    String address = trial.openbaoAddress();
    if (address == null || isFresh()) {
      return new Prepared(List.of());
    }
    try (DrivenVault vault = new DrivenVault(address)) {
      // The role is one that OpenBao makes for itself at its first start.
      vault.login(Names.OPERATOR, Files.readString(token).strip());
      List<String> changes =
          new TrialVault(
                  vault,
                  bothy.getMetadata().getNamespace(),
                  Objects.requireNonNullElse(
                      bothy.getSpec().serviceAccountName(), TrialVault.SERVER))
              .ensure();
      well = clock.instant();
      return new Prepared(changes);
    } catch (VaultFailure e) {
      return new NotPrepared(Objects.requireNonNull(e.getMessage()));
    } catch (IOException e) {
      return new NotPrepared("the operator's token cannot be read from " + token);
    }
  }

  private boolean isFresh() {
    return well != null && clock.instant().isBefore(well.plus(LOOK));
  }
}
