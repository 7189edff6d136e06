package dev.bothy.platform.chat;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;
import org.springframework.util.function.SingletonSupplier;

/// What the apps of this server do in chat.
@Component
public class Features {
  /// Features send through what asks them, so they are built after it; looked up once, since every
  /// event asks for them.
  private final SingletonSupplier<List<ChatFeature>> features;

  Features(ObjectProvider<ChatFeature> features) {
    this.features = SingletonSupplier.of(() -> features.orderedStream().toList());
  }

  /// Every feature.
  public List<ChatFeature> all() {
    return features.obtain();
  }

  /// Whether any of them needs what a network can do.
  public boolean need(Capability capability) {
    return all().stream().anyMatch(feature -> feature.needs().containsKey(capability));
  }

  /// What features could use of a network and do without, each with the reasons of those that
  /// could, which begin with the feature's id.
  public Map<Capability, List<String>> wishes() {
    Map<Capability, List<String>> wishes = new EnumMap<>(Capability.class);
    all()
        .forEach(feature ->
            feature
                .wishes()
                .forEach((capability, reason) ->
                    wishes
                        .computeIfAbsent(capability, _ -> new ArrayList<>())
                        .add(feature.id() + ": " + reason)));
    return wishes;
  }

  /// The features that an event is for: a command, an action or a form is for one, anything else
  /// for each that wants it. Empty when none does.
  List<ChatFeature> wanting(ChatConnection connection, InboundEvent event) {
    return all().stream().filter(feature -> isFor(feature, connection, event)).toList();
  }

  /// The feature of an id; empty when this server has none.
  Optional<ChatFeature> find(String id) {
    return all().stream().filter(feature -> feature.id().equals(id)).findFirst();
  }

  private static boolean isFor(ChatFeature feature, ChatConnection connection, InboundEvent event) {
    return switch (event) {
      case InboundEvent.CommandInvoked command ->
          feature.commands().stream().anyMatch(each -> each.name().equals(command.command()));
      case InboundEvent.ActionTaken action -> action.action().startsWith(feature.id() + ".");
      case InboundEvent.FormSubmitted form -> form.form().startsWith(feature.id() + ".");
      case InboundEvent.MessagePosted _,
          InboundEvent.MessageEdited _,
          InboundEvent.MessageDeleted _,
          InboundEvent.ReactionAdded _,
          InboundEvent.MemberJoined _,
          InboundEvent.MemberLeft _,
          InboundEvent.HomeOpened _,
          InboundEvent.AppRemoved _ ->
          feature.wants(connection, event);
    };
  }
}
