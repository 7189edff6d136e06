package dev.bothy.platform.chat.slack;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.bothy.platform.audit.Actor;
import dev.bothy.platform.audit.Audit;
import dev.bothy.platform.audit.Subject;
import dev.bothy.platform.chat.Abilities;
import dev.bothy.platform.chat.ChatConnection;
import dev.bothy.platform.chat.ConnectionState;
import dev.bothy.platform.chat.Connections;
import dev.bothy.platform.chat.Features;
import dev.bothy.platform.chat.Network;
import dev.bothy.platform.kernel.PersonId;
import dev.bothy.platform.kernel.Problem;
import dev.bothy.platform.kernel.WorkspaceId;
import dev.bothy.platform.workspace.Workspaces;
import java.net.URI;
import java.net.URLEncoder;
import java.time.Clock;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import tools.jackson.databind.JsonNode;

/// Installs the workspace's Slack app into Slack workspaces and organisations through OAuth
/// (docs.slack.dev/authentication/installing-with-oauth). Called outside of any transaction.
@Service
public class SlackInstalls {
  private static final Pattern CLIENT_ID = Pattern.compile("[0-9]{1,30}\\.[0-9]{1,30}");
  private static final Pattern CLIENT_SECRET = Pattern.compile("[A-Za-z0-9]{16,128}");

  private final SlackApi api;
  private final SlackApps apps;
  private final SlackDepartures departures;
  private final SlackIntroduction introduction;
  private final SlackRoster roster;
  private final Connections connections;
  private final Features features;
  private final Abilities abilities;
  private final SlackSettings settings;
  private final Workspaces workspaces;
  private final Audit audit;
  private final Clock clock;

  SlackInstalls(
      SlackApi api,
      SlackApps apps,
      SlackDepartures departures,
      SlackIntroduction introduction,
      SlackRoster roster,
      Connections connections,
      Features features,
      Abilities abilities,
      SlackSettings settings,
      Workspaces workspaces,
      Audit audit,
      Clock clock) {
    this.api = api;
    this.apps = apps;
    this.departures = departures;
    this.introduction = introduction;
    this.roster = roster;
    this.connections = connections;
    this.features = features;
    this.abilities = abilities;
    this.settings = settings;
    this.workspaces = workspaces;
    this.audit = audit;
    this.clock = clock;
  }

  /// What an admin copied from the app's page "Basic Information".
  ///
  /// @param appToken empty when Slack calls us over HTTP
  public record Credentials(
      String clientId, String clientSecret, String signingSecret, String appToken) {
    @Override
    public String toString() {
      return "Credentials(" + clientId + ")";
    }
  }

  /// Where to send the browser, and what it must bring back as a cookie.
  public record Departure(URI address, String browserSecret) {
    @Override
    public String toString() {
      return "Departure(…)";
    }
  }

  /// With what somebody came back from Slack; each may be empty.
  public record Arrival(String state, String code, String error, String browserSecret) {
    @Override
    public String toString() {
      return "Arrival(…)";
    }
  }

  /// What became of an installation.
  public sealed interface Outcome {
    /// It is connected.
    record Done(ChatConnection connection) implements Outcome {}

    /// Nothing was saved.
    record Refused(Problem problem) implements Outcome {}
  }

  /// The client id of the workspace's app; empty when it has none.
  public Optional<String> clientId(WorkspaceId workspace) {
    return workspaces.inWorkspace(workspace, () -> apps.find().map(SlackApp::clientId));
  }

  /// Keeps the app's secrets, also for the installations that there are.
  ///
  /// @return what is wrong with them; empty when they were saved
  public Optional<Problem> saveApp(WorkspaceId workspace, PersonId admin, Credentials credentials) {
    Optional<Problem> wrong = check(credentials);
    if (wrong.isPresent()) {
      return wrong;
    }
    String appToken = credentials.appToken().isEmpty() ? null : credentials.appToken();
    if (appToken != null) {
      Optional<Problem> refused = SlackPasting.refusedAppToken(api, appToken);
      if (refused.isPresent()) {
        return refused;
      }
    }
    workspaces.inWorkspace(
        workspace,
        () -> {
          SlackApp saved =
              apps.save(
                  credentials.clientId(),
                  credentials.clientSecret(),
                  credentials.signingSecret(),
                  appToken);
          roster.all().stream()
              .filter(each -> !(each.state() instanceof ConnectionState.Ended))
              .forEach(each ->
                  connections.editSecrets(
                      each.connection().id(), stored -> ofApp(stored, credentials, appToken)));
          audit.record(
              new Actor.Person(admin), "slack.app-saved", Subject.of("slack.app", saved.id()));
        });
    return Optional.empty();
  }

  /// Sends somebody to Slack. Empty when the workspace has no app.
  ///
  /// @param back the address that Slack sends them back to, as the manifest names it
  public Optional<Departure> depart(WorkspaceId workspace, PersonId admin, URI back) {
    return workspaces.inWorkspace(
        workspace,
        () ->
            apps.find()
                .map(app -> {
                  SlackDepartures.Ticket ticket = departures.leave(admin);
                  String scopes =
                      SlackManifest.asked(features.all(), abilities.switchedOn(Network.SLACK))
                          .stream()
                          .map(SlackManifest.Scope::name)
                          .collect(Collectors.joining(","));
                  URI address =
                      URI.create(
                          settings.authorizeAddress()
                              + "?client_id="
                              + encode(app.clientId())
                              + "&scope="
                              + encode(scopes)
                              + "&state="
                              + encode(ticket.state())
                              + "&redirect_uri="
                              + encode(back.toString()));
                  return new Departure(address, ticket.browserSecret());
                }));
  }

  /// Takes somebody in who came back from Slack: exchanges the code and saves the installation.
  ///
  /// @param back the address they were sent back to
  public Outcome arrive(WorkspaceId workspace, PersonId admin, URI back, Arrival arrival) {
    boolean ours =
        workspaces.inWorkspace(
            workspace, () -> departures.comesBack(admin, arrival.state(), arrival.browserSecret()));
    if (!ours) {
      return refused(
          "slack.state",
          "This did not come from an installation that you began here within the last ten minutes,"
              + " or it was used already. Nothing was connected; begin again.");
    }
    if (!arrival.error().isEmpty()) {
      return refused("slack.not-installed", SlackInstallErrors.ofAuthorization(arrival.error()));
    }
    Optional<SlackApp> app = workspaces.inWorkspace(workspace, apps::find);
    if (app.isEmpty() || arrival.code().isEmpty()) {
      return refused("slack.not-installed", "Slack sent no code. Begin again.");
    }
    SlackAnswer answer =
        api.asApp(
            app.get(),
            "oauth.v2.access",
            Map.of("code", arrival.code(), "redirect_uri", back.toString()));
    return switch (answer) {
      case SlackAnswer.Done done -> installed(workspace, admin, app.get(), done.body());
      case SlackAnswer.Refused refused ->
          refused("slack.not-installed", SlackInstallErrors.ofExchange(refused));
      case SlackAnswer.TooMany limit -> new Outcome.Refused(SlackIntroduction.busy(limit));
      case SlackAnswer.Unreachable unreachable ->
          new Outcome.Refused(SlackIntroduction.away(unreachable));
    };
  }

  private Outcome installed(WorkspaceId workspace, PersonId admin, SlackApp app, JsonNode granted) {
    String token = granted.path("access_token").asString("");
    if (token.isEmpty() || !granted.path("token_type").asString("bot").equals("bot")) {
      return refused(
          "slack.not-a-bot",
          "Slack gave no token of a bot. Paste the manifest below into the app's settings: it adds"
              + " the bot and what it may do.");
    }
    return switch (introduction.whose(token)) {
      case SlackIntroduction.Who.Refused(Problem problem) ->
          refused(problem.code(), problem.message());
      case SlackIntroduction.Who.Bot bot -> {
        SlackSecrets secrets = secrets(app, granted, token, bot);
        String place =
            granted.at(bot.orgWide() ? "/enterprise/name" : "/team/name").asString(bot.place());
        yield new Outcome.Done(
            workspaces.inWorkspace(
                workspace, () -> roster.connect(admin, place, bot.user(), secrets)));
      }
    };
  }

  private SlackSecrets secrets(
      SlackApp app, JsonNode granted, String token, SlackIntroduction.Who.Bot bot) {
    boolean orgWide = granted.path("is_enterprise_install").asBoolean(bot.orgWide());
    SlackInstall install =
        new SlackInstall(
                granted.path("app_id").asString(""),
                granted.at("/enterprise/id").asString(bot.enterprise()),
                orgWide,
                null,
                0,
                0)
            .withToken(
                granted.path("refresh_token").asString(null),
                clock.instant(),
                granted.path("expires_in").asLong(0));
    return new SlackSecrets(
        token,
        app.signingSecret(),
        orgWide ? "" : granted.at("/team/id").asString(bot.team()),
        bot.bot(),
        granted.path("scope").asString(bot.scopes()),
        app.appToken(),
        install);
  }

  /// A pasted connection has secrets of its own.
  private static byte[] ofApp(byte[] stored, Credentials credentials, @Nullable String appToken) {
    SlackSecrets secrets = SlackSecrets.read(stored);
    SlackInstall install = secrets.install();
    boolean throughOAuth = install != null && !install.app().isEmpty();
    return throughOAuth
        ? secrets.withSigningSecret(credentials.signingSecret()).withAppToken(appToken).toBytes()
        : stored;
  }

  private static Optional<Problem> check(Credentials credentials) {
    if (!CLIENT_ID.matcher(credentials.clientId()).matches()) {
      return Optional.of(
          Problem.ofField(
              "slack.client-id",
              "client-id",
              "A client id is two numbers with a dot between them. It is on the app's page Basic"
                  + " Information, under App Credentials."));
    }
    if (!CLIENT_SECRET.matcher(credentials.clientSecret()).matches()) {
      return Optional.of(
          Problem.ofField(
              "slack.client-secret",
              "client-secret",
              "A client secret has 16 to 128 letters and digits (Slack's have 32). It is on the"
                  + " app's page Basic Information, under App Credentials."));
    }
    return SlackPasting.checkSigningSecret(credentials.signingSecret())
        .or(() -> SlackPasting.checkAppToken(credentials.appToken()));
  }

  private static Outcome refused(String code, String message) {
    return new Outcome.Refused(Problem.ofUser(code, message));
  }

  private static String encode(String value) {
    return URLEncoder.encode(Objects.requireNonNull(value), UTF_8);
  }
}
