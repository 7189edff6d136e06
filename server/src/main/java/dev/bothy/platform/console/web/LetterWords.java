package dev.bothy.platform.console.web;

import dev.bothy.platform.chat.ChatConnection;
import dev.bothy.platform.chat.Connections;
import dev.bothy.platform.work.DeadLetter;
import dev.bothy.platform.work.DeadLetter.Box;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Dead letters in words.
@Component
class LetterWords {
  /// A reply handle may hold an address with which anybody can post (Slack's response URLs).
  private static final String SECRET = "reply";

  /// The kind of a mail, which goes through no connection.
  private static final String MAIL = "mail";

  private final Connections connections;
  private final JsonMapper json;

  LetterWords(Connections connections, JsonMapper json) {
    this.connections = connections;
    this.json = json;
  }

  /// A letter as people read it.
  ///
  /// @param title what it is and where
  /// @param problem one sentence
  /// @param code what the server noted of its last attempt
  public record Line(
      String box,
      UUID id,
      String title,
      String conversation,
      String connection,
      String problem,
      String code,
      int attempts,
      Instant cameAt,
      Instant diedAt) {}

  /// The letters with one problem.
  public record Group(String box, String code, String problem, long letters) {}

  /// Called within a transaction of the workspace.
  List<Line> lines(List<DeadLetter> letters) {
    Map<UUID, ChatConnection> known =
        connections.list().stream()
            .collect(Collectors.toMap(each -> each.id().value(), Function.identity()));
    return letters.stream().map(letter -> line(letter, known)).toList();
  }

  Line line(DeadLetter letter) {
    return lines(List.of(letter)).getFirst();
  }

  List<Group> groups(List<DeadLetter.Group> groups) {
    return groups.stream()
        .map(group ->
            new Group(
                group.box().word(),
                group.problem(),
                problem(group.box(), group.problem()),
                group.letters()))
        .toList();
  }

  /// The content for people to read, without what is a secret.
  String readable(byte[] content) {
    try {
      JsonNode tree = json.readTree(content);
      hideSecrets(tree);
      return json.writerWithDefaultPrettyPrinter().writeValueAsString(tree);
    } catch (JacksonException notJson) {
      return "It cannot be shown: it is not in a form that this version knows.";
    }
  }

  private static void hideSecrets(JsonNode tree) {
    if (tree instanceof ObjectNode object && object.has(SECRET)) {
      object.put(SECRET, "…");
    }
    tree.forEach(LetterWords::hideSecrets);
  }

  private static Line line(DeadLetter letter, Map<UUID, ChatConnection> known) {
    ChatConnection connection = known.get(letter.connection());
    String conversation = letter.lane().substring(letter.lane().lastIndexOf(':') + 1);
    String where = conversation.equals("-") ? "no conversation" : conversation;
    return new Line(
        letter.box().word(),
        letter.id(),
        switch (letter.box()) {
          case INBOX -> "Event in " + where;
          case OUTBOX -> letter.kind().equals(MAIL) ? "A mail" : "Message to " + where;
        },
        where,
        letter.kind().equals(MAIL)
            ? "The mail relay"
            : connection == null ? "A connection that was removed" : name(connection),
        problem(letter.box(), letter.problem()),
        letter.problem(),
        letter.attempts(),
        letter.cameAt(),
        letter.diedAt());
  }

  private static String name(ChatConnection connection) {
    String network = connection.network().id();
    return network.substring(0, 1).toUpperCase(Locale.ROOT)
        + network.substring(1)
        + " ("
        + connection.name()
        + ")";
  }

  /// The server notes names of exceptions, and a network's own words for why it refused.
  private static String problem(Box box, String code) {
    if (code.isEmpty()) {
      return "The server did not note why.";
    }
    if (code.startsWith("CannotOpen")) {
      return "Its content does not open: the key that sealed it was destroyed, or it was changed.";
    }
    if (code.startsWith("unsupported: ")) {
      return "The network cannot do what it asks for ("
          + code.substring("unsupported: ".length()).toLowerCase(Locale.ROOT)
          + ").";
    }
    return switch (box) {
      case INBOX ->
          "Handling it failed each time (" + code + "). The server's log has the whole story.";
      case OUTBOX -> "It could not be sent: " + code + ".";
    };
  }
}
