package dev.bothy.platform.chat.slack;

import dev.bothy.platform.audit.Actor;
import dev.bothy.platform.bin.Bin;
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

/// What a Slack connection needs from time to time: its token renewed before it expires.
@Component
class SlackCare implements ScheduleHandler {
  static final String KIND = "slack.care";

  private static final Duration DAILY = Duration.ofHours(24);

  /// When Slack was not reached.
  private static final Duration SOON = Duration.ofMinutes(5);

  /// When Slack has refused: an admin may have corrected the client secret meanwhile.
  private static final Duration REFUSED = Duration.ofHours(1);

  private final Connections connections;
  private final SlackTokens tokens;
  private final SlackDirectoryRounds rounds;
  private final Bin bin;
  private final Workspaces workspaces;

  SlackCare(
      Connections connections,
      SlackTokens tokens,
      SlackDirectoryRounds rounds,
      Bin bin,
      Workspaces workspaces) {
    this.connections = connections;
    this.tokens = tokens;
    this.rounds = rounds;
    this.bin = bin;
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
      case ConnectionState.Ended _ -> {
        // One that ended before there was a bin has to go some day, too.
        bin.put(
            new Bin.Deleted(
                SlackBin.KIND, due.subject().toString(), SlackBin.APP, new Actor.System(), true));
        yield Optional.empty();
      }
      case ConnectionState.Broken _ -> Optional.of(later(known.get(), due, REFUSED));
      case ConnectionState.Active _ -> {
        rounds.beginIfNever(known.get().connection().id());
        yield Optional.of(later(known.get(), due, SOON));
      }
    };
  }

  private Instant later(Known known, Due due, Duration ifNotDone) {
    Instant next = next(secrets(known), due.now());
    return next.isAfter(due.now()) ? next : due.now().plus(ifNotDone);
  }

  private SlackSecrets secrets(Known known) {
    return SlackSecrets.stored(connections, known.connection().id());
  }
}
