package dev.bothy.platform.chat.slack;

import dev.bothy.platform.chat.Capability;
import dev.bothy.platform.chat.ChatConnection;
import dev.bothy.platform.chat.ChatFeature;
import dev.bothy.platform.chat.InboundEvent;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.boot.test.context.TestComponent;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/// A second feature that hears of what [EchoFeature] hears what begins with `echo both`, and counts
/// it.
@TestComponent
public class HearingFeature implements ChatFeature {
  private final Map<String, AtomicInteger> heard = new ConcurrentHashMap<>();
  private final Map<String, AtomicInteger> tries = new ConcurrentHashMap<>();
  private final Set<String> failing = ConcurrentHashMap.newKeySet();

  /// Handling a message with this text fails until [#recover].
  public void fail(String text) {
    failing.add(text);
  }

  public void recover(String text) {
    failing.remove(text);
  }

  /// How often a message with this text was heard for good.
  public int heard(String text) {
    return heard.getOrDefault(text, new AtomicInteger()).get();
  }

  /// How often it was tried.
  public int tries(String text) {
    return tries.getOrDefault(text, new AtomicInteger()).get();
  }

  @Override
  public String id() {
    return "hearing";
  }

  @Override
  public List<Command> commands() {
    return List.of();
  }

  @Override
  public Map<Capability, String> needs() {
    return Map.of();
  }

  @Override
  public boolean wants(ChatConnection connection, InboundEvent event) {
    return event instanceof InboundEvent.MessagePosted posted
        && posted.text().startsWith("echo both");
  }

  @Override
  public Answer handle(ChatConnection connection, InboundEvent event) {
    String text = ((InboundEvent.MessagePosted) event).text();
    count(tries, text);
    if (failing.contains(text)) {
      throw new IllegalStateException("as the test wants it");
    }
    // What was rolled back was not heard.
    TransactionSynchronizationManager.registerSynchronization(
        new TransactionSynchronization() {
          @Override
          public void afterCommit() {
            count(heard, text);
          }
        });
    return new Answer.Done();
  }

  private static void count(Map<String, AtomicInteger> counts, String text) {
    counts.computeIfAbsent(text, _ -> new AtomicInteger()).incrementAndGet();
  }
}
