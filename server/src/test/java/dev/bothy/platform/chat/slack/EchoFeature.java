package dev.bothy.platform.chat.slack;

import dev.bothy.platform.chat.Capability;
import dev.bothy.platform.chat.Chat;
import dev.bothy.platform.chat.ChatConnection;
import dev.bothy.platform.chat.ChatFeature;
import dev.bothy.platform.chat.Content;
import dev.bothy.platform.chat.InboundEvent;
import dev.bothy.platform.chat.OutboundMessage;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.boot.test.context.TestComponent;

/// Answers each message that begins with `echo` in its thread: so that events of Slack's have an
/// effect that a test can see.
@TestComponent
class EchoFeature implements ChatFeature {
  private final Chat chat;
  private final Map<String, AtomicInteger> failures = new ConcurrentHashMap<>();

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
  public boolean wants(ChatConnection connection, InboundEvent event) {
    return event instanceof InboundEvent.MessagePosted posted && posted.text().startsWith("echo");
  }

  @Override
  public Answer handle(ChatConnection connection, InboundEvent event) {
    InboundEvent.MessagePosted posted = (InboundEvent.MessagePosted) event;
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
