package dev.bothy.bench;

import dev.bothy.platform.chat.Capability;
import dev.bothy.platform.chat.ChatConnection;
import dev.bothy.platform.chat.ChatFeature;
import dev.bothy.platform.chat.InboundEvent;
import java.util.List;
import java.util.Map;

/// Wants messages that begin with `bench` and does nothing with them: so that what a measured
/// server does is taking in, storing, claiming and completing, and nothing else. The one class that
/// is added to the packaged server, by `spring.main.sources`.
class BenchFeature implements ChatFeature {
  @Override
  public String id() {
    return "bench";
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
    return event instanceof InboundEvent.MessagePosted posted && posted.text().startsWith("bench");
  }

  @Override
  public Answer handle(ChatConnection connection, InboundEvent event) {
    return new Answer.Done();
  }
}
