package dev.bothy.platform.chat;

/// The chat networks that Bothy speaks.
public enum Network {
  /// A room in Bothy's own console.
  SANDBOX("sandbox", "Sandbox"),
  SLACK("slack", "Slack");

  private final String id;
  private final String title;

  Network(String id, String title) {
    this.id = id;
    this.title = title;
  }

  /// The name in the database, in addresses and in metrics: lower case.
  public String id() {
    return id;
  }

  /// The name that people read.
  public String title() {
    return title;
  }

  /// The network with this id.
  ///
  /// @throws IllegalArgumentException if there is none
  public static Network ofId(String id) {
    for (Network network : values()) {
      if (network.id.equals(id)) {
        return network;
      }
    }
    throw new IllegalArgumentException("No such network: " + id);
  }
}
