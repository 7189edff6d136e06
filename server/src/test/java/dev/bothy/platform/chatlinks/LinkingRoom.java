package dev.bothy.platform.chatlinks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.bothy.platform.audit.Audit;
import dev.bothy.platform.audit.AuditEntry;
import dev.bothy.platform.audit.AuditFilter;
import dev.bothy.platform.chat.ChatConnection;
import dev.bothy.platform.chat.RichText;
import dev.bothy.platform.chat.sandbox.RoomInput;
import dev.bothy.platform.chat.sandbox.RoomMessage;
import dev.bothy.platform.chat.sandbox.SandboxRoom;
import dev.bothy.platform.workspace.Workspaces;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The sandbox of one workspace, as somebody reads and writes in it.
final class LinkingRoom {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final Workspaces workspaces;
  private final SandboxRoom room;
  private final RoomInput input;
  private final ChatConnection connection;

  LinkingRoom(Workspaces workspaces, SandboxRoom room, RoomInput input, ChatConnection connection) {
    this.workspaces = workspaces;
    this.room = room;
    this.input = input;
    this.connection = connection;
  }

  void say(String account, String text) {
    assertThat(
            input.say(
                connection,
                new RoomInput.Speech(UUID.randomUUID(), account, "general", null, text)))
        .isEmpty();
  }

  /// Waits until this account alone is shown the text, in the channel or from Bothy directly.
  void awaitShown(String account, String text) {
    await("\"" + text + "\" for " + account)
        .atMost(PATIENCE)
        .until(() -> shown(account).stream().anyMatch(message -> text(message).contains(text)));
  }

  /// Where the link leads that this account was sent last.
  String awaitLink(String account, int number) {
    return await("link " + number + " for " + account)
        .atMost(PATIENCE)
        .until(() -> links(account), links -> links.size() >= number)
        .get(number - 1);
  }

  /// Whether anybody but this account was ever shown the text.
  boolean isShownToAnotherThan(String account, String text) {
    return Stream.of("ada", "ben", "chen", "dana")
        .filter(each -> !each.equals(account))
        .flatMap(each -> shown(each).stream())
        .anyMatch(message -> text(message).contains(text));
  }

  private List<String> links(String account) {
    return shown(account).stream()
        .flatMap(message -> message.content().text().spans().stream())
        .filter(RichText.Link.class::isInstance)
        .map(span -> ((RichText.Link) span).address())
        .toList();
  }

  private List<RoomMessage> shown(String account) {
    return in(() ->
        Stream.of("general", "@" + account)
            .flatMap(each -> room.messages(connection, each, account).stream())
            .toList());
  }

  List<AuditEntry> audited(Audit audit) {
    return in(() ->
        audit
            .page(new AuditFilter("chatlinks", null, null, null, null, null, null), null, 200)
            .entries()
            .reversed());
  }

  <T> T in(Supplier<T> work) {
    return workspaces.inWorkspace(connection.workspace(), work);
  }

  ChatConnection connection() {
    return connection;
  }

  private static String text(RoomMessage message) {
    return message.content().text().spans().stream()
        .map(span ->
            switch (span) {
              case RichText.Plain plain -> plain.text();
              case RichText.Bold bold -> bold.text();
              case RichText.Code code -> code.text();
              case RichText.Mention mention -> mention.account();
              case RichText.Link link -> link.label();
            })
        .collect(Collectors.joining());
  }
}
