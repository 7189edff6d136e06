package dev.bothy.platform.chat;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/// The connectors of this server, by network.
@Component
class Connectors {
  private static final String KIND = "chat.";

  /// Connectors hand in what they receive, so they are built after what they hand it to.
  private final ObjectProvider<ChatConnector> connectors;

  Connectors(ObjectProvider<ChatConnector> connectors) {
    this.connectors = connectors;
  }

  ChatConnector of(Network network) {
    ChatConnector connector = all().get(network);
    if (connector == null) {
      throw new IllegalStateException("No connector speaks " + network);
    }
    return connector;
  }

  /// The kind under which a network's events and messages are stored.
  static String kind(Network network) {
    return KIND + network.id();
  }

  /// The kinds of the networks that this server speaks.
  Set<String> kinds() {
    return all().keySet().stream().map(Connectors::kind).collect(Collectors.toSet());
  }

  private Map<Network, ChatConnector> all() {
    Map<Network, ChatConnector> byNetwork = new EnumMap<>(Network.class);
    List<ChatConnector> present = connectors.stream().toList();
    for (ChatConnector connector : present) {
      if (byNetwork.put(connector.network(), connector) != null) {
        throw new IllegalStateException("Two connectors speak " + connector.network());
      }
    }
    return byNetwork;
  }
}
