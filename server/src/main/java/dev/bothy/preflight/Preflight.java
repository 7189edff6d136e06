package dev.bothy.preflight;

import dev.bothy.platform.egress.Destination;
import dev.bothy.platform.egress.Egress;
import dev.bothy.platform.egress.EgressRegister;
import dev.bothy.platform.egress.Origin;
import dev.bothy.platform.egress.Probe;
import dev.bothy.platform.mail.MailProbe;
import dev.bothy.platform.operation.Metrics;
import dev.bothy.platform.operation.ToolContext;
import dev.bothy.platform.people.InstallationSettings;
import dev.bothy.platform.people.SignOnSettings;
import dev.bothy.platform.storage.ObjectStore;
import dev.bothy.platform.storage.StorageProbe;
import dev.bothy.platform.vault.Vault;
import dev.bothy.platform.workspace.Installation;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.cloud.vault.config.VaultAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.Import;
import org.springframework.core.env.Environment;

/// Looks at everything that the settings name, all at once, and says of each what is so and what to
/// do about it.
public final class Preflight {
  private static final int PATIENCE_SECONDS = 45;
  private static final String VAULT_ADDRESS = "spring.cloud.vault.uri";

  private final Environment environment;
  private final Clock clock;
  private final Installation installation;
  private final InstallationSettings addresses;
  private final SignOnSettings signOn;
  private final @Nullable Vault vault;
  private final EgressRegister register;
  private final Egress egress;
  private final Probe probe;
  private final MailProbe mail;
  private final StorageProbe stored;

  private Preflight(ConfigurableApplicationContext context, Clock clock) {
    this.environment = context.getEnvironment();
    this.clock = clock;
    this.installation = context.getBean(Installation.class);
    this.addresses = context.getBean(InstallationSettings.class);
    this.signOn = context.getBean(SignOnSettings.class);
    this.vault = context.getBeanProvider(Vault.class).getIfAvailable();
    this.register = context.getBean(EgressRegister.class);
    this.egress = context.getBean(Egress.class);
    this.probe = egress.probe();
    this.mail = context.getBean(MailProbe.class);
    this.stored = context.getBean(StorageProbe.class);
  }

  /// The guard of outbound calls, the calls to Vault and the store, and nothing else of the server.
  @ComponentScan(basePackageClasses = {Egress.class, ObjectStore.class, Vault.class})
  @ConfigurationPropertiesScan(basePackageClasses = Egress.class)
  @EnableConfigurationProperties({
    Installation.class,
    InstallationSettings.class,
    SignOnSettings.class
  })
  @ImportAutoConfiguration(VaultAutoConfiguration.class)
  @Import(MailProbe.Beans.class)
  private static final class Beans {
    @Bean
    static Metrics metrics() {
      return Metrics.unscraped();
    }

    @Bean
    static Destination identityProvider(SignOnSettings settings) {
      return settings.identityProvider();
    }
  }

  /// @param report the file that gets the result as JSON; null writes none
  /// @param service the running service to look at as well; null looks at none
  /// @param settings each `--name=value`
  /// @param out gets a line for each finding
  /// @return 0 unless something failed, then 1
  public static int run(
      @Nullable Path report,
      @Nullable URI service,
      List<String> settings,
      Clock clock,
      PrintStream out) {
    List<Finding> found;
    try (ConfigurableApplicationContext context =
        ToolContext.start(Beans.class, Map.of(), settings, clock)) {
      Words words = new Words(secrets(context.getEnvironment()));
      found =
          all(new Preflight(context, clock).checks(service)).stream().map(words::shown).toList();
    } catch (RuntimeException e) {
      found = List.of(new Words(List.of()).shown(UnreadableSettings.of(e)));
    }
    found.forEach(finding -> out.println(finding.line()));
    if (report != null) {
      try {
        Files.write(report, Report.json(found));
      } catch (IOException e) {
        out.println(
            Finding.fail(
                    "report",
                    report + " cannot be written",
                    "Give --report a file that the pod's user may write to")
                .line());
        return 1;
      }
    }
    return found.stream().anyMatch(Finding::failed) ? 1 : 0;
  }

  /// Everything that is a secret by its name, in whatever file or variable it stands.
  private static List<String> secrets(Environment environment) {
    return Stream.of(
            "spring.datasource.password",
            "spring.flyway.password",
            "bothy.sign-on.client-secret",
            "bothy.mail.password",
            "bothy.storage.access-key",
            "bothy.storage.secret-key",
            "spring.cloud.vault.token",
            "spring.cloud.vault.app-role.secret-id",
            "bothy.prepare.admin-password",
            "bothy.prepare.role-password")
        .map(environment::getProperty)
        .filter(value -> value != null && !value.isBlank())
        .toList();
  }

  private List<Check> checks(@Nullable URI service) {
    List<Check> checks = new ArrayList<>();
    checks.add(() ->
        List.of(
            Finding.pass(
                "settings",
                "all can be read; the mode is "
                    + installation.mode().name().toLowerCase(Locale.ROOT))));
    Role app = role("spring.datasource", "username");
    Role migrate = role("spring.flyway", "user");
    checks.add(new EncryptedLinks(installation, List.of(app, migrate), signOn));
    // A login from Vault the server gets by itself: what can be seen without it is looked at.
    boolean fromVault = environment.getProperty("bothy.database.vault-path") != null;
    Role seen = fromVault ? migrate : app;
    checks.add(
        new DatabaseReached(seen)
            .then(
                new AppRole(seen, fromVault ? "bothy_app" : null),
                new DatabaseCertificate(seen, probe, clock),
                new DatabaseClock(seen, clock),
                new MigrateRole(migrate).then(new RowSecurity(migrate))));
    SignOnCalls calls = new SignOnCalls(egress);
    URI publicAddress = addresses.publicAddress();
    String redirect = (publicAddress == null ? "" : publicAddress) + "/sign-in/callback";
    checks.add(
        new SignOnDocument(signOn, calls, clock)
            .then(new SignOnClient(signOn, calls, redirect), redirected(calls, publicAddress)));
    places(app)
        .forEach(place ->
            checks.add(
                new NameLookUp(place, probe).then(new ShownCertificate(place, probe, clock))));
    if (publicAddress != null) {
      // It may lead nowhere until there is an ingress, and not from here.
      checks.add(
          new NameLookUp(
              Place.of("bothy.installation.public-address", publicAddress, false), probe));
    }
    checks.add(new Storage(Path.of(System.getProperty("java.io.tmpdir"))));
    checks.addAll(keys());
    checks.add(new MailRelay(mail));
    checks.add(new BackupStorage(stored));
    if (service != null) {
      checks.add(new ServiceAnswers(service, signOn.issuer().toString(), probe));
    }
    return checks;
  }

  /// Of the provider, and on the way from one to another of both.
  private List<Check> keys() {
    return Stream.of(
            environment.getProperty("bothy.keys.provider", "local-file"),
            environment.getProperty("bothy.keys.other-provider", ""))
        .filter(provider -> !provider.isEmpty())
        .map(provider -> provider.equals("vault") ? transitKey() : keyFile())
        .toList();
  }

  private Check keyFile() {
    return new KeyFile(environment.getProperty("bothy.keys.local-file"));
  }

  private Check transitKey() {
    if (vault == null) {
      return () ->
          List.of(
              Finding.fail(
                  "key",
                  "a key provider is vault, but no Vault is named",
                  "Set spring.cloud.vault.enabled=true, and the address and the sign-in that"
                      + " docs/reference/keys.md explains"));
    }
    return new VaultHealth(vaultAddress(), probe)
        .then(
            new TransitKey(
                vault,
                vaultAddress(),
                environment.getProperty("bothy.keys.transit-path", "transit")));
  }

  private URI vaultAddress() {
    return URI.create(environment.getProperty(VAULT_ADDRESS, "https://localhost:8200"));
  }

  private Check redirected(SignOnCalls calls, @Nullable URI publicAddress) {
    return publicAddress == null
        ? List::of
        : new SignOnRedirect(signOn, calls, publicAddress + "/sign-in/callback");
  }

  /// Each host once: of two settings that name it the one that matters more.
  private Set<Place> places(Role app) {
    List<Place> named = new ArrayList<>();
    named.add(new Place(app.setting() + ".url", app.host(), app.port(), false, true));
    probe
        .proxy()
        .map(way -> Origin.parse("http://" + way))
        .ifPresent(way -> named.add(place("bothy.egress.proxy", way, true)));
    URI internal = signOn.internalIssuer();
    if (internal != null) {
      named.add(Place.of("bothy.sign-on.internal-issuer", internal, true));
    }
    named.add(Place.of("bothy.sign-on.issuer", signOn.issuer(), internal == null));
    if (vault != null) {
      named.add(Place.of(VAULT_ADDRESS, vaultAddress(), true));
    }
    for (Destination destination : register.entries()) {
      String setting =
          switch (destination.source()) {
            case BUILT_IN -> "";
            case LISTED -> "bothy.egress.destinations";
            case ON_PREMISES -> "bothy.egress.on-premises-hosts";
          };
      if (!setting.isEmpty() && destination.origin().port() != Origin.ANY_PORT) {
        named.add(place(setting, destination.origin(), false));
      }
    }
    Set<Place> each = new LinkedHashSet<>();
    Set<String> seen = new LinkedHashSet<>();
    for (Place place : named) {
      if (seen.add(place.toString())) {
        each.add(place);
      }
    }
    return each;
  }

  private static Place place(String setting, Origin origin, boolean needed) {
    boolean encrypted = origin.scheme().equals("https") || origin.scheme().equals("wss");
    return new Place(setting, origin.host(), origin.port(), encrypted, needed);
  }

  private Role role(String prefix, String user) {
    return new Role(
        environment.getProperty(prefix + ".url", ""),
        environment.getProperty(prefix + "." + user, ""),
        environment.getProperty(prefix + ".password", ""),
        prefix);
  }

  private static List<Finding> all(List<Check> checks) {
    List<Finding> found = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
      List<Future<List<Finding>>> running = new ArrayList<>();
      checks.forEach(check -> running.add(threads.submit(check::look)));
      for (Future<List<Finding>> each : running) {
        found.addAll(finished(each, deadline - System.nanoTime()));
      }
      threads.shutdownNow();
    }
    return found;
  }

  private static List<Finding> finished(Future<List<Finding>> check, long nanos) {
    try {
      return check.get(Math.max(0, nanos), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      check.cancel(true);
      return List.of(
          Finding.fail(
              "time",
              "a check did not end within " + PATIENCE_SECONDS + " s",
              "Look which of the hosts that the settings name does not answer"));
    } catch (ExecutionException e) {
      return List.of(
          Finding.fail(
              "preflight",
              "a check broke: " + Words.of(e),
              "This is a fault of Bothy's: report it with this line"));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return List.of(Finding.fail("time", "interrupted", "Run the preflight again"));
    }
  }
}
