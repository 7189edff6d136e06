package dev.bothy.platform.kernel;

import java.util.UUID;

/// A workspace's connection to one chat network, such as one installed Slack app.
///
/// @param value never null; version 7 for ids made here ([Ids])
public record ConnectionId(UUID value) {
  @Override
  public String toString() {
    return value.toString();
  }
}
