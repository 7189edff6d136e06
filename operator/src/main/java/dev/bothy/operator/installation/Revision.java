package dev.bothy.operator.installation;

import dev.bothy.operator.api.Bothy;
import dev.bothy.operator.api.BothySpec;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// A short name for everything that servers run with: image, settings, and the content of the
/// secrets. Where it changes, preflight and migration run and the servers are rolled.
final class Revision {
  private static final String MAC = "HmacSHA256";
  private static final int LENGTH = 10;

  private Revision() {}

  /// Keyed with the installation's own key, so that nobody who sees the name can try passwords.
  static String of(BothySpec spec, Map<String, String> values, byte[] key) {
    try {
      Mac mac = Mac.getInstance(MAC);
      mac.init(new SecretKeySpec(key, MAC));
      add(mac, spec.image());
      add(mac, spec.version());
      add(mac, ServerSettings.yaml(spec));
      new TreeMap<>(values)
          .forEach((name, value) -> {
            add(mac, name);
            add(mac, value);
          });
      return HexFormat.of().formatHex(mac.doFinal()).substring(0, LENGTH);
    } catch (NoSuchAlgorithmException | InvalidKeyException e) {
      throw new IllegalStateException(e);
    }
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
