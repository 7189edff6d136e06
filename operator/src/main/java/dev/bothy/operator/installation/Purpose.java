package dev.bothy.operator.installation;

import dev.bothy.operator.api.BothySpec;
import dev.bothy.operator.api.BothySpec.KeyRef;
import dev.bothy.operator.api.BothySpec.Mail;
import dev.bothy.operator.api.BothySpec.Provisioning;
import dev.bothy.operator.api.BothySpec.Trial;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What a pod of the server's image is for, and which secrets it gets for that: no more than it
/// needs.
enum Purpose {
  SERVE("server", List.of()) {
    @Override
    Map<String, KeyRef> secrets(BothySpec spec) {
      Map<String, KeyRef> secrets = new LinkedHashMap<>();
      addAppPassword(spec, secrets);
      addClientSecret(spec, secrets);
      Provisioning provisioning = spec.signOn().provisioning();
      if (provisioning != null) {
        secrets.put("bothy.keycloak.provisioning-client-secret", provisioning.clientSecret());
      }
      Mail mail = spec.mail();
      if (mail != null && mail.password() != null) {
        secrets.put("bothy.mail.password", mail.password());
      }
      return secrets;
    }
  },
  /// In a trial: makes roles and database, as a DBA does elsewhere.
  PREPARE_DATABASE("prepare-database", List.of("prepare-database")) {
    @Override
    Map<String, KeyRef> secrets(BothySpec spec) {
      Map<String, KeyRef> secrets = MIGRATE.secrets(spec);
      addAppPassword(spec, secrets);
      Trial trial = spec.trial();
      if (trial != null) {
        secrets.put(
            "bothy.prepare.admin-password",
            new KeyRef(TrialSecret.nameOf(trial), TrialSecret.POSTGRES_PASSWORD));
      }
      return secrets;
    }

    @Override
    List<String> arguments(BothySpec spec) {
      Trial trial = spec.trial();
      return trial == null || trial.databaseAdminUser() == null
          ? super.arguments(spec)
          : List.of("prepare-database", "--admin-user=" + trial.databaseAdminUser());
    }
  },
  /// In a trial: makes the client in its Keycloak and what goes with it, as the realm's keeper does
  /// elsewhere.
  REALM(
      "realm",
      List.of(
          "realm",
          "--apply",
          "--bothy.keycloak.admin-username=admin",
          "--bothy.keycloak.back-channel-address=http://bothy",
          "--bothy.keycloak.guard=true")) {
    @Override
    Map<String, KeyRef> secrets(BothySpec spec) {
      Map<String, KeyRef> secrets = new LinkedHashMap<>();
      addClientSecret(spec, secrets);
      Trial trial = spec.trial();
      if (trial != null) {
        secrets.put(
            "bothy.keycloak.admin-password",
            new KeyRef(TrialSecret.nameOf(trial), TrialSecret.KEYCLOAK_PASSWORD));
      }
      return secrets;
    }
  },
  PREFLIGHT("preflight", List.of("preflight", "--report=/dev/termination-log")) {
    @Override
    Map<String, KeyRef> secrets(BothySpec spec) {
      Map<String, KeyRef> secrets = MIGRATE.secrets(spec);
      secrets.putAll(SERVE.secrets(spec));
      return secrets;
    }
  },
  MIGRATE("migrate", List.of("migrate")) {
    @Override
    Map<String, KeyRef> secrets(BothySpec spec) {
      Map<String, KeyRef> secrets = new LinkedHashMap<>();
      secrets.put("spring.flyway.password", spec.database().migratePassword());
      return secrets;
    }
  };

  private static final String APP_PASSWORD = "spring.datasource.password";

  private final String component;
  private final List<String> arguments;

  Purpose(String component, List<String> arguments) {
    this.component = component;
    this.arguments = arguments;
  }

  String component() {
    return component;
  }

  List<String> arguments(BothySpec spec) {
    return arguments;
  }

  /// The secrets by the setting that each is for.
  abstract Map<String, KeyRef> secrets(BothySpec spec);

  /// Whether it opens what was encrypted.
  boolean needsKey() {
    return this == SERVE || this == PREFLIGHT;
  }

  /// Where Vault makes the login there is none.
  private static void addAppPassword(BothySpec spec, Map<String, KeyRef> secrets) {
    KeyRef password = spec.database().appPassword();
    if (password != null) {
      secrets.put(APP_PASSWORD, password);
    }
  }

  private static void addClientSecret(BothySpec spec, Map<String, KeyRef> secrets) {
    KeyRef secret = spec.signOn().clientSecret();
    if (secret != null) {
      secrets.put("bothy.sign-on.client-secret", secret);
    }
  }
}
