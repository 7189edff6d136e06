package dev.bothy.platform.chat;

import dev.bothy.platform.kernel.ConnectionId;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;
import org.springframework.util.function.SingletonSupplier;

/// Lets an event through to its feature, or tells its author in private why not.
@Component
class Gate {
  /// Whoever knows accounts sends through what asks it, so it is built after it.
  private final SingletonSupplier<List<AccountGate>> gates;

  private final List<FeatureGate> features;
  private final Chat chat;

  Gate(ObjectProvider<AccountGate> gates, List<FeatureGate> features, Chat chat) {
    this.gates = SingletonSupplier.of(() -> gates.orderedStream().toList());
    this.features = features;
    this.chat = chat;
  }

  /// Called outside of any transaction.
  void met(ChatConnection connection, InboundEvent event) {
    String author = actingIn(event);
    if (author != null) {
      gates.obtain().forEach(gate -> gate.met(connection, author));
    }
  }

  /// Called within a transaction of the workspace.
  ///
  /// @return whether the event was refused; whoever asked for something was told so
  boolean refuses(ChatConnection connection, ChatFeature feature, InboundEvent event) {
    String author = actingIn(event);
    Optional<String> off =
        features.stream().flatMap(gate -> gate.refusal(feature.id()).stream()).findFirst();
    if (off.isPresent()) {
      if (author != null) {
        tell(connection.id(), event, author, Content.of(off.get()));
      }
      return true;
    }
    if (author == null) {
      return false;
    }
    Optional<String> refusal =
        gates.obtain().stream()
            .flatMap(gate -> gate.refusal(connection.id(), author).stream())
            .findFirst();
    refusal.ifPresent(why -> tell(connection.id(), event, author, Content.of(why)));
    return refusal.isPresent();
  }

  private void tell(ConnectionId connection, InboundEvent event, String author, Content why) {
    Set<Capability> can = chat.capabilities(connection);
    ReplyHandle reply = replyTo(event);
    if (event instanceof InboundEvent.HomeOpened opened) {
      chat.send(connection, new OutboundMessage.Home(author, opened.shown(), why));
    } else if (can.contains(Capability.EPHEMERAL) && !event.conversation().isEmpty()) {
      chat.send(
          connection, new OutboundMessage.Ephemeral(event.conversation(), author, reply, why));
    } else if (can.contains(Capability.DIRECT)) {
      chat.send(connection, new OutboundMessage.Direct(author, why));
    }
  }

  /// Who asks for something with this event; null when it only tells what happened.
  private static @Nullable String actingIn(InboundEvent event) {
    return switch (event) {
      case InboundEvent.CommandInvoked command -> command.author();
      case InboundEvent.ActionTaken action -> action.author();
      case InboundEvent.FormSubmitted form -> form.author();
      case InboundEvent.HomeOpened opened -> opened.author();
      case InboundEvent.MessagePosted _,
          InboundEvent.MessageEdited _,
          InboundEvent.MessageDeleted _,
          InboundEvent.ReactionAdded _,
          InboundEvent.MemberJoined _,
          InboundEvent.MemberLeft _,
          InboundEvent.AppRemoved _ ->
          null;
    };
  }

  private static ReplyHandle replyTo(InboundEvent event) {
    return switch (event) {
      case InboundEvent.CommandInvoked command -> command.reply();
      case InboundEvent.ActionTaken action -> action.reply();
      case InboundEvent.FormSubmitted form -> form.reply();
      case InboundEvent.HomeOpened _,
          InboundEvent.MessagePosted _,
          InboundEvent.MessageEdited _,
          InboundEvent.MessageDeleted _,
          InboundEvent.ReactionAdded _,
          InboundEvent.MemberJoined _,
          InboundEvent.MemberLeft _,
          InboundEvent.AppRemoved _ ->
          ReplyHandle.NONE;
    };
  }
}
