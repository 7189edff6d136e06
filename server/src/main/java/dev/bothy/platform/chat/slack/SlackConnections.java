package dev.bothy.platform.chat.slack;

import dev.bothy.platform.audit.Actor;
import dev.bothy.platform.chat.Abilities;
import dev.bothy.platform.chat.Capability;
import dev.bothy.platform.chat.ChatConnection;
import dev.bothy.platform.chat.ConnectionState;
import dev.bothy.platform.chat.Connections.Known;
import dev.bothy.platform.chat.Features;
import dev.bothy.platform.chat.Network;
import dev.bothy.platform.kernel.ConnectionId;
import dev.bothy.platform.kernel.PersonId;
import dev.bothy.platform.kernel.Problem;
import dev.bothy.platform.kernel.WorkspaceId;
import dev.bothy.platform.workspace.Workspaces;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/// Connects a workspace to Slack and says what such a connection needs. Called outside of any
/// transaction.
@Service
public class SlackConnections {
  private final SlackPasting pasting;
  private final SlackSockets sockets;
  private final SlackRoster roster;
  private final SlackActivity activity;
  private final Features features;
  private final Abilities abilities;
  private final Workspaces workspaces;
  private final Clock clock;

  SlackConnections(
      SlackPasting pasting,
      SlackSockets sockets,
      SlackRoster roster,
      SlackActivity activity,
      Features features,
      Abilities abilities,
      Workspaces workspaces,
      Clock clock) {
    this.pasting = pasting;
    this.sockets = sockets;
    this.roster = roster;
    this.activity = activity;
    this.features = features;
    this.abilities = abilities;
    this.workspaces = workspaces;
    this.clock = clock;
  }

  /// A connection as an admin sees it.
  ///
  /// @param missing scopes that the features need and the token lacks
  /// @param scopes those asked for and those granted, by name
  /// @param orgWide whether it is one installation for all workspaces of an organisation
  /// @param sockets whether Bothy opens sockets to Slack for it (Socket Mode)
  /// @param signed whether there is a signing secret, with which Slack may call us over HTTP
  /// @param expiresAt when the token expires if it is not renewed; null when it does not
  /// @param resumable whether an admin's disconnecting can still be taken back
  /// @param goesAt when an ended one is gone for good; null for one that is not in the bin
  public record Connected(
      ChatConnection connection,
      ConnectionState state,
      Set<String> granted,
      Set<String> missing,
      List<SlackScopeUse> scopes,
      boolean orgWide,
      boolean sockets,
      boolean signed,
      @Nullable Instant expiresAt,
      boolean resumable,
      @Nullable Instant goesAt) {
    /// Why it ended or is broken and what to do, in sentences; null when it works.
    public @Nullable String trouble() {
      return switch (state) {
        case ConnectionState.Active() -> null;
        case ConnectionState.Broken(String reason, Instant since) -> SlackReason.inWords(reason);
        case ConnectionState.Ended(String reason, Instant at) -> SlackReason.inWords(reason);
      };
    }

    /// Since when it has been ended or broken; null when it works.
    public @Nullable Instant since() {
      return switch (state) {
        case ConnectionState.Active() -> null;
        case ConnectionState.Broken(String reason, Instant since) -> since;
        case ConnectionState.Ended(String reason, Instant at) -> at;
      };
    }

    /// `active`, `broken` or `ended`.
    public String kind() {
      return switch (state) {
        case ConnectionState.Active() -> "active";
        case ConnectionState.Broken _ -> "broken";
        case ConnectionState.Ended _ -> "ended";
      };
    }
  }

  /// What became of an attempt to connect.
  public sealed interface Outcome {
    /// It is connected.
    record Done(Connected connected) implements Outcome {}

    /// Nothing was saved.
    ///
    /// @param problem its field is `token`, `signing-secret` or `app-token`, or null when no input
    ///   is wrong
    record Refused(Problem problem) implements Outcome {}
  }

  /// The app that Slack must have for this workspace when it calls us and its token is pasted.
  ///
  /// @param publicAddress where Slack reaches this server, without a path
  public SlackManifest manifest(URI publicAddress, WorkspaceId workspace) {
    return manifest(publicAddress, workspace, SlackManifest.Choice.HTTP);
  }

  /// The app that Slack must have for this workspace.
  ///
  /// @param publicAddress where Slack reaches this server, without a path
  public SlackManifest manifest(
      URI publicAddress, WorkspaceId workspace, SlackManifest.Choice choice) {
    String base = publicAddress + "/chat/slack/" + workspace + "/";
    return SlackManifest.of(
        features.all(),
        workspaces.inWorkspace(workspace, () -> abilities.switchedOn(Network.SLACK)),
        new SlackManifest.Addresses(
            base + SlackRequestReader.EVENTS,
            base + SlackRequestReader.COMMANDS,
            base + SlackRequestReader.INTERACTIONS),
        choice);
  }

  /// The workspace's Slack connections, oldest first; those that ended come last and for 90 days.
  public List<Connected> list(WorkspaceId workspace) {
    return workspaces.inWorkspace(
        workspace,
        () ->
            roster.all().stream()
                .filter(each ->
                    !(each.state() instanceof ConnectionState.Ended(String reason, Instant at)
                        && at.isBefore(clock.instant().minus(SlackActivity.KEPT))))
                .map(this::connected)
                .sorted((one, other) ->
                    Boolean.compare(
                        one.state() instanceof ConnectionState.Ended,
                        other.state() instanceof ConnectionState.Ended))
                .toList());
  }

  /// One of the workspace's Slack connections.
  public Optional<Connected> find(WorkspaceId workspace, ConnectionId id) {
    return workspaces.inWorkspace(workspace, () -> roster.find(id).map(this::connected));
  }

  /// As [#connect(WorkspaceId, PersonId, String, String, String)], for Slack to call us.
  public Outcome connect(
      WorkspaceId workspace, PersonId admin, String token, String signingSecret) {
    return connect(workspace, admin, token, signingSecret, "");
  }

  /// Asks Slack whose token it is, and saves what was pasted if it is a bot's. The secrets of a bot
  /// that is connected already are replaced; one that was connected before is connected again under
  /// the same id.
  ///
  /// @param signingSecret may be empty when there is an app-level token
  /// @param appToken empty when Slack calls us over HTTP
  public Outcome connect(
      WorkspaceId workspace, PersonId admin, String token, String signingSecret, String appToken) {
    return switch (pasting.connect(workspace, admin, token, signingSecret, appToken)) {
      case SlackPasting.Result.Connected(ChatConnection saved) -> {
        sockets.refresh();
        yield new Outcome.Done(find(workspace, saved.id()).orElseThrow());
      }
      case SlackPasting.Result.Refused(Problem problem) -> new Outcome.Refused(problem);
    };
  }

  /// Ends a connection and puts it into the bin; false when the workspace has none with this id.
  public boolean disconnect(WorkspaceId workspace, PersonId admin, ConnectionId id) {
    return workspaces.inWorkspace(
        workspace,
        () -> roster.find(id).isPresent() && roster.disconnect(new Actor.Person(admin), id));
  }

  /// Takes [#disconnect] back; false when that is not possible any more.
  public boolean resume(WorkspaceId workspace, PersonId admin, ConnectionId id) {
    return workspaces.inWorkspace(
        workspace,
        () ->
            roster
                .find(id)
                .filter(each -> roster.resume(new Actor.Person(admin), each))
                .isPresent());
  }

  /// Ends Socket Mode for a connection: from now on Slack must call us. False when it is not in
  /// Socket Mode, or has no signing secret to check Slack's calls with.
  public boolean leaveSockets(WorkspaceId workspace, PersonId admin, ConnectionId id) {
    boolean left =
        workspaces.inWorkspace(
            workspace,
            () -> roster.find(id).filter(each -> roster.leaveSockets(admin, each)).isPresent());
    sockets.refresh();
    return left;
  }

  private Connected connected(Known known) {
    SlackSecrets secrets = roster.secrets(known);
    Set<String> granted = SlackScopes.parse(secrets.scopes());
    Set<Capability> on = abilities.switchedOn(Network.SLACK);
    Map<String, Instant> seen = activity.of(known.connection().id().value());
    SlackInstall install = secrets.install();
    return new Connected(
        known.connection(),
        known.state(),
        granted,
        SlackManifest.missing(features.all(), on, granted),
        SlackScopeUse.of(
            SlackManifest.asked(features.all(), on),
            granted,
            seen,
            known.connectedAt(),
            clock.instant()),
        install != null && install.orgWide(),
        secrets.appToken() != null,
        !secrets.signingSecret().isEmpty(),
        install != null && install.isRenewable()
            ? Instant.ofEpochSecond(install.expiresAt())
            : null,
        roster.canResume(known),
        roster.goesAt(known.connection().id()).orElse(null));
  }
}
