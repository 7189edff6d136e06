package dev.bothy.platform.chat.sandbox;

import dev.bothy.platform.chat.Account;
import dev.bothy.platform.chat.Capability;
import dev.bothy.platform.chat.ChatConnection;
import dev.bothy.platform.chat.ChatConnector;
import dev.bothy.platform.chat.Content;
import dev.bothy.platform.chat.Group;
import dev.bothy.platform.chat.Network;
import dev.bothy.platform.chat.OutboundMessage;
import dev.bothy.platform.kernel.ConnectionId;
import dev.bothy.platform.work.OutboxSender.Result;
import dev.bothy.platform.workspace.Workspaces;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// Writes into the room. Every message's row has the id of the message itself, so that one sent
/// twice is there once.
@Component
class SandboxConnector implements ChatConnector {
  /// Bothy's own account in every room.
  static final String BOT = "bothy";

  private static final String FIRST_GROUP = "on-duty";

  private static final Pattern GROUP = Pattern.compile("[a-z0-9][a-z0-9-]{1,29}");

  private final RoomTable room;
  private final MessageTable messages;
  private final FormTable forms;
  private final SignTable signs;
  private final Workspaces workspaces;

  SandboxConnector(
      RoomTable room,
      MessageTable messages,
      FormTable forms,
      SignTable signs,
      Workspaces workspaces) {
    this.room = room;
    this.messages = messages;
    this.forms = forms;
    this.signs = signs;
    this.workspaces = workspaces;
  }

  @Override
  public Network network() {
    return Network.SANDBOX;
  }

  @Override
  public Set<Capability> capabilities() {
    return EnumSet.complementOf(EnumSet.of(Capability.HOME));
  }

  @Override
  public Result send(Delivery delivery) {
    ChatConnection connection = delivery.connection();
    return workspaces.inWorkspace(
        connection.workspace(),
        () -> {
          Result result = write(delivery, connection.id());
          if (!(result instanceof Result.Sent)) {
            workspaces.rollBack();
          }
          return result;
        });
  }

  @Override
  public Optional<Account> lookUp(ChatConnection connection, String account) {
    return workspaces.inWorkspace(
        connection.workspace(),
        () -> room.person(connection.id(), account).map(SandboxConnector::toAccount));
  }

  /// Invented, as the people are.
  @Override
  public Optional<String> emailOf(ChatConnection connection, String account) {
    return lookUp(connection, account).map(found -> found.id() + "@example.test");
  }

  /// One that is always there to be chosen, and those that apps have filled.
  @Override
  public List<Group> groups(ChatConnection connection) {
    Set<String> names =
        workspaces.inWorkspace(
            connection.workspace(), () -> new TreeSet<>(signs.groups(connection.id()).keySet()));
    names.add(FIRST_GROUP);
    return names.stream().map(name -> new Group(name, name)).toList();
  }

  static Account toAccount(RoomPerson person) {
    return new Account(person.account(), person.name(), person.zone(), person.active(), false);
  }

  private Result write(Delivery delivery, ConnectionId connection) {
    UUID id = delivery.id();
    return switch (delivery.message()) {
      case OutboundMessage.Post(String conversation, String thread, Content content) ->
          post(id, connection, conversation, thread, content);
      case OutboundMessage.Direct(String account, Content content) ->
          present(connection, account)
              ? post(id, connection, "@" + account, null, content)
              : new Result.Rejected("There is nobody with the account " + account);
      case OutboundMessage.Update update ->
          messages.change(connection, target(delivery), BOT, update.content())
              ? sent(target(delivery))
              : new Result.Rejected("The message to change does not exist");
      case OutboundMessage.Delete _ ->
          messages.takeBack(connection, target(delivery), BOT)
              ? sent(target(delivery))
              : new Result.Rejected("The message to take back does not exist");
      case OutboundMessage.Ephemeral message -> showToOne(id, connection, message);
      case OutboundMessage.OpenForm form -> {
        if (!present(connection, form.account())) {
          yield new Result.Rejected("There is nobody with the account " + form.account());
        }
        forms.open(id, connection, form.conversation(), form.account(), form.form());
        yield sent(id);
      }
      case OutboundMessage.Home home -> new Result.Unsupported(home.needs().name());
      case OutboundMessage.Reply reply -> reply(id, connection, target(delivery), reply.content());
      // Bothy is everywhere here.
      case OutboundMessage.Join(String conversation) ->
          room.hasConversation(connection, conversation)
              ? new Result.Sent(null)
              : new Result.Rejected("There is no conversation " + conversation);
      case OutboundMessage.Topic(String conversation, String text) -> {
        if (!room.hasChannel(connection, conversation)) {
          yield new Result.Rejected("There is no channel " + conversation);
        }
        signs.setTopic(connection, conversation, text);
        yield new Result.Sent(null);
      }
      case OutboundMessage.GroupMembers members -> group(connection, members);
    };
  }

  private Result post(
      UUID id,
      ConnectionId connection,
      String conversation,
      @Nullable String thread,
      Content content) {
    if (!room.hasConversation(connection, conversation)) {
      return new Result.Rejected("There is no conversation " + conversation);
    }
    UUID answered = null;
    if (thread != null) {
      answered = toId(thread);
      if (answered == null || messages.inThread(connection, answered, BOT).isEmpty()) {
        return new Result.Rejected("The message to answer does not exist");
      }
    }
    messages.add(
        new MessageTable.Addition(id, connection, conversation, answered, BOT, null, content));
    return sent(id);
  }

  private Result reply(UUID id, ConnectionId connection, UUID message, Content content) {
    Optional<MessageTable.Place> found = messages.place(connection, message);
    if (found.isEmpty()) {
      return new Result.Rejected("The message to answer does not exist");
    }
    MessageTable.Place place = found.get();
    UUID thread = place.thread() == null ? message : place.thread();
    messages.add(
        new MessageTable.Addition(
            id, connection, place.conversation(), thread, BOT, null, content));
    return sent(id);
  }

  /// A group is here as soon as somebody is in it.
  private Result group(ConnectionId connection, OutboundMessage.GroupMembers members) {
    if (!GROUP.matcher(members.group()).matches()) {
      return new Result.Rejected("A group's name has 2 to 30 of a-z, 0-9 and -");
    }
    if (members.accounts().isEmpty()) {
      return new Result.Rejected("A group cannot be empty; who was in it before still is");
    }
    for (String account : members.accounts()) {
      if (!present(connection, account)) {
        return new Result.Rejected("There is nobody with the account " + account);
      }
    }
    signs.setGroup(connection, members.group(), members.accounts());
    return new Result.Sent(null);
  }

  private Result showToOne(UUID id, ConnectionId connection, OutboundMessage.Ephemeral message) {
    if (!room.hasConversation(connection, message.conversation())) {
      return new Result.Rejected("There is no conversation " + message.conversation());
    }
    if (!present(connection, message.account())) {
      return new Result.Rejected("There is nobody with the account " + message.account());
    }
    messages.add(
        new MessageTable.Addition(
            id,
            connection,
            message.conversation(),
            null,
            BOT,
            message.account(),
            message.content()));
    return sent(id);
  }

  private boolean present(ConnectionId connection, String account) {
    return room.person(connection, account).filter(RoomPerson::active).isPresent();
  }

  private static UUID target(Delivery delivery) {
    UUID target = delivery.target() == null ? null : toId(delivery.target());
    if (target == null) {
      throw new IllegalStateException("No message to change in " + delivery.id());
    }
    return target;
  }

  private static @Nullable UUID toId(String text) {
    try {
      return UUID.fromString(text);
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  private static Result sent(UUID id) {
    return new Result.Sent(id.toString());
  }
}
