package dev.bothy.platform.chat.slack;

import dev.bothy.platform.chat.ConnectionState;
import dev.bothy.platform.chat.Connections;
import dev.bothy.platform.chat.Connections.Known;
import dev.bothy.platform.kernel.ConnectionId;
import dev.bothy.platform.kernel.WorkspaceId;
import dev.bothy.platform.work.ScheduleHandler;
import dev.bothy.platform.workspace.Workspaces;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.springframework.stereotype.Component;

/// What a Slack connection needs from time to time: its token renewed before it expires, and once
/// it has ended, its secrets forgotten.
@Component
class SlackCare implements ScheduleHandler {
  static final String KIND = "slack.care";

  /// How long after it ended a connection can be taken back without its secrets being typed again.
  static final Duration REGRET = Duration.ofHours(24);

  private static final Duration DAILY = Duration.ofHours(24);

  /// When Slack was not reached.
  private static final Duration SOON = Duration.ofMinutes(5);

  /// When Slack has refused: an admin may have corrected the client secret meanwhile.
  private static final Duration REFUSED = Duration.ofHours(1);

  private final Connections connections;
  private final SlackTokens tokens;
  private final SlackActivity activity;
  private final SlackDirectoryRounds rounds;
  private final Workspaces workspaces;

  SlackCare(
      Connections connections,
      SlackTokens tokens,
      SlackActivity activity,
      SlackDirectoryRounds rounds,
      Workspaces workspaces) {
    this.connections = connections;
    this.tokens = tokens;
    this.activity = activity;
    this.rounds = rounds;
    this.workspaces = workspaces;
  }

  @Override
  public String kind() {
    return KIND;
  }

  @Override
  public MissedRun missedRun() {
    return new MissedRun.RunOnce();
  }

  /// When this connection needs something next.
  static Instant next(SlackSecrets secrets, Instant now) {
    SlackInstall install = secrets.install();
    return install != null && install.isRenewable() ? install.renewAt() : now.plus(DAILY);
  }

  @Override
  public void prepare(WorkspaceId workspace, Due due) {
    Optional<Known> known =
        workspaces.inWorkspace(
            workspace,
            () ->
                connections
                    .known(new ConnectionId(due.subject()))
                    .filter(each -> !(each.state() instanceof ConnectionState.Ended))
                    .filter(each -> {
                      SlackInstall install = secrets(each).install();
                      return install != null
                          && install.isRenewable()
                          && !install.renewAt().isAfter(due.now());
                    }));
    known.ifPresent(each -> {
      connections.forget(each.connection().id());
      tokens.renew(each.connection());
    });
  }

  @Override
  public Optional<Instant> run(Due due) {
    Optional<Known> known = connections.known(new ConnectionId(due.subject()));
    if (known.isEmpty()) {
      return Optional.empty();
    }
    return switch (known.get().state()) {
      case ConnectionState.Ended ended -> forget(known.get(), ended.at().plus(REGRET), due);
      case ConnectionState.Broken _ -> Optional.of(later(known.get(), due, REFUSED));
      case ConnectionState.Active _ -> {
        rounds.beginIfNever(known.get().connection().id());
        yield Optional.of(later(known.get(), due, SOON));
      }
    };
  }

  private Optional<Instant> forget(Known known, Instant at, Due due) {
    if (at.isAfter(due.now())) {
      return Optional.of(at);
    }
    if (!secrets(known).equals(SlackSecrets.GONE)) {
      connections.editSecrets(
          known.connection().id(), stored -> SlackSecrets.read(stored).erased().toBytes());
    }
    activity.forget(known.connection().id().value());
    return Optional.empty();
  }

  private Instant later(Known known, Due due, Duration ifNotDone) {
    Instant next = next(secrets(known), due.now());
    return next.isAfter(due.now()) ? next : due.now().plus(ifNotDone);
  }

  private SlackSecrets secrets(Known known) {
    return SlackSecrets.stored(connections, known.connection().id());
  }
}
