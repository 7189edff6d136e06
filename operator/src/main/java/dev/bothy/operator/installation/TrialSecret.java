package dev.bothy.operator.installation;

import dev.bothy.operator.api.Bothy;
import dev.bothy.operator.api.BothySpec.Trial;
import dev.bothy.operator.jobs.Names;
import dev.bothy.operator.jobs.Purpose;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;

/// What the services of a trial keep secret, made once. It belongs to nobody, so it stays when the
/// installation goes: the volumes that stay as well cannot be read without it.
final class TrialSecret {
  private static final String[] PASSWORDS = {
    Purpose.TRIAL_POSTGRES_PASSWORD,
    "app-password",
    "migrate-password",
    "backup-password",
    "keycloak-database-password",
    Purpose.TRIAL_KEYCLOAK_PASSWORD,
    "client-secret",
    "owner-password",
  };
  private static final String OPENBAO_SEAL_KEY = "openbao-seal-key";
  private static final int KEY_BYTES = 32;

  /// Letters and digits that nobody takes for each other: people type the owner's password.
  private static final String LETTERS = "abcdefghjkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789";

  private static final int PASSWORD_LENGTH = 24;

  private final SecureRandom random = new SecureRandom();

  void ensure(KubernetesClient client, Bothy bothy, Trial trial) {
    String namespace = bothy.getMetadata().getNamespace();
    if (client.secrets().inNamespace(namespace).withName(trial.secret()).get() != null) {
      return;
    }
    Secret secret =
        new SecretBuilder()
            .withNewMetadata()
            .withName(trial.secret())
            .withNamespace(namespace)
            .withLabels(Names.labels("trial"))
            .endMetadata()
            .withType("Opaque")
            .withImmutable(true)
            .withStringData(values())
            .build();
    try {
      client.resource(secret).create();
    } catch (KubernetesClientException e) {
      // 409: somebody made it in between.
      if (e.getCode() != 409) {
        throw e;
      }
    }
  }

  private Map<String, String> values() {
    Map<String, String> values = new LinkedHashMap<>();
    for (String name : PASSWORDS) {
      StringBuilder password = new StringBuilder(PASSWORD_LENGTH);
      for (int i = 0; i < PASSWORD_LENGTH; i++) {
        password.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
      }
      values.put(name, password.toString());
    }
    byte[] key = new byte[KEY_BYTES];
    random.nextBytes(key);
    values.put(OPENBAO_SEAL_KEY, Base64.getEncoder().encodeToString(key));
    return values;
  }
}
