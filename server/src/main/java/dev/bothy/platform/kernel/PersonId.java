package dev.bothy.platform.kernel;

import java.util.UUID;

/// A person of the installation, whichever workspaces they are a member of.
///
/// @param value never null; version 7 for ids made here ([Ids])
public record PersonId(UUID value) {
  @Override
  public String toString() {
    return value.toString();
  }
}
