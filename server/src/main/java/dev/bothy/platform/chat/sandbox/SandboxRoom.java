package dev.bothy.platform.chat.sandbox;

import dev.bothy.platform.chat.ChatConnection;
import dev.bothy.platform.chat.Connections;
import dev.bothy.platform.chat.Intake;
import dev.bothy.platform.chat.Network;
import dev.bothy.platform.kernel.ConnectionId;
import dev.bothy.platform.kernel.Problem;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.springframework.stereotype.Service;

/// The room of a workspace: who and what is in it. Called within a transaction of the workspace.
@Service
public class SandboxRoom {
  /// The channel that the room opens with.
  public static final String FIRST_CHANNEL = "general";

  private static final Pattern CHANNEL = Pattern.compile("[a-z0-9][a-z0-9-]{1,29}");

  private final RoomTable room;
  private final MessageTable messages;
  private final FormTable forms;
  private final SignTable signs;
  private final Connections connections;
  private final Intake intake;

  SandboxRoom(
      RoomTable room,
      MessageTable messages,
      FormTable forms,
      SignTable signs,
      Connections connections,
      Intake intake) {
    this.room = room;
    this.messages = messages;
    this.forms = forms;
    this.signs = signs;
    this.connections = connections;
    this.intake = intake;
  }

  /// The workspace's connection to its room; made, with four people and two channels, when it has
  /// none.
  public ChatConnection open() {
    return connected(room.connection())
        .or(() -> connected(room.lockedConnection()))
        .orElseGet(this::furnish);
  }

  /// Everybody in the room, by name, Bothy apart.
  public List<RoomPerson> people(ChatConnection connection) {
    return room.people(connection.id());
  }

  /// The channels, oldest first.
  public List<String> channels(ChatConnection connection) {
    return room.channels(connection.id());
  }

  /// What stands over a channel; empty when it has no topic.
  public String topic(ChatConnection connection, String channel) {
    return signs.topic(connection.id(), channel);
  }

  /// Who is in each group that an app keeps: accounts by the group's name.
  public Map<String, List<String>> groups(ChatConnection connection) {
    return signs.groups(connection.id());
  }

  /// What this account sees of a conversation, oldest first; the last 200 messages.
  public List<RoomMessage> messages(
      ChatConnection connection, String conversation, String account) {
    return messages.inConversation(connection.id(), conversation, account);
  }

  /// What this account sees of a thread: the message it starts with, then the answers. Empty when
  /// the account sees no such message.
  public List<RoomMessage> thread(ChatConnection connection, UUID thread, String account) {
    return messages.find(connection.id(), thread, account).isPresent()
        ? messages.inThread(connection.id(), thread, account)
        : List.of();
  }

  /// The form that waits for this account.
  public Optional<OpenForm> form(ChatConnection connection, String account) {
    return forms.waitingFor(connection.id(), account);
  }

  /// Closes the form without an answer.
  public void dismiss(ChatConnection connection, String account, UUID form) {
    forms
        .waitingFor(connection.id(), account)
        .filter(waiting -> waiting.id().equals(form))
        .ifPresent(waiting -> forms.close(waiting.id()));
  }

  /// Somebody looked at what Bothy wrote to this account alone.
  public void seen(ChatConnection connection, String account) {
    room.seen(connection.id(), account);
  }

  /// Makes a channel.
  ///
  /// @return what is wrong with the name; empty when the channel is there
  public Optional<Problem> addChannel(ChatConnection connection, String name) {
    if (!CHANNEL.matcher(name).matches()) {
      return Optional.of(
          Problem.ofField(
              "sandbox.channel-name",
              "name",
              "A channel's name has 2 to 30 of a-z, 0-9 and -, and does not start with -."));
    }
    if (!room.addChannel(connection.id(), name)) {
      return Optional.of(
          Problem.ofField(
              "sandbox.channel-exists", "name", "There is a channel #" + name + " already."));
    }
    room.changed();
    return Optional.empty();
  }

  /// Somebody leaves the company, or comes back; apps learn of it as they would from any network.
  public void setActive(ChatConnection connection, String account, boolean active) {
    room.setActive(connection.id(), account, active);
    room.person(connection.id(), account)
        .map(SandboxConnector::toAccount)
        .ifPresent(changed -> intake.accountChanged(connection, changed));
  }

  /// Forgets every message, form, topic and group; people and channels stay.
  public void clear(ChatConnection connection) {
    messages.clear(connection.id());
    forms.clear(connection.id());
    signs.clear(connection.id());
  }

  private Optional<ChatConnection> connected(Optional<ConnectionId> id) {
    return id.flatMap(connections::ofCurrentWorkspace);
  }

  private ChatConnection furnish() {
    ChatConnection made =
        connections.create(Network.SANDBOX, "Sandbox", SandboxConnector.BOT, new byte[0]);
    room.connect(made.id());
    room.addPerson(made.id(), "ada", "Ada Byron", ZoneId.of("Europe/London"));
    room.addPerson(made.id(), "ben", "Ben Okafor", ZoneId.of("Africa/Lagos"));
    room.addPerson(made.id(), "chen", "Chen Wei", ZoneId.of("Asia/Shanghai"));
    room.addPerson(made.id(), "dana", "Dana Ruiz", ZoneId.of("America/New_York"));
    room.addChannel(made.id(), FIRST_CHANNEL);
    room.addChannel(made.id(), "on-call");
    // So that a form in the browser can offer them before anybody has said a word.
    people(made).forEach(person -> intake.accountChanged(made, SandboxConnector.toAccount(person)));
    return made;
  }
}
