package dev.bothy.platform.chat;

import java.util.Optional;

/// An event on its way to one of the features that want it, as the inbox stores it: of a kind of
/// the feature's, which a server without the feature does not claim, and under an id of its own.
///
/// @param deliveryId the network's, 1 to 160 characters
/// @param feature its [ChatFeature#id], at most 39 characters
record Addressed(String deliveryId, String feature) {
  private static final int PARTS = 3;

  /// The id of the inbox item.
  String inboxId() {
    return deliveryId + " " + feature;
  }

  /// The kind of the inbox item: `chat.slack.rotations`.
  String kind(Network network) {
    return kind(Connectors.kind(network), feature);
  }

  /// @param network the network's kind: `chat.slack`
  static String kind(String network, String feature) {
    return network + "." + feature;
  }

  /// Whom an inbox item is for; empty for one that an earlier version stored for whoever wants it.
  ///
  /// @param inboxId as [#inboxId] made it
  static Optional<Addressed> of(String kind, String inboxId) {
    String[] parts = kind.split("\\.", PARTS);
    if (parts.length < PARTS) {
      return Optional.empty();
    }
    String feature = parts[PARTS - 1];
    return Optional.of(
        new Addressed(inboxId.substring(0, inboxId.length() - feature.length() - 1), feature));
  }
}
