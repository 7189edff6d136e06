package dev.bothy.realm;

import dev.bothy.platform.egress.Destination;
import dev.bothy.platform.egress.Egress;
import dev.bothy.platform.egress.Origin;
import dev.bothy.platform.kernel.OutOfReach;
import dev.bothy.platform.kernel.StartRefused;
import dev.bothy.platform.keycloak.ClientJson;
import dev.bothy.platform.keycloak.KeycloakAddress;
import dev.bothy.platform.keycloak.KeycloakConnection;
import dev.bothy.platform.keycloak.KeycloakLogin;
import dev.bothy.platform.keycloak.KeycloakSettings;
import dev.bothy.platform.keycloak.PlanLine;
import dev.bothy.platform.keycloak.RealmPlan;
import dev.bothy.platform.keycloak.RealmStep;
import dev.bothy.platform.keycloak.WantedRealm;
import dev.bothy.platform.operation.Metrics;
import dev.bothy.platform.operation.SettingsFailure;
import dev.bothy.platform.operation.ToolContext;
import dev.bothy.platform.people.InstallationSettings;
import dev.bothy.platform.people.SignOnSettings;
import dev.bothy.platform.workspace.Installation;
import dev.bothy.realm.Outcome.Result;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;

/// Shows what a realm lacks of what the settings ask for, and on demand makes it so.
public final class PrepareRealm {
  private final Installation installation;
  private final SignOnSettings signOn;
  private final KeycloakSettings settings;
  private final WantedRealm wanted;
  private final Egress egress;

  private PrepareRealm(ConfigurableApplicationContext context) {
    this.installation = context.getBean(Installation.class);
    this.signOn = context.getBean(SignOnSettings.class);
    this.settings = context.getBean(KeycloakSettings.class);
    this.egress = context.getBean(Egress.class);
    this.wanted = Wanted.of(context.getBean(InstallationSettings.class), signOn, settings);
  }

  /// The guard of outbound calls, and nothing else of the server.
  @ComponentScan(basePackageClasses = Egress.class)
  @ConfigurationPropertiesScan(basePackageClasses = Egress.class)
  @EnableConfigurationProperties({
    Installation.class,
    InstallationSettings.class,
    SignOnSettings.class,
    KeycloakSettings.class
  })
  private static final class Beans {
    @Bean
    static Metrics metrics() {
      return Metrics.unscraped();
    }

    @Bean
    static Destination keycloakAdministration(SignOnSettings signOn, KeycloakSettings settings) {
      return Destination.builtIn(
          Origin.of(address(signOn, settings)).toString(),
          SignOnSettings.IDENTITY_PROVIDER,
          "The realm is brought up to date there.",
          Destination.OWN_REGION);
    }
  }

  /// Shows the client that people sign in through, to be imported.
  ///
  /// @return 0, or 1 if the settings do not say what it should be
  public static int clientJson(List<String> arguments, PrintStream out) {
    try (ConfigurableApplicationContext context =
        ToolContext.start(Beans.class, Map.of(), arguments)) {
      out.print(ClientJson.of(new PrepareRealm(context).wanted.client()));
      return 0;
    } catch (RuntimeException e) {
      out.println(SettingsFailure.of(e).sentence());
      return 1;
    }
  }

  /// @param apply whether what is lacking is made
  /// @param report the file that gets the result as JSON; null writes none
  /// @param arguments settings, each `--name=value`
  /// @param out gets a line for each thing that was looked at
  /// @return what [Result] says
  public static int run(
      boolean apply, @Nullable Path report, List<String> arguments, PrintStream out) {
    Outcome outcome;
    try (ConfigurableApplicationContext context =
        ToolContext.start(Beans.class, Map.of(), arguments)) {
      outcome = new PrepareRealm(context).step(apply, out);
    } catch (RuntimeException e) {
      outcome = Outcome.failed(List.of(), SettingsFailure.of(e).sentence());
    }
    if (!outcome.message().isEmpty()) {
      out.println(outcome.message());
    }
    if (report != null) {
      try {
        Files.writeString(report, outcome.json());
      } catch (IOException e) {
        out.println(report + " cannot be written. Give --report a file that may be written to.");
        return Result.FAILED.code();
      }
    }
    return outcome.result().code();
  }

  private Outcome step(boolean apply, PrintStream out) {
    checkLink();
    KeycloakAddress place = KeycloakAddress.of(signOn.serverIssuer());
    KeycloakLogin login =
        settings
            .adminLogin(place.realm())
            .orElseThrow(() ->
                new StartRefused(
                    "Nobody is named who may look at the realm " + place.realm() + ".",
                    "Give either bothy.keycloak.admin-client-id and -secret, or"
                        + " bothy.keycloak.admin-username and -password."));
    List<PlanLine> shown = List.of();
    try (KeycloakConnection connection =
        new KeycloakConnection(
            address(signOn, settings),
            place.realm(),
            login,
            egress.requestFactory(SignOnSettings.IDENTITY_PROVIDER))) {
      RealmStep step = new RealmStep(connection);
      RealmPlan plan = step.plan(wanted);
      shown = plan.lines();
      shown.forEach(line -> out.println(line.text()));
      if (apply && !plan.isFulfilled()) {
        step.apply(plan);
        plan = step.plan(wanted);
        shown = plan.lines();
        out.println(plan.isFulfilled() ? "Done." : "Something differs again:");
        if (!plan.isFulfilled()) {
          shown.forEach(line -> out.println(line.text()));
        }
      }
      return outcome(plan);
    } catch (OutOfReach e) {
      return Outcome.failed(shown, e.getMessage() + ".");
    }
  }

  private static Outcome outcome(RealmPlan plan) {
    if (!plan.unseen().isEmpty()) {
      return Outcome.failed(
          plan.lines(),
          "Not all could be looked at: give the login the roles that the lines with ? name, or say"
              + " that these are not for Bothy to look after (bothy.keycloak.groups=false,"
              + " bothy.keycloak.events=false, bothy.keycloak.guard=false).");
    }
    return plan.isFulfilled()
        ? new Outcome(Result.FINE, plan.lines(), "The realm is as Bothy needs it.")
        : new Outcome(
            Result.DIFFERS,
            plan.lines(),
            "The realm differs from what Bothy needs; --apply makes it so.");
  }

  private void checkLink() {
    signOn.checkLinks(installation);
    URI address = address(signOn, settings);
    if (installation.production() && !"https".equals(address.getScheme())) {
      throw new StartRefused(
          "bothy.keycloak.admin-address is a plain http address, which is refused in production: "
              + address,
          "Serve Keycloak's administration by https.");
    }
  }

  private static URI address(SignOnSettings signOn, KeycloakSettings settings) {
    URI own = settings.adminAddress();
    return own == null ? KeycloakAddress.of(signOn.serverIssuer()).keycloak() : own;
  }
}
