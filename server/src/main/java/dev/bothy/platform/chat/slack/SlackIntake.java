package dev.bothy.platform.chat.slack;

import dev.bothy.platform.chat.Account;
import dev.bothy.platform.chat.ChatConnection;
import dev.bothy.platform.chat.ChatFeature.Answer;
import dev.bothy.platform.chat.Connections;
import dev.bothy.platform.chat.InboundEvent;
import dev.bothy.platform.chat.Intake;
import dev.bothy.platform.chat.Network;
import dev.bothy.platform.chat.Webhooks.Received;
import dev.bothy.platform.chat.Webhooks.Request;
import dev.bothy.platform.kernel.WorkspaceId;
import dev.bothy.platform.operation.Metrics;
import dev.bothy.platform.operation.Metrics.Acknowledgement;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Service;

/// Takes Slack's requests in and says what to answer: 200 means that an event is on disk, or that
/// nothing wants it.
///
/// The address names the workspace, not the connection, so that it is known before the Slack app
/// exists and stays when the app is connected anew. Which of the workspace's Slack connections a
/// request is for is told by the secret it is signed with and, where several installations of one
/// app share a secret, by the Slack workspace or organisation that the request names.
@Service
public class SlackIntake {
  private static final Logger LOG = LoggerFactory.getLogger(SlackIntake.class);

  /// Slack shows an error when a form's answer takes more than 3 s
  /// (docs.slack.dev/surfaces/modals); the rest is for the way there and back.
  private static final Duration PATIENCE = Duration.ofMillis(2_200);

  /// For how long a workspace's connections are known without asking the database.
  private static final Duration REMEMBERED = Duration.ofMinutes(1);

  /// How often, at most, requests that nobody signed make it ask.
  private static final Duration JUST_NOW = Duration.ofSeconds(1);

  private static final String NETWORK = Network.SLACK.id();

  private final Connections connections;
  private final SlackConnector connector;
  private final Intake intake;
  private final SlackEndings endings;
  private final SlackRouting routing;
  private final SlackActivity activity;
  private final Metrics metrics;

  SlackIntake(
      Connections connections,
      SlackConnector connector,
      Intake intake,
      SlackEndings endings,
      SlackRouting routing,
      SlackActivity activity,
      Metrics metrics) {
    this.connections = connections;
    this.connector = connector;
    this.intake = intake;
    this.endings = endings;
    this.routing = routing;
    this.activity = activity;
    this.metrics = metrics;
  }

  /// What Slack is answered.
  ///
  /// @param body JSON if it begins with a brace, else plain text; may be empty
  /// @param retryAfter when Slack should come again; null when it need not
  public record Reply(int status, String body, @Nullable Duration retryAfter) {
    static Reply of(int status) {
      return new Reply(status, "", null);
    }
  }

  /// Takes in a request. Called outside of any transaction.
  ///
  /// @param request its path is `events`, `commands` or `interactions`
  public Reply take(WorkspaceId workspace, Request request) {
    long begin = System.nanoTime();
    try {
      return reply(workspace, request);
    } finally {
      metrics.acknowledgedAfter(NETWORK, Duration.ofNanos(System.nanoTime() - begin));
    }
  }

  private Reply reply(WorkspaceId workspace, Request request) {
    // One that was connected a moment ago through another replica is not remembered here yet.
    Optional<Reply> reply =
        signedByOneOf(connections.ofWorkspace(workspace, REMEMBERED), request, false)
            .or(() -> signedByOneOf(connections.ofWorkspace(workspace, JUST_NOW), request, true));
    if (reply.isPresent()) {
      return reply.get();
    }
    Optional<Received> byApp = routing.byAppAlone(workspace, request);
    if (byApp.isPresent()) {
      return unconnected(byApp.get());
    }
    return refuse(401, "no Slack connection of the workspace has signed it, or not just now");
  }

  /// @param upToDate else what none of them wants may be for an installation of the same app that
  ///   was connected a moment ago
  private Optional<Reply> signedByOneOf(
      List<ChatConnection> connected, Request request, boolean upToDate) {
    List<ChatConnection> candidates =
        connected.stream().filter(each -> each.network() == Network.SLACK).toList();
    for (ChatConnection connection : routing.bestFirst(candidates, request)) {
      Received received = connector.receive(connection, request);
      if (!upToDate && received instanceof Received.Ignored(String type) && type.isEmpty()) {
        return Optional.empty();
      }
      if (!(received instanceof Received.Refused refused) || refused.status() != 401) {
        activity.note(connection.workspace(), connection.id().value(), SlackActivity.SIGNED);
        return Optional.of(answer(connection, received));
      }
    }
    return Optional.empty();
  }

  /// Counts a request that was refused before it could be read.
  public Reply refuse(int status, String reason) {
    LOG.info("A request to Slack's address was refused with {}: {}", status, reason);
    metrics.acknowledged(NETWORK, Acknowledgement.REFUSED);
    return Reply.of(status);
  }

  /// The app is known but connected nowhere: Slack checks the address, or tells of an installation
  /// that was ended.
  private Reply unconnected(Received received) {
    return switch (received) {
      case Received.Challenge(String challenge) -> new Reply(200, challenge, null);
      case Received.Refused(int status, String reason) -> refuse(status, reason);
      case Received.Event _, Received.AccountChanged _, Received.Ignored _ -> {
        metrics.ignored(NETWORK, Metrics.Ignored.NOT_WANTED);
        yield acknowledge(Acknowledgement.IGNORED);
      }
    };
  }

  /// Takes in what is known to be genuine and says what to answer.
  Reply answer(ChatConnection connection, Received received) {
    return switch (received) {
      case Received.Challenge(String challenge) -> new Reply(200, challenge, null);
      case Received.Ignored(String type) -> {
        boolean known = type.isEmpty();
        metrics.ignored(NETWORK, known ? Metrics.Ignored.NOT_WANTED : Metrics.Ignored.UNKNOWN_TYPE);
        metrics.acknowledged(NETWORK, Acknowledgement.IGNORED);
        yield Reply.of(200);
      }
      case Received.Refused(int status, String reason) -> refuse(status, reason);
      case Received.Event event -> takeIn(connection, event);
      case Received.AccountChanged(Account account) -> {
        activity.note(connection.workspace(), connection.id().value(), SlackActivity.EVENT);
        yield reply(intake.acceptAccount(connection, account), Reply.of(200));
      }
    };
  }

  private Reply takeIn(ChatConnection connection, Received.Event event) {
    activity.note(connection.workspace(), connection.id().value(), SlackActivity.EVENT);
    if (event.event() instanceof InboundEvent.CommandInvoked) {
      activity.note(
          connection.workspace(),
          connection.id().value(),
          SlackActivity.ofScope(SlackScopes.COMMANDS));
    }
    if (event.event() instanceof InboundEvent.AppRemoved removed) {
      endings.removed(connection, removed);
    }
    Intake.Result result =
        event.answerExpected()
            ? intake.acceptAndWait(connection, event.deliveryId(), event.event(), PATIENCE)
            : intake.accept(connection, event.deliveryId(), event.event());
    Reply shown =
        result instanceof Intake.Result.Answered(Answer answer)
            ? shown(event.event(), answer)
            : Reply.of(200);
    return reply(result, shown);
  }

  /// @param shown what Slack is to show when the event was answered already
  private Reply reply(Intake.Result result, Reply shown) {
    return switch (result) {
      case Intake.Result.Accepted() -> acknowledge(Acknowledgement.STORED);
      case Intake.Result.Ignored() -> acknowledge(Acknowledgement.IGNORED);
      case Intake.Result.Answered _ -> {
        metrics.acknowledged(NETWORK, Acknowledgement.STORED);
        yield shown;
      }
      case Intake.Result.Full(Duration retryAfter, boolean tooFast) -> {
        metrics.acknowledged(NETWORK, Acknowledgement.FAILED);
        yield new Reply(tooFast ? 429 : 503, "", retryAfter);
      }
    };
  }

  private Reply acknowledge(Acknowledgement how) {
    metrics.acknowledged(NETWORK, how);
    return Reply.of(200);
  }

  private static Reply shown(InboundEvent event, Answer answer) {
    return switch (answer) {
      case Answer.Done() -> Reply.of(200);
      case Answer.FieldErrors errors -> {
        Set<String> fields =
            event instanceof InboundEvent.FormSubmitted form ? form.values().keySet() : Set.of();
        yield new Reply(200, SlackForms.errors(fields, errors.byField()).toString(), null);
      }
    };
  }
}
