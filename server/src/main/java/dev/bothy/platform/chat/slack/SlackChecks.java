package dev.bothy.platform.chat.slack;

import dev.bothy.platform.chat.Abilities;
import dev.bothy.platform.chat.Capability;
import dev.bothy.platform.chat.ChatConnection;
import dev.bothy.platform.chat.Connections;
import dev.bothy.platform.chat.Features;
import dev.bothy.platform.chat.Network;
import dev.bothy.platform.kernel.ConnectionId;
import dev.bothy.platform.kernel.Problem;
import dev.bothy.platform.kernel.WorkspaceId;
import dev.bothy.platform.workspace.Workspaces;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/// Goes through what a connection needs, one step after the other, asking Slack itself, and says in
/// words what is missing. Called outside of any transaction.
@Service
public class SlackChecks {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("d MMM yyyy HH:mm 'UTC'", Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);

  private final SlackApi api;
  private final SlackApps apps;
  private final SlackIntroduction introduction;
  private final SlackSecrets.Source secrets;
  private final SlackActivity activity;
  private final Connections connections;
  private final Features features;
  private final Abilities abilities;
  private final Workspaces workspaces;

  SlackChecks(
      SlackApi api,
      SlackApps apps,
      SlackIntroduction introduction,
      SlackSecrets.Source secrets,
      SlackActivity activity,
      Connections connections,
      Features features,
      Abilities abilities,
      Workspaces workspaces) {
    this.api = api;
    this.apps = apps;
    this.introduction = introduction;
    this.secrets = secrets;
    this.activity = activity;
    this.connections = connections;
    this.features = features;
    this.abilities = abilities;
    this.workspaces = workspaces;
  }

  /// How a step stands.
  public enum State {
    /// It is so.
    OK,
    /// It is not known yet: somebody must do something in Slack first.
    WAITING,
    /// It is not so, and something does not work because of it.
    WRONG
  }

  /// One step.
  ///
  /// @param name a few words
  /// @param sentence what is so, or what is missing and what to do
  public record Check(String name, State state, String sentence) {}

  /// Every step for a connection that has not ended; empty when there is none with this id.
  public List<Check> check(WorkspaceId workspace, ConnectionId id) {
    Optional<ChatConnection> found =
        connections
            .find(id)
            .filter(each -> each.network() == Network.SLACK && each.workspace().equals(workspace));
    Optional<SlackSecrets> stored = found.flatMap(secrets::of);
    if (found.isEmpty() || stored.isEmpty()) {
      return List.of();
    }
    Map<String, Instant> seen = workspaces.inWorkspace(workspace, () -> activity.of(id.value()));
    Instant signedAt =
        seen.containsKey(SlackActivity.SIGNED)
            ? seen.get(SlackActivity.SIGNED)
            : signedByAppOf(workspace, stored.get());
    List<Check> checks = new ArrayList<>();
    token(
        checks,
        stored.get(),
        workspaces.inWorkspace(workspace, () -> abilities.switchedOn(Network.SLACK)));
    String appToken = stored.get().appToken();
    if (appToken == null) {
      checks.add(signed(signedAt));
    } else {
      checks.add(sockets(appToken));
    }
    checks.add(events(seen.get(SlackActivity.EVENT), appToken != null));
    checks.add(posted(seen.get(SlackActivity.POSTED)));
    return List.copyOf(checks);
  }

  /// Whether Slack has called us with the signing secret of the workspace's OAuth app, which it
  /// does as soon as the app's request URL is saved, before anything is installed. Empty without an
  /// app.
  public Optional<Check> checkApp(WorkspaceId workspace) {
    return workspaces.inWorkspace(
        workspace,
        () ->
            apps.find()
                .filter(app -> app.appToken() == null)
                .map(app -> signed(lastSigned(app.id()))));
  }

  /// Slack may have proven the app's address before this installation.
  private @Nullable Instant signedByAppOf(WorkspaceId workspace, SlackSecrets stored) {
    SlackInstall install = stored.install();
    if (install == null || install.app().isEmpty()) {
      return null;
    }
    return workspaces
        .inWorkspace(
            workspace, () -> apps.find().map(app -> Optional.ofNullable(lastSigned(app.id()))))
        .flatMap(Function.identity())
        .orElse(null);
  }

  private @Nullable Instant lastSigned(UUID app) {
    return activity.of(app).get(SlackActivity.SIGNED);
  }

  private void token(List<Check> checks, SlackSecrets stored, Set<Capability> on) {
    switch (introduction.whose(stored.botToken())) {
      case SlackIntroduction.Who.Refused(Problem problem) ->
          checks.add(new Check("Token", State.WRONG, problem.message()));
      case SlackIntroduction.Who.Bot bot -> {
        checks.add(
            new Check(
                "Token",
                State.OK,
                "Slack knows it: it is a bot's, in "
                    + bot.place()
                    + (bot.orgWide() ? ", for the whole organisation." : ".")));
        checks.add(scopes(bot.scopes(), on));
      }
    }
  }

  private Check scopes(String granted, Set<Capability> on) {
    Set<String> missing =
        new TreeSet<>(SlackManifest.missing(features.all(), on, SlackScopes.parse(granted)));
    return missing.isEmpty()
        ? new Check("Permissions", State.OK, "Every scope that the features need is granted.")
        : new Check(
            "Permissions",
            State.WRONG,
            "The app lacks "
                + String.join(", ", missing)
                + ". Paste the manifest into the app's settings at Slack and install it again.");
  }

  private Check sockets(String appToken) {
    Optional<Problem> refused = SlackPasting.refusedAppToken(api, appToken);
    return refused
        .map(problem -> new Check("App-level token", State.WRONG, problem.message()))
        .orElseGet(() ->
            new Check(
                "App-level token", State.OK, "Slack opens sockets with it; no port is open."));
  }

  private static Check signed(@Nullable Instant at) {
    return at == null
        ? new Check(
            "Signing secret",
            State.WAITING,
            "No request that Slack signed has come yet. At Slack, on the app's page Event"
                + " Subscriptions, press Retry at the request URL. If Slack says that it failed, the"
                + " signing secret is another app's, or Slack does not reach this server.")
        : new Check(
            "Signing secret",
            State.OK,
            "Slack has proven the request URL; the last signed request came on "
                + TIME.format(at)
                + ".");
  }

  private static Check events(@Nullable Instant at, boolean sockets) {
    return at == null
        ? new Check(
            "Events",
            State.WAITING,
            "Nothing has come in yet. In Slack, type a command of Bothy's, or mention the bot in a"
                + " channel"
                + (sockets ? "; Socket Mode must be on in the app's settings." : "."))
        : new Check("Events", State.OK, "The last one came in on " + TIME.format(at) + ".");
  }

  private static Check posted(@Nullable Instant at) {
    return at == null
        ? new Check(
            "Bot in a channel",
            State.WAITING,
            "Bothy has not posted yet. In each channel that it shall post in, type /invite @Bothy.")
        : new Check(
            "Bot in a channel",
            State.OK,
            "The last message was posted on "
                + TIME.format(at)
                + ". Invite the bot to each further channel: /invite @Bothy.");
  }
}
