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
import java.util.HashSet;
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
  private final Abilities abilities;
  private final Features features;
  private final Workspaces workspaces;
  private final JsonMapper json;
  private final Clock clock;
  private final Metrics metrics;

  ChatOutbox(
      Outbox outbox,
      Connectors connectors,
      Connections connections,
      Directory directory,
      Abilities abilities,
      Features features,
      Workspaces workspaces,
      JsonMapper json,
      Clock clock,
      Metrics metrics) {
    this.outbox = outbox;
    this.connectors = connectors;
    this.connections = connections;
    this.directory = directory;
    this.abilities = abilities;
    this.features = features;
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
    ChatConnector connector = connectors.of(network(connection));
    Set<Capability> can = new HashSet<>(connector.capabilities());
    if (!connector.optional().isEmpty()) {
      can.removeAll(connector.optional());
      can.addAll(abilities.usable(connection));
    }
    return can;
  }

  @Override
  public Optional<UUID> message(ConnectionId connection, String conversation, String message) {
    return outbox.byExternalId(
        connection.value(), connectors.of(network(connection)).externalId(conversation, message));
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
  public List<Group> groups(ConnectionId connection) throws IOException {
    Optional<ChatConnection> found = connections.find(connection);
    if (found.isEmpty()
        || !workspaces
            .inWorkspace(found.get().workspace(), () -> capabilities(connection))
            .contains(Capability.GROUP)) {
      return List.of();
    }
    return connectors.of(found.get().network()).groups(found.get());
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
    if (connector.optional().contains(message.needs())
        && !workspaces
            .inWorkspace(item.workspace(), () -> abilities.usable(id))
            .contains(message.needs())) {
      return new Result.Rejected(
          "“"
              + Abilities.title(message.needs())
              + "” is not switched on here, or not granted: an admin switches it on at the"
              + " connection, and installs the app again");
    }
    UUID earlier = earlierMessage(message);
    String target = null;
    if (earlier != null) {
      Optional<String> known =
          workspaces.inWorkspace(item.workspace(), () -> outbox.externalId(earlier));
      if (known.isEmpty()) {
        return new Result.Rejected("the message to change or to answer was never sent");
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
          OutboundMessage.Delete _,
          OutboundMessage.Reply _,
          OutboundMessage.Join _,
          OutboundMessage.Topic _ ->
          connection + ":" + message.destination();
      case OutboundMessage.GroupMembers members -> connection + ":group:" + members.group();
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

  @Override
  public void settled(Item item, Result result) {
    switch (result) {
      case Result.Rejected(String reason) -> givenUp(item, reason, true);
      case Result.Unreachable(String reason) -> givenUp(item, reason, false);
      case Result.Unsupported(String capability) ->
          givenUp(item, "the network cannot do this: " + capability, false);
      case Result.Sent _, Result.RateLimited _ -> {
        // It arrived, or is tried again.
      }
    }
  }

  /// A form that was refused leaves the person with nothing, so it is said in words.
  private void givenUp(Item item, String reason, boolean refused) {
    ConnectionId connection = new ConnectionId(item.target());
    OutboundMessage message = json.readValue(item.payload(), OutboundMessage.class);
    features.all().forEach(each -> each.givenUp(connection, item.id(), message, reason));
    if (refused && message instanceof OutboundMessage.OpenForm form) {
      send(
          connection,
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
      case OutboundMessage.Reply reply -> reply.message();
      case OutboundMessage.Post _,
          OutboundMessage.Direct _,
          OutboundMessage.Ephemeral _,
          OutboundMessage.OpenForm _,
          OutboundMessage.Home _,
          OutboundMessage.Join _,
          OutboundMessage.Topic _,
          OutboundMessage.GroupMembers _ ->
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
