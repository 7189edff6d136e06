package dev.bothy.platform.chat;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;
import org.springframework.util.function.SingletonSupplier;

/// The connectors of this server, by network.
@Component
class Connectors {
  private static final String KIND = "chat.";

  /// Connectors hand in what they receive, so they are built after what they hand it to; looked up
  /// once, since every event and message asks for its own.
  private final SingletonSupplier<Map<Network, ChatConnector>> connectors;

  Connectors(ObjectProvider<ChatConnector> connectors) {
    this.connectors = SingletonSupplier.of(() -> byNetwork(connectors.stream().toList()));
  }

  ChatConnector of(Network network) {
    ChatConnector connector = connectors.obtain().get(network);
    if (connector == null) {
      throw new IllegalStateException("No connector speaks " + network);
    }
    return connector;
  }

  /// The kind under which a network's messages are stored; and its events, until each was stored
  /// for a feature.
  static String kind(Network network) {
    return KIND + network.id();
  }

  /// The kinds of the networks that this server speaks.
  Set<String> kinds() {
    return connectors.obtain().keySet().stream().map(Connectors::kind).collect(Collectors.toSet());
  }

  private static Map<Network, ChatConnector> byNetwork(List<ChatConnector> present) {
    Map<Network, ChatConnector> byNetwork = new EnumMap<>(Network.class);
    for (ChatConnector connector : present) {
      if (byNetwork.put(connector.network(), connector) != null) {
        throw new IllegalStateException("Two connectors speak " + connector.network());
      }
    }
    return byNetwork;
  }
}
