package dev.bothy.platform.chat.slack;

import dev.bothy.platform.chat.Capability;
import dev.bothy.platform.chat.Chat;
import dev.bothy.platform.chat.ChatConnection;
import dev.bothy.platform.chat.ChatFeature;
import dev.bothy.platform.chat.Content;
import dev.bothy.platform.chat.InboundEvent;
import dev.bothy.platform.chat.OutboundMessage;
import dev.bothy.platform.kernel.ConnectionId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.test.context.TestComponent;
import org.springframework.context.annotation.Import;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/// Answers each message that begins with `echo` in its thread, and remembers below which message of
/// ours one that begins with `reply` stands: so that events of Slack's have an effect that a test
/// can see. It brings [HearingFeature] along, and of the two it is the first.
@TestComponent
@Import(HearingFeature.class)
@Order(Ordered.HIGHEST_PRECEDENCE)
public class EchoFeature implements ChatFeature {
  private final Chat chat;
  private final Map<String, AtomicInteger> failures = new ConcurrentHashMap<>();
  private final Map<String, Optional<UUID>> below = new ConcurrentHashMap<>();
  private final Map<UUID, String> givenUp = new ConcurrentHashMap<>();

  EchoFeature(Chat chat) {
    this.chat = chat;
  }

  /// Handling a message with this text fails so many times from now on.
  void fail(String text, int times) {
    failures.put(text, new AtomicInteger(times));
  }

  /// How often it still fails.
  int failuresLeft(String text) {
    return failures.getOrDefault(text, new AtomicInteger()).get();
  }

  /// Below which message of ours the message with this text stands; null while it was not heard.
  public @Nullable Optional<UUID> below(String text) {
    return below.get(text);
  }

  /// Why the message was given up; null for one that was not.
  @Nullable String whyGivenUp(UUID message) {
    return givenUp.get(message);
  }

  @Override
  public String id() {
    return "echo";
  }

  @Override
  public List<Command> commands() {
    return List.of();
  }

  @Override
  public Map<Capability, String> needs() {
    return Map.of(Capability.THREAD, "Repeats what was said.");
  }

  @Override
  public Map<Capability, String> wishes() {
    return Map.of(
        Capability.HEAR, "Hears what it repeats.",
        Capability.JOIN, "Joins where it is to listen.",
        Capability.POST_ANYWHERE, "Speaks everywhere.",
        Capability.TOPIC, "Says over the channel what was said.",
        Capability.GROUP, "Gathers those who spoke.");
  }

  @Override
  public boolean wants(ChatConnection connection, InboundEvent event) {
    return event instanceof InboundEvent.MessagePosted posted
        && (posted.text().startsWith("echo")
            || (posted.text().startsWith("reply") && posted.mayAnswer(connection)));
  }

  @Override
  public void givenUp(ConnectionId connection, UUID message, OutboundMessage what, String reason) {
    givenUp.put(message, reason);
  }

  @Override
  public Answer handle(ChatConnection connection, InboundEvent event) {
    InboundEvent.MessagePosted posted = (InboundEvent.MessagePosted) event;
    String thread = posted.thread();
    if (posted.text().startsWith("reply") && thread != null) {
      below.put(posted.text(), chat.message(connection.id(), posted.conversation(), thread));
      return new Answer.Done();
    }
    AtomicInteger left = failures.getOrDefault(posted.text(), new AtomicInteger());
    if (left.getAndUpdate(times -> Math.max(0, times - 1)) > 0) {
      throw new IllegalStateException("as the test wants it");
    }
    chat.send(
        connection.id(),
        new OutboundMessage.Post(
            posted.conversation(), posted.message(), Content.of("heard: " + posted.text())));
    return new Answer.Done();
  }
}
