package dev.bothy.bench;

import dev.bothy.platform.audit.Actor;
import dev.bothy.platform.audit.Audit;
import dev.bothy.platform.audit.Subject;
import dev.bothy.platform.chat.Capability;
import dev.bothy.platform.chat.Chat;
import dev.bothy.platform.chat.ChatConnection;
import dev.bothy.platform.chat.ChatFeature;
import dev.bothy.platform.chat.Content;
import dev.bothy.platform.chat.InboundEvent;
import dev.bothy.platform.chat.OutboundMessage;
import java.util.List;
import java.util.Map;

/// Writes one audit entry and sends one message for each message that begins with `crash`: effects
/// that can be counted afterwards, in the database and at the network. Added to the servers that
/// are killed, by `spring.main.sources`.
class CrashFeature implements ChatFeature {
  static final String WORD = "crash ";
  static final String ACTION = "crash.handled";

  private final Chat chat;
  private final Audit audit;

  CrashFeature(Chat chat, Audit audit) {
    this.chat = chat;
    this.audit = audit;
  }

  @Override
  public String id() {
    return "crash";
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
    return event instanceof InboundEvent.MessagePosted posted && posted.text().startsWith(WORD);
  }

  @Override
  public Answer handle(ChatConnection connection, InboundEvent event) {
    InboundEvent.MessagePosted posted = (InboundEvent.MessagePosted) event;
    String number = posted.text().substring(WORD.length());
    audit.record(new Actor.System(), ACTION, new Subject("crash.delivery", number));
    chat.send(
        connection.id(),
        new OutboundMessage.Post(posted.conversation(), null, Content.of(posted.text())));
    return new Answer.Done();
  }
}
