package dev.bothy.platform.chat;

import dev.bothy.platform.kernel.ConnectionId;
import dev.bothy.platform.operation.Metrics;
import dev.bothy.platform.work.Outbox;
import dev.bothy.platform.work.OutboxSender;
import dev.bothy.platform.workspace.Workspaces;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import tools.jackson.databind.json.JsonMapper;

/// Sends messages through the outbox by way of the network's connector.
@Service
class ChatOutbox implements Chat, OutboxSender {
  private final Outbox outbox;
  private final Connectors connectors;
  private final Connections connections;
  private final Directory directory;
  private final Workspaces workspaces;
  private final JsonMapper json;
  private final Clock clock;
  private final Metrics metrics;

  ChatOutbox(
      Outbox outbox,
      Connectors connectors,
      Connections connections,
      Directory directory,
      Workspaces workspaces,
      JsonMapper json,
      Clock clock,
      Metrics metrics) {
    this.outbox = outbox;
    this.connectors = connectors;
    this.connections = connections;
    this.directory = directory;
    this.workspaces = workspaces;
    this.json = json;
    this.clock = clock;
    this.metrics = metrics;
  }

  @Override
  public UUID send(ConnectionId connection, OutboundMessage message) {
    Network network = network(connection);
    return outbox.add(
        new Outbox.Message(
            connection.value(),
            lane(connection, message),
            Connectors.kind(network),
            json.writeValueAsBytes(message)));
  }

  @Override
  public Set<Capability> capabilities(ConnectionId connection) {
    return connectors.of(network(connection)).capabilities();
  }

  @Override
  public Optional<Account> account(ConnectionId connection, String account) {
    return directory.find(connection, account);
  }

  @Override
  public Map<String, Account> accounts(ConnectionId connection, Collection<String> accounts) {
    return directory.find(connection, accounts);
  }

  @Override
  public List<Account> accounts(ConnectionId connection) {
    return directory.active(connection);
  }

  @Override
  public void refresh(ConnectionId connection, Collection<String> accounts) {
    connections
        .find(connection)
        .ifPresent(found -> directory.refresh(connectors.of(found.network()), found, accounts));
  }

  @Override
  public Optional<String> emailOf(ConnectionId connection, String account) throws IOException {
    Optional<ChatConnection> found = connections.find(connection);
    return found.isEmpty()
        ? Optional.empty()
        : connectors.of(found.get().network()).emailOf(found.get(), account);
  }

  @Override
  public Set<String> kinds() {
    return connectors.kinds();
  }

  @Override
  public Result send(Item item) {
    ConnectionId id = new ConnectionId(item.target());
    // Asked each time, since another replica may have ended it a moment ago.
    Optional<Connections.Known> stored =
        workspaces.inWorkspace(item.workspace(), () -> connections.known(id));
    if (stored.isPresent()
        && stored.get().state() instanceof ConnectionState.Ended(String reason, Instant at)) {
      return new Result.Rejected("the connection ended at " + at + " (" + reason + ")");
    }
    Optional<ChatConnection> connection = connections.find(id);
    if (connection.isEmpty()) {
      return new Result.Rejected("there is no such connection");
    }
    OutboundMessage message = json.readValue(item.payload(), OutboundMessage.class);
    ChatConnector connector = connectors.of(connection.get().network());
    if (!connector.capabilities().contains(message.needs())) {
      return new Result.Unsupported(message.needs().name());
    }
    UUID earlier = earlierMessage(message);
    String target = null;
    if (earlier != null) {
      Optional<String> known =
          workspaces.inWorkspace(item.workspace(), () -> outbox.externalId(earlier));
      if (known.isEmpty()) {
        return new Result.Rejected("the message to change was never sent");
      }
      target = known.get();
    }
    Instant begun = clock.instant();
    Result result =
        connector.send(
            new ChatConnector.Delivery(
                item.id(), connection.get(), message, item.again(), item.since(), target));
    metrics.delivered(
        connector.network().id(), outcome(result), Duration.between(begun, clock.instant()));
    if (result instanceof Result.RateLimited(Duration retryAfter)) {
      metrics.rateLimited(connector.network().id(), retryAfter);
    }
    return result;
  }

  /// What a person waits for does not stand in a queue behind what everybody is told.
  private static String lane(ConnectionId connection, OutboundMessage message) {
    return switch (message) {
      case OutboundMessage.Home home -> connection + ":home:" + home.account();
      case OutboundMessage.Ephemeral answer -> connection + ":answer:" + answer.account();
      case OutboundMessage.OpenForm answer -> connection + ":answer:" + answer.account();
      case OutboundMessage.Post _,
          OutboundMessage.Direct _,
          OutboundMessage.Update _,
          OutboundMessage.Delete _ ->
          connection + ":" + message.destination();
    };
  }

  private static Metrics.Delivery outcome(Result result) {
    return switch (result) {
      case Result.Sent _ -> Metrics.Delivery.SENT;
      case Result.RateLimited _ -> Metrics.Delivery.RATE_LIMITED;
      case Result.Rejected _ -> Metrics.Delivery.REJECTED;
      case Result.Unreachable _ -> Metrics.Delivery.UNREACHABLE;
      case Result.Unsupported _ -> Metrics.Delivery.UNSUPPORTED;
    };
  }

  /// A form that could not be opened leaves the person with nothing, so it is said in words.
  @Override
  public void settled(Item item, Result result) {
    if (result instanceof Result.Rejected
        && json.readValue(item.payload(), OutboundMessage.class)
            instanceof OutboundMessage.OpenForm form) {
      send(
          new ConnectionId(item.target()),
          new OutboundMessage.Ephemeral(
              form.conversation(),
              form.account(),
              form.reply(),
              Content.of("The form took too long to open. Please try again.")));
    }
  }

  private static @Nullable UUID earlierMessage(OutboundMessage message) {
    return switch (message) {
      case OutboundMessage.Update update -> update.message();
      case OutboundMessage.Delete delete -> delete.message();
      case OutboundMessage.Post _,
          OutboundMessage.Direct _,
          OutboundMessage.Ephemeral _,
          OutboundMessage.OpenForm _,
          OutboundMessage.Home _ ->
          null;
    };
  }

  /// Also of a connection that has ended: what an app says through it is given up with that reason,
  /// and the app's own work goes on.
  private Network network(ConnectionId connection) {
    return connections
        .known(connection)
        .orElseThrow(() -> new IllegalStateException("No such connection: " + connection))
        .connection()
        .network();
  }
}
