package dev.bothy.app.rotations;

import dev.bothy.platform.chat.Account;
import dev.bothy.platform.chat.Capability;
import dev.bothy.platform.chat.Chat;
import dev.bothy.platform.chat.Content;
import dev.bothy.platform.chat.Group;
import dev.bothy.platform.chat.OutboundMessage;
import dev.bothy.platform.chat.RichText;
import dev.bothy.platform.kernel.ConnectionId;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/// A network that remembers what was said in it, as a person would see it: an update changes the
/// message that is there.
final class RecordingChat implements Chat {
  private final Map<String, Account> accounts = new HashMap<>();
  private final Map<UUID, Message> messages = new HashMap<>();
  private final List<Message> inOrder = new ArrayList<>();
  private Set<Capability> capabilities = EnumSet.allOf(Capability.class);

  /// A message as it reads now.
  ///
  /// @param sent what was sent first
  static final class Message {
    final OutboundMessage sent;
    Content content;

    Message(OutboundMessage sent, Content content) {
      this.sent = sent;
      this.content = content;
    }

    /// The text with its fields, a line each.
    String text() {
      StringBuilder text = new StringBuilder(plain(content.text()));
      content
          .fields()
          .forEach(field ->
              text.append("\n").append(field.label()).append(": ").append(plain(field.value())));
      return text.toString();
    }

    List<Content.Button> buttons() {
      return content.actions().stream().map(Content.Button.class::cast).toList();
    }
  }

  void knows(String account, String name, boolean active) {
    accounts.put(account, new Account(account, name, ZoneId.of("Europe/Berlin"), active, false));
  }

  void cannot(Capability capability) {
    capabilities = EnumSet.copyOf(capabilities);
    capabilities.remove(capability);
  }

  /// The messages in a conversation, oldest first.
  List<Message> channel(String conversation) {
    return inOrder.stream()
        .filter(message ->
            message.sent instanceof OutboundMessage.Post post
                && post.conversation().equals(conversation))
        .toList();
  }

  /// The messages to one person alone, oldest first.
  List<Message> direct(String account) {
    return inOrder.stream()
        .filter(message ->
            message.sent instanceof OutboundMessage.Direct direct
                && direct.account().equals(account))
        .toList();
  }

  /// What was sent of this kind, oldest first.
  List<Message> sent(Class<? extends OutboundMessage> kind) {
    return inOrder.stream().filter(message -> kind.isInstance(message.sent)).toList();
  }

  /// The id that this message was sent with.
  UUID idOf(Message message) {
    return messages.entrySet().stream()
        .filter(entry -> entry.getValue() == message)
        .map(Map.Entry::getKey)
        .findFirst()
        .orElseThrow();
  }

  /// What was shown to this person last.
  Message shownTo(String account) {
    return inOrder.stream()
        .filter(message ->
            message.sent instanceof OutboundMessage.Ephemeral shown
                && shown.account().equals(account))
        .reduce((_, later) -> later)
        .orElseThrow();
  }

  /// What the app's own page shows to this person.
  Message home(String account) {
    return inOrder.stream()
        .filter(message ->
            message.sent instanceof OutboundMessage.Home home && home.account().equals(account))
        .reduce((_, later) -> later)
        .orElseThrow();
  }

  /// The form that was opened last.
  Optional<OutboundMessage.OpenForm> form() {
    return inOrder.stream()
        .flatMap(message ->
            message.sent instanceof OutboundMessage.OpenForm form
                ? Optional.of(form).stream()
                : Optional.<OutboundMessage.OpenForm>empty().stream())
        .reduce((_, later) -> later);
  }

  /// All that was sent, oldest first.
  List<Message> all() {
    return List.copyOf(inOrder);
  }

  int count() {
    return inOrder.size();
  }

  @Override
  public UUID send(ConnectionId connection, OutboundMessage message) {
    UUID id = UUID.randomUUID();
    switch (message) {
      case OutboundMessage.Post post -> add(id, post, post.content());
      case OutboundMessage.Direct direct -> add(id, direct, direct.content());
      case OutboundMessage.Ephemeral shown -> add(id, shown, shown.content());
      case OutboundMessage.OpenForm form -> add(id, form, Content.of(""));
      case OutboundMessage.Home home -> add(id, home, home.content());
      case OutboundMessage.Update update -> {
        Message changed = Optional.ofNullable(messages.get(update.message())).orElseThrow();
        changed.content = update.content();
      }
      case OutboundMessage.Reply reply -> add(id, reply, reply.content());
      case OutboundMessage.Join join -> add(id, join, Content.of(""));
      case OutboundMessage.Topic topic -> add(id, topic, Content.of(topic.text()));
      case OutboundMessage.GroupMembers members ->
          add(id, members, Content.of(String.join(",", members.accounts())));
      case OutboundMessage.Delete delete -> throw new AssertionError("Nothing is taken back");
    }
    return id;
  }

  @Override
  public Set<Capability> capabilities(ConnectionId connection) {
    return capabilities;
  }

  @Override
  public Optional<UUID> message(ConnectionId connection, String conversation, String message) {
    return messages.keySet().stream().filter(id -> id.toString().equals(message)).findFirst();
  }

  @Override
  public Optional<Account> account(ConnectionId connection, String account) {
    return Optional.ofNullable(accounts.get(account));
  }

  @Override
  public Map<String, Account> accounts(ConnectionId connection, Collection<String> wanted) {
    Map<String, Account> found = new HashMap<>(accounts);
    found.keySet().retainAll(wanted);
    return found;
  }

  @Override
  public List<Account> accounts(ConnectionId connection) {
    return accounts.values().stream()
        .filter(Account::active)
        .sorted(Comparator.comparing(Account::name))
        .toList();
  }

  @Override
  public List<Group> groups(ConnectionId connection) {
    return List.of();
  }

  @Override
  public void refresh(ConnectionId connection, Collection<String> asked) {
    // What is known is what the tests said last.
  }

  @Override
  public Optional<String> emailOf(ConnectionId connection, String account) {
    return Optional.empty();
  }

  private void add(UUID id, OutboundMessage message, Content content) {
    Message added = new Message(message, content);
    messages.put(id, added);
    inOrder.add(added);
  }

  private static String plain(RichText text) {
    return text.spans().stream()
        .map(span ->
            switch (span) {
              case RichText.Plain plain -> plain.text();
              case RichText.Bold bold -> bold.text();
              case RichText.Code code -> code.text();
              case RichText.Mention mention -> "<@" + mention.account() + ">";
              case RichText.Link link -> link.label();
            })
        .collect(Collectors.joining());
  }
}
