package dev.bothy.operator.installation;

import dev.bothy.operator.api.Bothy;
import dev.bothy.operator.api.BothySpec;
import dev.bothy.operator.jobs.ServerSettings;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/// A short name for everything that servers run with: image, settings, and the content of the
/// secrets. Where it changes, preflight and migration run and the servers are rolled.
final class Revision {
  private static final String MAC = "HmacSHA256";
  private static final int LENGTH = 10;

  private static final String STRETCHING = "PBKDF2WithHmacSHA256";
  private static final byte[] SALT = "bothy.dev/revision".getBytes(StandardCharsets.US_ASCII);
  private static final int KEY_LENGTH = 256;

  /// Some 10 ms for each guess, and for each of the operator's looks.
  private static final int ITERATIONS = 10_000;

  private Revision() {}

  /// Keyed with all secret values together: they change it, and whoever sees it can try passwords
  /// only by guessing every one of them at once (of the migrations' role, at least, and what else
  /// there is), at the price of [#ITERATIONS] for each guess. There need not be a secret of the
  /// installation's own for it, which with keys in Vault it does not have.
  ///
  /// @param values what the Secrets hold, by setting
  static String of(BothySpec spec, Map<String, String> values) {
    try {
      Mac mac = Mac.getInstance(MAC);
      mac.init(key(values));
      add(mac, spec.image());
      add(mac, spec.version());
      add(mac, ServerSettings.yaml(spec));
      return HexFormat.of().formatHex(mac.doFinal()).substring(0, LENGTH);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static SecretKey key(Map<String, String> values) throws GeneralSecurityException {
    StringBuilder all = new StringBuilder();
    // Each after its length, so that no two sets of values read alike.
    new TreeMap<>(values)
        .forEach((name, value) ->
            all.append(name).append(' ').append(value.length()).append(' ').append(value));
    return SecretKeyFactory.getInstance(STRETCHING)
        .generateSecret(new PBEKeySpec(all.toString().toCharArray(), SALT, ITERATIONS, KEY_LENGTH));
  }

  /// Tells the dependents of this reconciliation.
  static void tell(Context<Bothy> context, String revision) {
    context.managedWorkflowAndDependentResourceContext().put(Revision.class, revision);
  }

  static String of(Context<Bothy> context) {
    return context
        .managedWorkflowAndDependentResourceContext()
        .getMandatory(Revision.class, String.class);
  }

  private static void add(Mac mac, String text) {
    mac.update(text.getBytes(StandardCharsets.UTF_8));
    mac.update((byte) 0);
  }
}
