package dev.bothy.platform.chat.slack;

import dev.bothy.platform.chat.Account;
import dev.bothy.platform.chat.Capability;
import dev.bothy.platform.chat.ChatConnection;
import dev.bothy.platform.chat.ConnectionState;
import dev.bothy.platform.chat.Connections;
import dev.bothy.platform.chat.Connections.Known;
import dev.bothy.platform.chat.Features;
import dev.bothy.platform.chat.Intake;
import dev.bothy.platform.chat.slack.SlackDirectoryRounds.Round;
import dev.bothy.platform.chat.slack.SlackDirectoryRounds.Stage;
import dev.bothy.platform.kernel.ConnectionId;
import dev.bothy.platform.kernel.WorkspaceId;
import dev.bothy.platform.work.ScheduleHandler;
import dev.bothy.platform.workspace.Workspaces;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/// Asks Slack once a day for all accounts, page by page, so that the directory knows everybody and
/// not only those who were named.
///
/// Whoever is active in the directory and was on no page is asked about one by one: people of other
/// companies, met in a shared channel, are in no list, and must not count as gone.
@Component
class SlackDirectory implements ScheduleHandler {
  static final String KIND = "slack.directory";

  private static final Logger LOG = LoggerFactory.getLogger(SlackDirectory.class);

  /// Slack advises no more than 200 at once (docs.slack.dev/apis/web-api/pagination).
  private static final String PAGE = "200";

  /// So many of those who were on no page at once: half of what `users.info` takes in a burst.
  private static final int OTHERS = 10;

  private static final Duration DAILY = Duration.ofHours(24);

  /// When Slack was not reached.
  private static final Duration AWAY = Duration.ofMinutes(5);

  private static final Duration AT_ONCE = Duration.ofMillis(1);

  private final SlackCalls calls;
  private final SlackSecrets.Source secrets;
  private final SlackDirectoryRounds rounds;
  private final Connections connections;
  private final Intake intake;
  private final Features features;
  private final Workspaces workspaces;
  private final Clock clock;

  /// What was asked for and is not stored yet, by connection.
  private final Map<UUID, Asked> asked = new ConcurrentHashMap<>();

  SlackDirectory(
      SlackApi api,
      SlackPace pace,
      SlackSecrets.Source secrets,
      SlackDirectoryRounds rounds,
      Connections connections,
      Intake intake,
      Features features,
      Workspaces workspaces,
      Clock clock) {
    this.calls = new SlackCalls(api, pace);
    this.secrets = secrets;
    this.rounds = rounds;
    this.connections = connections;
    this.intake = intake;
    this.features = features;
    this.workspaces = workspaces;
    this.clock = clock;
  }

  /// @param round where it stood when Slack was asked
  private record Asked(Round round, Instant at, Answer answer) {}

  private sealed interface Answer {
    /// @param next the next page's cursor; empty after the last
    record Page(List<Account> accounts, String next) implements Answer {}

    /// @param each empty for an account that Slack does not know
    record Others(Map<String, Optional<Account>> each) implements Answer {}

    record Later(Duration after) implements Answer {}

    /// The list cannot be had; tomorrow is soon enough to ask again.
    record Never() implements Answer {}
  }

  @Override
  public String kind() {
    return KIND;
  }

  @Override
  public MissedRun missedRun() {
    return new MissedRun.RunOnce();
  }

  @Override
  public void prepare(WorkspaceId workspace, Due due) {
    ConnectionId id = new ConnectionId(due.subject());
    Optional<ChatConnection> connection = connections.find(id);
    if (connection.isEmpty()) {
      asked.remove(due.subject());
      return;
    }
    Round round = workspaces.inWorkspace(workspace, () -> rounds.of(id));
    Instant at = clock.instant();
    asked.put(due.subject(), new Asked(round, at, ask(connection.get(), round)));
  }

  /// The next page is due at once; the next round a day after the last page.
  @Override
  public Optional<Instant> run(Due due) {
    ConnectionId id = new ConnectionId(due.subject());
    Asked page = asked.remove(due.subject());
    Optional<ChatConnection> connection =
        connections
            .known(id)
            .filter(known -> !(known.state() instanceof ConnectionState.Ended))
            .map(Known::connection);
    if (connection.isEmpty()) {
      rounds.forget(id);
      return Optional.empty();
    }
    Round round = rounds.of(id);
    if (page == null || !page.round().equals(round)) {
      // Connected since, or another server stored this page: ask anew.
      return Optional.of(due.now().plus(SlackDirectoryRounds.SOON));
    }
    Duration wait =
        switch (page.answer()) {
          case Answer.Page(List<Account> accounts, String next) -> {
            accounts.forEach(account -> keep(connection.get(), account.id(), Optional.of(account)));
            Instant beganAt = round.stage() == Stage.IDLE ? page.at() : round.beganAt();
            Stage stage = next.isEmpty() ? Stage.OTHERS : Stage.LISTING;
            rounds.put(id, new Round(stage, next, beganAt));
            yield AT_ONCE;
          }
          case Answer.Others(Map<String, Optional<Account>> each) -> {
            each.forEach((account, answer) -> keep(connection.get(), account, answer));
            yield each.isEmpty() ? end(id) : AT_ONCE;
          }
          case Answer.Later(Duration later) -> later.isPositive() ? later : AT_ONCE;
          case Answer.Never() -> end(id);
        };
    return Optional.of(due.now().plus(wait));
  }

  private Duration end(ConnectionId id) {
    rounds.put(id, Round.idle());
    return DAILY;
  }

  private void keep(ChatConnection connection, String account, Optional<Account> answer) {
    intake.accountAnswered(connection, account, answer);
  }

  private Answer ask(ChatConnection connection, Round round) {
    Optional<SlackSecrets> found = secrets.of(connection);
    if (found.isEmpty() || !features.need(Capability.LOOKUP)) {
      return new Answer.Never();
    }
    SlackInstall install = found.get().install();
    if (install != null && install.orgWide()) {
      // The list is asked for by Slack workspace, and such an installation does not tell which.
      LOG.info("{} is in a whole organisation: its accounts are not listed", connection.id());
      return new Answer.Never();
    }
    SlackCalls.Caller caller = new SlackCalls.Caller(connection, found.get().botToken());
    return switch (round.stage()) {
      case IDLE, LISTING -> page(caller, round.cursor());
      case OTHERS -> others(caller, round.beganAt());
    };
  }

  private Answer page(SlackCalls.Caller caller, String cursor) {
    Map<String, String> arguments = new HashMap<>(Map.of("limit", PAGE));
    if (!cursor.isEmpty()) {
      arguments.put("cursor", cursor);
    }
    return switch (calls.read(caller, "users.list", null, arguments)) {
      case SlackAnswer.Done done ->
          new Answer.Page(
              SlackAccounts.members(done.body()),
              done.body().at("/response_metadata/next_cursor").asString(""));
      case SlackAnswer.Refused refused -> {
        // A cursor that was too old is among these: tomorrow's round begins without one.
        LOG.warn("Slack does not list the accounts of {}: {}", caller, refused.words());
        yield new Answer.Never();
      }
      case SlackAnswer.TooMany limit -> new Answer.Later(limit.retryAfter());
      case SlackAnswer.Unreachable _ -> new Answer.Later(AWAY);
    };
  }

  /// As many as Slack tells of; the others are asked about next time.
  private Answer others(SlackCalls.Caller caller, Instant beganAt) {
    ChatConnection connection = caller.connection();
    List<String> unheardOf =
        workspaces.inWorkspace(
            connection.workspace(), () -> intake.accountsUnheardOf(connection, beganAt, OTHERS));
    Map<String, Optional<Account>> each = new LinkedHashMap<>();
    for (String account : unheardOf) {
      Answer cut = new Answer.Later(AWAY);
      switch (calls.read(caller, "users.info", null, Map.of("user", account))) {
        case SlackAnswer.Done done -> {
          each.put(account, Optional.of(SlackAccounts.read(done.body().path("user"))));
          continue;
        }
        case SlackAnswer.Refused refused when SlackAccounts.isNobody(refused) -> {
          each.put(account, Optional.empty());
          continue;
        }
        case SlackAnswer.Refused refused -> {
          LOG.warn("Slack does not tell of an account of {}: {}", caller, refused.words());
          cut = new Answer.Never();
        }
        case SlackAnswer.TooMany limit -> cut = new Answer.Later(limit.retryAfter());
        case SlackAnswer.Unreachable _ -> {}
      }
      return each.isEmpty() ? cut : new Answer.Others(each);
    }
    return new Answer.Others(each);
  }
}
