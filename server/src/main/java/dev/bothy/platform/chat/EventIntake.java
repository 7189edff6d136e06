package dev.bothy.platform.chat;

import dev.bothy.platform.chat.ChatFeature.Answer;
import dev.bothy.platform.kernel.ConnectionId;
import dev.bothy.platform.operation.Metrics;
import dev.bothy.platform.work.Inbox;
import dev.bothy.platform.work.InboxHandler;
import dev.bothy.platform.workspace.Workspaces;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.stereotype.Service;
import tools.jackson.databind.json.JsonMapper;

/// Takes events in through the inbox and hands them to the features that want them.
///
/// What several features want is an item of the inbox for each, of a kind of its own and so in
/// lanes of its own ([Addressed]): each is handled, tried again and given up by itself.
@Service
class EventIntake implements Intake, InboxHandler {
  private static final Pattern MENTION = Pattern.compile("<@([A-Za-z0-9_-]{1,80})(?:\\|[^>]*)?>");

  private final Inbox inbox;
  private final Features features;
  private final Connectors connectors;
  private final Connections connections;
  private final Directory directory;
  private final Chat chat;
  private final JsonMapper json;
  private final Metrics metrics;
  private final IntakeBounds bounds;
  private final Workspaces workspaces;
  private final Gate gate;

  /// The requests of this process that wait for the answer to an event.
  private final Map<Waiting, CompletableFuture<Answer>> waiting = new ConcurrentHashMap<>();

  EventIntake(
      Inbox inbox,
      Features features,
      Connectors connectors,
      Connections connections,
      Directory directory,
      Chat chat,
      JsonMapper json,
      Metrics metrics,
      IntakeBounds bounds,
      Workspaces workspaces,
      Gate gate) {
    this.inbox = inbox;
    this.features = features;
    this.connectors = connectors;
    this.connections = connections;
    this.directory = directory;
    this.chat = chat;
    this.json = json;
    this.metrics = metrics;
    this.bounds = bounds;
    this.workspaces = workspaces;
    this.gate = gate;
  }

  private record Waiting(UUID connection, String deliveryId) {}

  @Override
  public Result accept(ChatConnection connection, String deliveryId, InboundEvent event) {
    List<ChatFeature> wanting = features.wanting(connection, event);
    if (wanting.isEmpty()) {
      metrics.ignored(connection.network().id(), Metrics.Ignored.NOT_WANTED);
      return new Result.Ignored();
    }
    return bounds.within(connection, () -> store(connection, deliveryId, event, wanting));
  }

  /// Accepted when it is on disk for each of them. Where that failed for one the network comes
  /// again, and the others have it already.
  private Result store(
      ChatConnection connection, String deliveryId, InboundEvent event, List<ChatFeature> wanting) {
    byte[] payload = json.writeValueAsBytes(event);
    for (ChatFeature feature : wanting) {
      Addressed addressed = new Addressed(deliveryId, feature.id());
      Inbox.Receipt receipt =
          inbox.accept(
              new Inbox.Delivery(
                  connection.workspace(),
                  connection.id().value(),
                  addressed.inboxId(),
                  lane(connection, event),
                  addressed.kind(connection.network()),
                  payload));
      if (receipt instanceof Inbox.Receipt.Full(Duration retryAfter)) {
        return new Result.Full(retryAfter, false);
      }
    }
    return new Result.Accepted();
  }

  @Override
  public Result acceptAndWait(
      ChatConnection connection, String deliveryId, InboundEvent event, Duration patience) {
    Waiting key = new Waiting(connection.id().value(), deliveryId);
    CompletableFuture<Answer> answer = new CompletableFuture<>();
    waiting.put(key, answer);
    try {
      Result result = accept(connection, deliveryId, event);
      if (!(result instanceof Result.Accepted)) {
        return result;
      }
      return new Result.Answered(answer.get(patience.toMillis(), TimeUnit.MILLISECONDS));
    } catch (TimeoutException e) {
      return new Result.Accepted();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Result.Accepted();
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    } finally {
      waiting.remove(key);
    }
  }

  @Override
  public void accountChanged(ChatConnection connection, Account account) {
    directory.changed(connection, account);
  }

  @Override
  public Result acceptAccount(ChatConnection connection, Account account) {
    if (!features.need(Capability.LOOKUP)) {
      metrics.ignored(connection.network().id(), Metrics.Ignored.NOT_WANTED);
      return new Result.Ignored();
    }
    return bounds.within(
        connection,
        () -> {
          workspaces.inWorkspace(
              connection.workspace(), () -> directory.changed(connection, account));
          return new Result.Accepted();
        });
  }

  @Override
  public void accountAnswered(ChatConnection connection, String account, Optional<Account> answer) {
    directory.keep(connection, account, answer);
  }

  @Override
  public List<String> accountsUnheardOf(ChatConnection connection, Instant since, int most) {
    return directory.unheardOf(connection.id(), since, most);
  }

  @Override
  public Set<String> kinds() {
    // Those of the networks alone are of what an earlier version stored for one feature.
    Set<String> kinds = new HashSet<>(connectors.kinds());
    for (String network : connectors.kinds()) {
      features.all().forEach(feature -> kinds.add(Addressed.kind(network, feature.id())));
    }
    return kinds;
  }

  @Override
  public Prepared prepare(Item item) {
    InboundEvent event = json.readValue(item.payload(), InboundEvent.class);
    Optional<ChatConnection> found = connections.find(new ConnectionId(item.source()));
    Optional<Addressed> addressed = Addressed.of(item.kind(), item.deliveryId());
    found.ifPresent(connection ->
        feature(addressed, connection, event)
            .ifPresent(feature -> lookUp(connection, feature, event)));
    return new Ready(item, addressed, event, found);
  }

  private Optional<ChatFeature> feature(
      Optional<Addressed> addressed, ChatConnection connection, InboundEvent event) {
    return addressed.isPresent()
        ? features.find(addressed.get().feature())
        : features.wanting(connection, event).stream().findFirst();
  }

  private void lookUp(ChatConnection connection, ChatFeature feature, InboundEvent event) {
    ChatConnector connector = connectors.of(connection.network());
    if (connector.capabilities().contains(Capability.LOOKUP)) {
      Set<String> accounts = new HashSet<>(feature.accounts(event));
      accounts.addAll(namedIn(event));
      directory.refresh(connector, connection, accounts);
    }
    gate.met(connection, event);
  }

  /// An event whose people are known.
  private final class Ready implements Prepared {
    private final Item item;
    private final Optional<Addressed> addressed;
    private final InboundEvent event;
    private final Optional<ChatConnection> found;
    private Answer answer = new Answer.Done();

    /// @param found empty when the connection has ended
    private Ready(
        Item item,
        Optional<Addressed> addressed,
        InboundEvent event,
        Optional<ChatConnection> found) {
      this.item = item;
      this.addressed = addressed;
      this.event = event;
      this.found = found;
    }

    @Override
    public void handle() {
      found
          .or(this::ended)
          .ifPresent(connection ->
              feature(addressed, connection, event)
                  .filter(feature -> !gate.refuses(connection, feature, event))
                  .ifPresent(feature -> {
                    answer = feature.handle(connection, event);
                    sayWhatNobodyWaitsFor(connection, waiter(), event, answer);
                  }));
    }

    /// When the connection has ended since the event came in there is nobody to answer; that it has
    /// ended is itself an event that features want.
    private Optional<ChatConnection> ended() {
      return event instanceof InboundEvent.AppRemoved
          ? connections.known(new ConnectionId(item.source())).map(Connections.Known::connection)
          : Optional.empty();
    }

    @Override
    public void handled() {
      CompletableFuture<Answer> request = waiting.get(waiter());
      if (request != null) {
        request.complete(answer);
      }
    }

    private Waiting waiter() {
      return new Waiting(
          item.source(), addressed.map(Addressed::deliveryId).orElse(item.deliveryId()));
    }
  }

  /// A form that is refused after its request has been answered is closed already: what was wrong
  /// is told to the person instead.
  private void sayWhatNobodyWaitsFor(
      ChatConnection connection, Waiting waiter, InboundEvent event, Answer answer) {
    if (answer instanceof Answer.FieldErrors(Map<String, String> byField)
        && event instanceof InboundEvent.FormSubmitted form
        && !waiting.containsKey(waiter)) {
      chat.send(
          connection.id(),
          new OutboundMessage.Ephemeral(
              form.conversation(),
              form.author(),
              form.reply(),
              Content.of(
                  "Nothing was saved. Please open the form again: "
                      + String.join(" ", byField.values()))));
    }
  }

  /// Without a conversation, what one person does on the app's own page keeps its order, and so
  /// does all else of the connection.
  private static String lane(ChatConnection connection, InboundEvent event) {
    if (!event.conversation().isEmpty()) {
      return connection.id() + ":" + event.conversation();
    }
    String person =
        event instanceof InboundEvent.HomeOpened opened
            ? opened.author()
            : event instanceof InboundEvent.ActionTaken action ? action.author() : "";
    return connection.id() + ":-" + person;
  }

  private static Set<String> namedIn(InboundEvent event) {
    return switch (event) {
      case InboundEvent.MessagePosted posted -> named(posted.author(), posted.text());
      case InboundEvent.MessageEdited edited -> named(edited.author(), edited.text());
      case InboundEvent.MessageDeleted _, InboundEvent.AppRemoved _ -> Set.of();
      case InboundEvent.CommandInvoked command -> named(command.author(), command.text());
      case InboundEvent.ActionTaken action -> Set.of(action.author());
      case InboundEvent.FormSubmitted form -> Set.of(form.author());
      case InboundEvent.ReactionAdded reaction -> Set.of(reaction.author());
      case InboundEvent.MemberJoined joined -> Set.of(joined.author());
      case InboundEvent.MemberLeft left -> Set.of(left.author());
      case InboundEvent.HomeOpened opened -> Set.of(opened.author());
    };
  }

  private static Set<String> named(String author, String text) {
    Set<String> accounts = new HashSet<>(Set.of(author));
    Matcher mention = MENTION.matcher(text);
    while (mention.find()) {
      accounts.add(mention.group(1));
    }
    return accounts;
  }
}
