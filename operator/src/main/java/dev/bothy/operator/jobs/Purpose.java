package dev.bothy.operator.jobs;

import dev.bothy.operator.api.BothySpec;
import dev.bothy.operator.api.BothySpec.KeyRef;
import dev.bothy.operator.api.BothySpec.Mail;
import dev.bothy.operator.api.BothySpec.Provisioning;
import dev.bothy.operator.api.BothySpec.Trial;
import dev.bothy.operator.api.StorageSpec;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What a pod of the server's image is for, and which secrets it gets for that: no more than it
/// needs.
public enum Purpose {
  SERVE("server", List.of()) {
    @Override
    public Map<String, KeyRef> secrets(BothySpec spec) {
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
      addStorageKeys(spec, secrets);
      return secrets;
    }
  },
  /// In a trial: makes roles and database, as a DBA does elsewhere.
  PREPARE_DATABASE("prepare-database", List.of("prepare-database")) {
    @Override
    public Map<String, KeyRef> secrets(BothySpec spec) {
      Map<String, KeyRef> secrets = MIGRATE.secrets(spec);
      addAppPassword(spec, secrets);
      addBackupPassword(spec, secrets);
      Trial trial = spec.trial();
      if (trial != null) {
        secrets.put(
            "bothy.prepare.admin-password", new KeyRef(trial.secret(), TRIAL_POSTGRES_PASSWORD));
      }
      return secrets;
    }

    @Override
    public List<String> arguments(BothySpec spec) {
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
    public Map<String, KeyRef> secrets(BothySpec spec) {
      Map<String, KeyRef> secrets = new LinkedHashMap<>();
      addClientSecret(spec, secrets);
      Trial trial = spec.trial();
      if (trial != null) {
        secrets.put(
            "bothy.keycloak.admin-password", new KeyRef(trial.secret(), TRIAL_KEYCLOAK_PASSWORD));
      }
      return secrets;
    }
  },
  PREFLIGHT("preflight", List.of("preflight", Report.ARGUMENT)) {
    @Override
    public Map<String, KeyRef> secrets(BothySpec spec) {
      Map<String, KeyRef> secrets = MIGRATE.secrets(spec);
      secrets.putAll(SERVE.secrets(spec));
      return secrets;
    }
  },
  MIGRATE("migrate", List.of("migrate")) {
    @Override
    public Map<String, KeyRef> secrets(BothySpec spec) {
      Map<String, KeyRef> secrets = new LinkedHashMap<>();
      secrets.put("spring.flyway.password", spec.database().migratePassword());
      return secrets;
    }
  },
  /// Reads the database, as a role that may do nothing else, and writes to the store.
  BACKUP("backup", List.of("backup", Report.ARGUMENT)) {
    @Override
    public Map<String, KeyRef> secrets(BothySpec spec) {
      Map<String, KeyRef> secrets = new LinkedHashMap<>();
      addBackupPassword(spec, secrets);
      addStorageKeys(spec, secrets);
      return secrets;
    }
  },
  /// Writes the database as the role that owns the schema; before that it backs up what is there.
  RESTORE("restore", List.of("restore", Report.ARGUMENT)) {
    @Override
    public Map<String, KeyRef> secrets(BothySpec spec) {
      Map<String, KeyRef> secrets = BACKUP.secrets(spec);
      secrets.putAll(MIGRATE.secrets(spec));
      return secrets;
    }
  },
  /// Says go after a restore, as the role that serves.
  RELEASE("restore", List.of("release", Report.ARGUMENT)) {
    @Override
    public Map<String, KeyRef> secrets(BothySpec spec) {
      Map<String, KeyRef> secrets = new LinkedHashMap<>();
      addAppPassword(spec, secrets);
      return secrets;
    }
  },
  /// Restores into a database of its own, so it gets no password of the installation's.
  DRILL("drill", List.of("drill", Report.ARGUMENT)) {
    @Override
    public Map<String, KeyRef> secrets(BothySpec spec) {
      Map<String, KeyRef> secrets = new LinkedHashMap<>();
      addStorageKeys(spec, secrets);
      return secrets;
    }
  };

  /// Keys in the Secret of a trial.
  public static final String TRIAL_POSTGRES_PASSWORD = "postgres-password";

  public static final String TRIAL_KEYCLOAK_PASSWORD = "keycloak-admin-password";

  /// Where a tool leaves what it found: the termination message of its container.
  private static final class Report {
    static final String ARGUMENT = "--report=/dev/termination-log";
  }

  private static final String APP_PASSWORD = "spring.datasource.password";

  private final String component;
  private final List<String> arguments;

  Purpose(String component, List<String> arguments) {
    this.component = component;
    this.arguments = arguments;
  }

  public String component() {
    return component;
  }

  public List<String> arguments(BothySpec spec) {
    return arguments;
  }

  /// The secrets by the setting that each is for.
  public abstract Map<String, KeyRef> secrets(BothySpec spec);

  /// Whether it opens what was encrypted, or signs in to Vault for another reason.
  boolean needsKey() {
    return switch (this) {
      case SERVE, PREFLIGHT, BACKUP, RESTORE, RELEASE, DRILL -> true;
      case PREPARE_DATABASE, REALM, MIGRATE -> false;
    };
  }

  /// Whether it reads or writes what is outside of the database.
  boolean needsStorage() {
    return switch (this) {
      case SERVE, PREFLIGHT, BACKUP, RESTORE, DRILL -> true;
      case PREPARE_DATABASE, REALM, MIGRATE, RELEASE -> false;
    };
  }

  /// Whether all it does is to pass rows on.
  boolean copiesRows() {
    return switch (this) {
      case BACKUP, RESTORE -> true;
      case SERVE, PREPARE_DATABASE, REALM, PREFLIGHT, MIGRATE, RELEASE, DRILL -> false;
    };
  }

  /// Where Vault makes the login there is none.
  private static void addAppPassword(BothySpec spec, Map<String, KeyRef> secrets) {
    KeyRef password = spec.database().appPassword();
    if (password != null) {
      secrets.put(APP_PASSWORD, password);
    }
  }

  private static void addBackupPassword(BothySpec spec, Map<String, KeyRef> secrets) {
    KeyRef password = spec.database().backupPassword();
    if (password != null) {
      secrets.put("bothy.backup.password", password);
    }
  }

  private static void addStorageKeys(BothySpec spec, Map<String, KeyRef> secrets) {
    StorageSpec storage = spec.storage();
    if (storage == null) {
      return;
    }
    if (storage.accessKey() != null) {
      secrets.put("bothy.storage.access-key", storage.accessKey());
    }
    if (storage.secretKey() != null) {
      secrets.put("bothy.storage.secret-key", storage.secretKey());
    }
  }

  private static void addClientSecret(BothySpec spec, Map<String, KeyRef> secrets) {
    KeyRef secret = spec.signOn().clientSecret();
    if (secret != null) {
      secrets.put("bothy.sign-on.client-secret", secret);
    }
  }
}
