package dev.bothy.operator.jobs;

import dev.bothy.operator.api.BackupPolicy;
import dev.bothy.operator.api.BothySpec;
import dev.bothy.operator.api.BothySpec.Database;
import dev.bothy.operator.api.BothySpec.Egress;
import dev.bothy.operator.api.BothySpec.Groups;
import dev.bothy.operator.api.BothySpec.Hsts;
import dev.bothy.operator.api.BothySpec.Keys;
import dev.bothy.operator.api.BothySpec.Keys.Provider;
import dev.bothy.operator.api.BothySpec.Mail;
import dev.bothy.operator.api.BothySpec.MailSecurity;
import dev.bothy.operator.api.BothySpec.Mode;
import dev.bothy.operator.api.BothySpec.Privacy;
import dev.bothy.operator.api.BothySpec.Provisioning;
import dev.bothy.operator.api.BothySpec.Proxy;
import dev.bothy.operator.api.BothySpec.SignOn;
import dev.bothy.operator.api.BothySpec.Tls;
import dev.bothy.operator.api.BothySpec.Vault;
import dev.bothy.operator.api.BothySpec.Workspace;
import dev.bothy.operator.api.Keep;
import dev.bothy.operator.api.StorageSpec;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The server's settings as the specification says them: a function of it and nothing else. Secrets
/// are not among them; the pods get those as files.
///
/// The names are the server's, from its `docs/reference/configuration.md`.
public final class ServerSettings {
  public static final int PORT = 8080;
  public static final int MANAGEMENT_PORT = 8081;
  public static final String SECRETS = "/etc/bothy-secrets/";
  public static final String KEY_FILE = "/etc/bothy-keys/local-key";
  public static final String VAULT_TOKEN_FILE = "/etc/bothy-vault/token";
  public static final String CA_FILE = "/etc/bothy-ca/ca.crt";
  public static final String LEDGER = "/var/bothy-ledger";
  public static final String STORAGE = "/var/bothy-storage";

  private static final int POSTGRES_PORT = 5432;

  private final Map<String, Object> settings = new TreeMap<>();

  private ServerSettings(BothySpec spec) {
    put("spring.config.import", "configtree:" + SECRETS);
    put("server.port", PORT);
    put("management.server.port", MANAGEMENT_PORT);
    installation(spec);
    signOn(spec.signOn());
    database(spec);
    keys(spec);
    egress(spec);
    Privacy privacy = spec.privacy();
    put("bothy.privacy.ledger", privacy == null || privacy.ledger() == null ? null : LEDGER);
    mail(spec.mail());
    storage(spec.storage());
    backup(spec.backup());
  }

  /// The settings by name, in order.
  public static Map<String, Object> of(BothySpec spec) {
    Map<String, Object> all = new TreeMap<>(spec.settings());
    all.putAll(new ServerSettings(spec).settings);
    return all;
  }

  /// The settings as the file that the server reads.
  public static String yaml(BothySpec spec) {
    return Serialization.asYaml(of(spec)).replaceFirst("^---\n", "");
  }

  /// Those of `spec.settings` that a field of the specification decides already.
  public static List<String> decidedElsewhere(BothySpec spec) {
    Map<String, Object> derived = new ServerSettings(spec).settings;
    return spec.settings().keySet().stream()
        .filter(name -> derived.keySet().stream().anyMatch(own -> overlap(own, name)))
        .sorted()
        .toList();
  }

  private static boolean overlap(String own, String other) {
    return own.equals(other) || other.startsWith(own + "[") || own.startsWith(other + ".");
  }

  private void installation(BothySpec spec) {
    put("bothy.installation.mode", spec.mode() == Mode.Trial ? "trial" : "production");
    put("bothy.installation.public-address", spec.publicAddress());
    Workspace workspace = spec.workspace();
    put("bothy.installation.workspace-slug", workspace == null ? null : workspace.slug());
    put("bothy.installation.workspace-name", workspace == null ? null : workspace.name());
    put("bothy.installation.first-owner", spec.firstOwner());
    put("bothy.installation.trusted-proxies", spec.trustedProxies());
    Hsts hsts = spec.hsts();
    put("bothy.installation.hsts", hsts == null ? null : hsts.enabled());
    put(
        "bothy.installation.hsts-include-subdomains",
        hsts == null ? null : hsts.includeSubdomains());
    put("bothy.installation.ca-bundle", spec.caBundle() == null ? null : CA_FILE);
  }

  private void signOn(SignOn signOn) {
    put("bothy.sign-on.issuer", signOn.issuer());
    put("bothy.sign-on.internal-issuer", signOn.internalIssuer());
    put("bothy.sign-on.client-id", signOn.clientId());
    Groups groups = signOn.groups();
    if (groups != null) {
      put("bothy.sign-on.owner-group", groups.owners());
      put("bothy.sign-on.admin-group", groups.admins());
      put("bothy.sign-on.member-group", groups.members());
    }
    Provisioning provisioning = signOn.provisioning();
    if (provisioning != null) {
      put("bothy.keycloak.provisioning", true);
      put("bothy.keycloak.provisioning-client-id", provisioning.clientId());
    }
  }

  private void database(BothySpec spec) {
    String address = jdbcAddress(spec);
    put("spring.datasource.url", address);
    if (spec.database().vaultPath() == null) {
      put("spring.datasource.username", spec.database().appUser());
    } else {
      put("bothy.database.vault-path", spec.database().vaultPath());
    }
    put("spring.flyway.url", address);
    put("spring.flyway.user", spec.database().migrateUser());
    put("bothy.backup.username", spec.database().backupUser());
    // A Job of its own migrates, with a role that the server does not get.
    put("spring.flyway.enabled", false);
  }

  static String jdbcAddress(BothySpec spec) {
    Database database = spec.database();
    String host = database.host().contains(":") ? "[" + database.host() + "]" : database.host();
    int port = database.port() == null ? POSTGRES_PORT : database.port();
    String name = database.name() == null ? "bothy" : database.name();
    String mode =
        switch (database.tls() == null ? Tls.VerifyFull : database.tls()) {
          case VerifyFull -> "?sslmode=verify-full" + authorities(spec);
          case VerifyCa -> "?sslmode=verify-ca" + authorities(spec);
          case Disable -> "?sslmode=disable";
        };
    return "jdbc:postgresql://" + host + ":" + port + "/" + name + mode;
  }

  /// The driver looks for a file in the user's home unless told otherwise.
  private static String authorities(BothySpec spec) {
    return spec.caBundle() == null
        ? "&sslfactory=org.postgresql.ssl.DefaultJavaSSLFactory"
        : "&sslrootcert=" + CA_FILE;
  }

  private void keys(BothySpec spec) {
    Keys keys = spec.keys();
    put(
        "bothy.keys.provider",
        name(Objects.requireNonNullElse(keys.provider(), Provider.LocalFile)));
    put(
        "bothy.keys.other-provider",
        keys.otherProvider() == null ? null : name(keys.otherProvider()));
    if (keys.uses(Provider.LocalFile)) {
      put("bothy.keys.local-file", KEY_FILE);
      // Whoever names a Secret for the key wants it so.
      put("bothy.keys.allow-local-file-in-production", true);
    }
    Vault vault = spec.vault();
    if (keys.uses(Provider.Vault) && vault != null) {
      put("bothy.keys.transit-path", keys.transitPath());
      put("spring.cloud.vault.enabled", true);
      put("spring.cloud.vault.uri", vault.address());
      put("spring.cloud.vault.namespace", vault.namespace());
      put("spring.cloud.vault.authentication", "KUBERNETES");
      put("spring.cloud.vault.kubernetes.role", vault.role());
      put("spring.cloud.vault.kubernetes.kubernetes-path", vault.authPath());
      put("spring.cloud.vault.kubernetes.service-account-token-file", VAULT_TOKEN_FILE);
    }
  }

  /// As the server's settings say it.
  private static String name(Provider provider) {
    return switch (provider) {
      case LocalFile -> "local-file";
      case Vault -> "vault";
    };
  }

  private void egress(BothySpec spec) {
    put("bothy.egress.region", spec.region());
    put("bothy.egress.allowed-regions", spec.allowedRegions());
    Egress egress = spec.egress();
    put("bothy.egress.on-premises-hosts", onPremises(spec));
    if (egress != null) {
      put("bothy.egress.on-premises-cidrs", egress.onPremisesCidrs());
      put(
          "bothy.egress.destinations",
          egress.destinations().stream()
              .map(each ->
                  new TreeMap<>(
                      Map.of(
                          "origin",
                          each.origin(),
                          "owner",
                          each.owner(),
                          "purpose",
                          each.purpose(),
                          "region",
                          each.region())))
              .toList());
    }
    Proxy proxy = spec.proxy();
    if (proxy != null) {
      put("bothy.egress.proxy", proxy.address());
      put("bothy.egress.proxy-except", proxy.except());
    }
  }

  private void mail(@Nullable Mail mail) {
    if (mail == null) {
      return;
    }
    put("bothy.mail.host", mail.host());
    put("bothy.mail.port", mail.port());
    put("bothy.mail.from", mail.from());
    put("bothy.mail.username", mail.username());
    put(
        "bothy.mail.security",
        switch (mail.security() == null ? MailSecurity.StartTls : mail.security()) {
          case StartTls -> "starttls";
          case Tls -> "tls";
        });
  }

  private void storage(@Nullable StorageSpec storage) {
    if (storage == null) {
      return;
    }
    switch (storage.kind()) {
      case Folder -> {
        put("bothy.storage.kind", "folder");
        put("bothy.storage.folder", STORAGE);
      }
      case S3 -> {
        put("bothy.storage.kind", "s3");
        put("bothy.storage.endpoint", storage.endpoint());
        put("bothy.storage.bucket", storage.bucket());
        put("bothy.storage.prefix", storage.prefix());
        put("bothy.storage.s3-region", storage.s3Region());
        put("bothy.storage.path-style", storage.pathStyle());
        put("bothy.storage.region", storage.region());
        put("bothy.storage.object-lock-days", storage.objectLockDays());
        put("bothy.storage.object-lock-mode", lockMode(storage));
      }
    }
  }

  private void backup(@Nullable BackupPolicy backup) {
    Keep keep = backup == null ? null : backup.keep();
    if (keep != null) {
      put("bothy.backup.keep-daily", keep.daily());
      put("bothy.backup.keep-weekly", keep.weekly());
      put("bothy.backup.keep-monthly", keep.monthly());
    }
  }

  private static @Nullable String lockMode(StorageSpec storage) {
    return storage.objectLockMode() == null
        ? null
        : switch (storage.objectLockMode()) {
          case Compliance -> "compliance";
          case Governance -> "governance";
        };
  }

  /// What IT lists, and the trial's own Keycloak and OpenBao, which are in the namespace.
  private static List<String> onPremises(BothySpec spec) {
    List<String> hosts =
        new ArrayList<>(spec.egress() == null ? List.of() : spec.egress().onPremisesHosts());
    if (spec.mode() == Mode.Trial) {
      String issuer =
          spec.signOn().internalIssuer() == null
              ? spec.signOn().issuer()
              : spec.signOn().internalIssuer();
      hosts.add(origin(issuer));
      if (spec.vault() != null) {
        hosts.add(origin(spec.vault().address()));
      }
    }
    return hosts;
  }

  private static String origin(String text) {
    URI address = URI.create(text);
    return address.getScheme() + "://" + address.getRawAuthority();
  }

  private void put(String name, @Nullable Object value) {
    if (value == null || value instanceof List<?> list && list.isEmpty()) {
      return;
    }
    settings.put(name, value);
  }
}
