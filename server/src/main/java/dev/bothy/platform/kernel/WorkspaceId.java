package dev.bothy.platform.kernel;

import java.util.UUID;

/// A workspace: the tenant that every row of customer data belongs to.
///
/// @param value never null; version 7 for ids made here ([Ids])
public record WorkspaceId(UUID value) {
  @Override
  public String toString() {
    return value.toString();
  }
}
