package dev.bothy.operator;

import dev.bothy.operator.api.Bothy;
import io.fabric8.kubernetes.client.utils.Serialization;

/// Resources as people write them.
final class Examples {
  private static final String LOCAL_KEY =
      """
        keys:
          localKey: {name: keys, key: local-key}
      """;
  private static final String PRODUCTION =
      """
      apiVersion: bothy.dev/v1alpha1
      kind: Bothy
      metadata:
        name: bothy
      spec:
        mode: Production
        version: 1.2.3
        image: registry.example.com/bothy-server:1.2.3
        replicas: 2
        publicAddress: https://bothy.example.com
        firstOwner: anna@example.com
        region: eu-central
        signOn:
          issuer: https://login.example.com/realms/bothy
          clientSecret: {name: sign-on, key: client-secret}
        database:
          host: db.example.com
          appPassword: {name: database, key: app}
          migratePassword: {name: database, key: migrate}
      """
          + LOCAL_KEY;

  private static final String STORAGE =
      """
        storage:
          kind: S3
          endpoint: https://s3.example.com
          bucket: bothy-backups
          region: eu-central
          accessKey: {name: storage, key: id}
          secretKey: {name: storage, key: key}
      """;

  private static final String VAULT =
      PRODUCTION.replace(
          LOCAL_KEY,
          """
            keys: {provider: Vault, transitPath: team/transit}
            vault:
              address: https://vault.example.com:8200
              namespace: team
              audience: vault
          """);

  private Examples() {}

  static Bothy production() {
    return with("", "");
  }

  /// One with a line replaced by others.
  static Bothy with(String line, String others) {
    return Serialization.unmarshal(PRODUCTION.replace(line, others), Bothy.class);
  }

  /// One with a store for backups.
  static Bothy withStorage() {
    return Serialization.unmarshal(
        PRODUCTION.replace(
                "migratePassword: {name: database, key: migrate}",
                "migratePassword: {name: database, key: migrate}\n"
                    + "    backupPassword: {name: database, key: backup}")
            + STORAGE,
        Bothy.class);
  }

  /// One whose keys are in Vault.
  static Bothy withVault() {
    return Serialization.unmarshal(VAULT, Bothy.class);
  }

  /// One whose keys go over to Vault from a Secret.
  static Bothy withKeysGoingOver() {
    return Serialization.unmarshal(
        VAULT.replace(
            "provider: Vault",
            "provider: Vault, otherProvider: LocalFile, localKey: {name: keys, key: local-key}"),
        Bothy.class);
  }

  /// One whose database login is from there as well.
  static Bothy withDatabaseLoginFromVault() {
    return Serialization.unmarshal(
        VAULT.replace(
            "appPassword: {name: database, key: app}", "vaultPath: database/creds/bothy-app"),
        Bothy.class);
  }

  /// A trial with this OpenBao.
  static Bothy trial(String openBao) {
    return Serialization.unmarshal(
        PRODUCTION
            .replace("mode: Production", "mode: Trial")
            .replace(
                LOCAL_KEY,
                """
                  keys: {provider: Vault}
                  vault: {address: '%1$s'}
                  trial: {openbaoAddress: '%1$s'}
                """
                    .formatted(openBao)),
        Bothy.class);
  }

  static String yaml() {
    return PRODUCTION;
  }
}
