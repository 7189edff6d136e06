package dev.bothy.operator.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What is wanted. What may be written is said by the annotations, which become the definition's
/// schema; lists and maps that were left out are empty.
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@ValidationRule(
    value = "self.mode == 'Trial' || self.publicAddress.startsWith('https://')",
    fieldPath = ".publicAddress",
    message = "in Production the public address must begin with https://")
@ValidationRule(
    value = "self.mode == 'Trial' || self.signOn.issuer.startsWith('https://')",
    fieldPath = ".signOn.issuer",
    message = "in Production the issuer must begin with https://")
@ValidationRule(
    value =
        "self.mode == 'Trial' || !has(self.signOn.internalIssuer) ||"
            + " self.signOn.internalIssuer.startsWith('https://')",
    fieldPath = ".signOn.internalIssuer",
    message = "in Production the internal issuer must begin with https://")
@ValidationRule(
    value = "self.mode == 'Trial' || self.database.tls != 'Disable'",
    fieldPath = ".database.tls",
    message = "in Production the database must be reached by TLS: VerifyFull or VerifyCa")
@ValidationRule(
    value = "self.mode == 'Trial' || !has(self.vault) || self.vault.address.startsWith('https://')",
    fieldPath = ".vault.address",
    message = "in Production Vault's address must begin with https://")
@ValidationRule(
    value =
        "has(self.vault) == (self.keys.provider == 'Vault' || (has(self.keys.otherProvider) &&"
            + " self.keys.otherProvider == 'Vault'))",
    message =
        "vault must be given when keys.provider or keys.otherProvider is Vault, and only then")
@ValidationRule(
    value = "!has(self.database.vaultPath) || (self.mode != 'Trial' && has(self.vault))",
    fieldPath = ".database.vaultPath",
    message = "vaultPath needs the Vault of keys.provider, and is not for a trial")
@ValidationRule(
    value = "!has(self.storage) || has(self.database.backupPassword)",
    fieldPath = ".database",
    message = "backupPassword must be given with storage: backups read the database with it")
@ValidationRule(
    value =
        "self.mode == 'Trial' || !has(self.storage) || !has(self.storage.endpoint) ||"
            + " self.storage.endpoint.startsWith('https://')",
    fieldPath = ".storage.endpoint",
    message = "in Production the store's endpoint must begin with https://")
@ValidationRule(
    value = "has(self.trial) == (self.mode == 'Trial')",
    message = "trial must be given when mode is Trial, and only then")
@ValidationRule(
    value = "!has(self.settings) || self.settings.all(name, name.startsWith('bothy.'))",
    fieldPath = ".settings",
    message = "settings may only name the server's own, which begin with bothy.")
public record BothySpec(
    @JsonPropertyDescription(
            "Production, or Trial: with services of its own in the namespace, unencrypted links"
                + " inside, not for production.")
        @Required
        Mode mode,
    @JsonPropertyDescription("The product's version, as its images are tagged.")
        @Required
        @Pattern("^[0-9]+\\.[0-9]+\\.[0-9]+([-.][0-9A-Za-z.-]+)?$")
        String version,
    @JsonPropertyDescription("The server's image: registry, name and tag or digest.")
        @Required
        @Size(min = 1, max = 500)
        String image,
    @JsonPropertyDescription("When the image is pulled.") @Default("IfNotPresent")
        @Nullable PullPolicy imagePullPolicy,
    @JsonPropertyDescription("Names of Secrets with the registry's credentials.")
        List<String> imagePullSecrets,
    @JsonPropertyDescription(
            "How many servers run. Leave it out where an autoscaler decides: the operator then does"
                + " not touch it.")
        @Min(1)
        @Max(50)
        @Nullable Integer replicas,
    @JsonPropertyDescription("What the server runs as.") @Default("bothy-server")
        @Nullable String serviceAccountName,
    @JsonPropertyDescription(
            "Where browsers reach Bothy, without a path, e.g. https://bothy.example.com")
        @Required
        @Pattern("^https?://[^/?#]+$")
        String publicAddress,
    @JsonPropertyDescription("The first workspace.") @Nullable Workspace workspace,
    @JsonPropertyDescription(
            "User name or verified e-mail address of the first owner, as Keycloak knows it.")
        @Required
        @Size(min = 1, max = 200)
        String firstOwner,
    @JsonPropertyDescription("Where this installation runs, e.g. eu-central.")
        @Required
        @Pattern("^[a-z0-9][a-z0-9-]{0,39}$")
        String region,
    @JsonPropertyDescription("Further regions that data may go to.") List<String> allowedRegions,
    @JsonPropertyDescription("Sign-on at Keycloak.") @Required SignOn signOn,
    @JsonPropertyDescription("PostgreSQL.") @Required Database database,
    @JsonPropertyDescription("What encrypts.") @Required Keys keys,
    @JsonPropertyDescription("The Vault, or OpenBao, of keys.provider or keys.otherProvider Vault.")
        @Nullable Vault vault,
    @JsonPropertyDescription("Outbound calls.") @Nullable Egress egress,
    @JsonPropertyDescription("The proxy through which outbound calls go.") @Nullable Proxy proxy,
    @JsonPropertyDescription("The mail relay; without one no mail is sent.") @Nullable Mail mail,
    @JsonPropertyDescription(
            "Certificates of your own authorities, trusted beside the public ones: a key of a"
                + " ConfigMap.")
        @Nullable KeyRef caBundle,
    @JsonPropertyDescription(
            "CIDRs of the proxies in front of Bothy; X-Forwarded headers of anybody else are"
                + " ignored.")
        List<@Pattern("^[0-9a-fA-F.:]+/[0-9]+$") String> trustedProxies,
    @JsonPropertyDescription("Strict-Transport-Security.") @Nullable Hsts hsts,
    @JsonPropertyDescription("What is asked of privacy.") @Nullable Privacy privacy,
    @JsonPropertyDescription(
            "Where backups go, and what must be outside of the database; without it there are no"
                + " backups.")
        @Nullable StorageSpec storage,
    @JsonPropertyDescription("What holds for all backups.") @Nullable BackupPolicy backup,
    @JsonPropertyDescription("Any other setting of the server, by its name: bothy.…")
        Map<String, String> settings,
    @JsonPropertyDescription("How the server's pods run.") @Nullable Pod pod,
    @JsonPropertyDescription("The services of a trial.") @Nullable Trial trial) {

  /// A path in Vault, without slashes around it.
  private static final String MOUNT = "^[A-Za-z0-9_-]+(/[A-Za-z0-9_-]+)*$";

  public BothySpec {
    imagePullSecrets = listed(imagePullSecrets);
    allowedRegions = listed(allowedRegions);
    trustedProxies = listed(trustedProxies);
    settings = settings == null ? Map.of() : Map.copyOf(settings);
  }

  private static <T> List<T> listed(@Nullable List<T> list) {
    return list == null ? List.of() : List.copyOf(list);
  }

  public enum Mode {
    Production,
    Trial
  }

  public enum PullPolicy {
    IfNotPresent,
    Always,
    Never
  }

  /// One value in a Secret or a ConfigMap.
  public record KeyRef(
      @JsonPropertyDescription("Name of the Secret or ConfigMap.") @Required @Size(min = 1)
          String name,
      @JsonPropertyDescription("The key in it.") @Required @Size(min = 1) String key) {}

  /// The workspace that is made at the first start.
  public record Workspace(
      @JsonPropertyDescription("As addresses name it.")
          @Default("main")
          @Pattern("^[a-z0-9][a-z0-9-]{1,39}$")
          @Nullable String slug,
      @JsonPropertyDescription("As people read it.") @Default("Main") @Size(min = 1, max = 80)
          @Nullable String name) {}

  /// The realm of a Keycloak and this installation's client in it.
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record SignOn(
      @JsonPropertyDescription(
              "The realm as browsers reach it, e.g. https://login.example.com/realms/bothy")
          @Required
          @Pattern("^https?://[^?#]+[^/?#]$")
          String issuer,
      @JsonPropertyDescription("The same realm as the server reaches it, if that differs.")
          @Pattern("^https?://[^?#]+[^/?#]$")
          @Nullable String internalIssuer,
      @JsonPropertyDescription("The client.") @Default("bothy") @Nullable String clientId,
      @JsonPropertyDescription("The client's secret; left out for a public client.")
          @Nullable KeyRef clientSecret,
      @JsonPropertyDescription("Which groups are whose.") @Nullable Groups groups,
      @JsonPropertyDescription(
              "Lets users of Keycloak follow the members that directories describe.")
          @Nullable Provisioning provisioning) {}

  /// The client that keeps users in Keycloak up to date.
  public record Provisioning(
      @JsonPropertyDescription("The client.") @Default("bothy-users") @Nullable String clientId,
      @JsonPropertyDescription("The client's secret.") @Required KeyRef clientSecret) {}

  /// Keycloak's groups that carry roles of the first workspace.
  public record Groups(
      @Default("bothy-owners") @Nullable String owners,
      @Default("bothy-admins") @Nullable String admins,
      @Default("bothy-members") @Nullable String members) {}

  /// PostgreSQL as the server and the migrations reach it.
  @ValidationRule(
      value = "has(self.appPassword) != has(self.vaultPath)",
      message =
          "one of appPassword and vaultPath must be given: the server's login is in a Secret, or"
              + " Vault's database engine makes it")
  public record Database(
      @JsonPropertyDescription("Host name or address.") @Required @Pattern("^[A-Za-z0-9.:_-]+$")
          String host,
      @Default("5432") @Min(1) @Max(65_535) @Nullable Integer port,
      @JsonPropertyDescription("The database.") @Default("bothy") @Pattern("^[A-Za-z0-9_-]+$")
          @Nullable String name,
      @JsonPropertyDescription("How its certificate is checked.") @Default("VerifyFull")
          @Nullable Tls tls,
      @JsonPropertyDescription("The role that serves.") @Default("bothy_app")
          @Nullable String appUser,
      @JsonPropertyDescription("The Secret with the password of appUser.")
          @Nullable KeyRef appPassword,
      @JsonPropertyDescription(
              "Instead of appPassword, with keys.provider Vault: what the server reads there for its"
                  + " login, e.g. database/creds/bothy-app.")
          @Pattern(MOUNT)
          @Nullable String vaultPath,
      @JsonPropertyDescription("The role that owns the schema; migrations alone use it.")
          @Default("bothy_migrate")
          @Nullable String migrateUser,
      @Required KeyRef migratePassword,
      @JsonPropertyDescription("The role that backups read with.") @Default("bothy_backup")
          @Nullable String backupUser,
      @JsonPropertyDescription("The Secret with the password of backupUser; backups need it.")
          @Nullable KeyRef backupPassword) {}

  public enum Tls {
    VerifyFull,
    VerifyCa,
    Disable
  }

  /// What wraps the data keys.
  @JsonInclude(JsonInclude.Include.NON_NULL)
  @ValidationRule(
      value = "!has(self.otherProvider) || self.otherProvider != self.provider",
      message = "otherProvider must be another one than provider, or left out")
  @ValidationRule(
      value = "self.provider == 'Vault' || has(self.localKey)",
      message = "localKey must be given when provider is LocalFile: the Secret with the key")
  @ValidationRule(
      value =
          "self.provider != 'Vault' || has(self.localKey) == (has(self.otherProvider) &&"
              + " self.otherProvider == 'LocalFile')",
      message =
          "localKey must be left out when provider is Vault, since the keys are there, and given"
              + " while otherProvider is LocalFile")
  @ValidationRule(
      value = "self.provider == 'Vault' || has(self.otherProvider) || !has(self.transitPath)",
      message = "transitPath is for the provider Vault alone")
  public record Keys(
      @JsonPropertyDescription(
              "LocalFile: a key in a Secret. Vault: the Transit engine of spec.vault.")
          @Default("LocalFile")
          @Nullable Provider provider,
      @JsonPropertyDescription(
              "On the way from one provider to another the one that is not provider: what it wrapped"
                  + " is unwrapped too, and wrapped anew by provider. docs/reference/keys.md has the"
                  + " three steps.")
          @Nullable Provider otherProvider,
      @JsonPropertyDescription(
              "With LocalFile: one line of base64 of 32 bytes in a Secret. Who loses it loses what"
                  + " was encrypted.")
          @Nullable KeyRef localKey,
      @JsonPropertyDescription("With Vault: where Transit is mounted; transit if left out.")
          @Pattern(MOUNT)
          @Nullable String transitPath) {
    public enum Provider {
      LocalFile,
      Vault
    }

    /// Whether it is one of the providers.
    public boolean uses(Provider which) {
      return which == (provider == null ? Provider.LocalFile : provider) || which == otherProvider;
    }
  }

  /// A Vault, or an OpenBao, and how the server signs in there: with a token of its ServiceAccount.
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Vault(
      @JsonPropertyDescription("e.g. https://vault.example.com:8200")
          @Required
          @Pattern("^https?://[^/?#]+$")
          String address,
      @JsonPropertyDescription("A namespace of Vault; left out where there are none.")
          @Pattern(MOUNT)
          @Nullable String namespace,
      @JsonPropertyDescription("The role of the Kubernetes sign-in.")
          @Default("bothy-server")
          @Pattern("^[A-Za-z0-9._-]+$")
          @Nullable String role,
      @JsonPropertyDescription("Where the Kubernetes sign-in is mounted.")
          @Default("kubernetes")
          @Pattern(MOUNT)
          @Nullable String authPath,
      @JsonPropertyDescription(
              "For whom the ServiceAccount's token is, if the role asks for it; the cluster's API"
                  + " server if left out.")
          @Size(min = 1, max = 500)
          @Nullable String audience) {}

  /// What the server may call besides what it is built for.
  public record Egress(
      @JsonPropertyDescription("Origins in your own network.") List<String> onPremisesHosts,
      @JsonPropertyDescription("The only private ranges that they may lie in, if any are named.")
          List<String> onPremisesCidrs,
      List<Destination> destinations) {
    public Egress {
      onPremisesHosts = listed(onPremisesHosts);
      onPremisesCidrs = listed(onPremisesCidrs);
      destinations = listed(destinations);
    }
  }

  /// An entry of the register of outbound calls.
  public record Destination(
      @Required String origin,
      @Required String owner,
      @Required String purpose,
      @Required String region) {}

  /// A proxy for outbound calls.
  public record Proxy(
      @JsonPropertyDescription("e.g. http://proxy.example.com:3128")
          @Required
          @Pattern("^http://[^/?#]+$")
          String address,
      @JsonPropertyDescription("Hosts that are called without it; .example.com means all below.")
          List<String> except) {
    public Proxy {
      except = listed(except);
    }
  }

  /// A mail relay.
  @ValidationRule(
      value = "has(self.username) == has(self.password)",
      message = "username and password go together")
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Mail(
      @JsonPropertyDescription("Its name, as its certificate has it.")
          @Required
          @Pattern("^[A-Za-z0-9.-]+$")
          String host,
      @JsonPropertyDescription("Its port; 587, or 465 with security Tls, if left out.")
          @Min(1)
          @Max(65_535)
          @Nullable Integer port,
      @JsonPropertyDescription("The sender's address.") @Required @Pattern("^[^@\\s]+@[^@\\s]+$")
          String from,
      @JsonPropertyDescription("How TLS begins.") @Default("StartTls")
          @Nullable MailSecurity security,
      @JsonPropertyDescription("The login, if it asks for one.") @Size(min = 1)
          @Nullable String username,
      @JsonPropertyDescription("The Secret with its password.") @Nullable KeyRef password) {}

  /// How TLS with a mail relay begins.
  public enum MailSecurity {
    /// The relay is asked for it first.
    StartTls,
    /// From the first byte on.
    Tls
  }

  /// Whether browsers are told to come back by https alone.
  public record Hsts(
      @Default("true") @Nullable Boolean enabled,
      @Default("false") @Nullable Boolean includeSubdomains) {}

  /// What is asked of privacy.
  public record Privacy(
      @JsonPropertyDescription(
              "Where erasures are written down outside of the database, so that a restored backup"
                  + " does not bring back what was erased.")
          @Nullable Ledger ledger) {}

  /// A volume that all servers write.
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Ledger(
      @JsonPropertyDescription(
              "A PersistentVolumeClaim that several pods may write (ReadWriteMany), unless there is"
                  + " one server.")
          @Required
          @Size(min = 1, max = 253)
          String existingClaim,
      @JsonPropertyDescription(
              "The group that the volume's files belong to, where the storage gives them to root and"
                  + " the cluster does not choose one.")
          @Min(1)
          @Nullable Long fsGroup) {}

  /// How the server's pods run.
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  public record Pod(
      io.fabric8.kubernetes.api.model.@Nullable ResourceRequirements resources,
      Map<String, String> nodeSelector,
      List<io.fabric8.kubernetes.api.model.Toleration> tolerations,
      @Nullable String priorityClassName) {
    public Pod {
      nodeSelector = nodeSelector == null ? Map.of() : Map.copyOf(nodeSelector);
      tolerations = listed(tolerations);
    }
  }

  /// The services that a trial has in its own namespace.
  public record Trial(
      @JsonPropertyDescription("The Secret that the operator fills once with what they need.")
          @Default("bothy-trial")
          @Nullable String secretName,
      @JsonPropertyDescription("PostgreSQL's superuser, with which roles and database are made.")
          @Default("postgres")
          @Nullable String databaseAdminUser,
      @JsonPropertyDescription("The trial's OpenBao, e.g. http://bothy-trial-openbao:8200")
          @Pattern("^https?://[^/?#]+$")
          @Nullable String openbaoAddress) {
    /// The Secret's name, given or not.
    public String secret() {
      return secretName == null ? "bothy-trial" : secretName;
    }
  }
}
