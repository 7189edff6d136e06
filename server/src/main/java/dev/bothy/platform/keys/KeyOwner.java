package dev.bothy.platform.keys;

import dev.bothy.platform.kernel.WorkspaceId;
import org.jspecify.annotations.Nullable;

/// Whose data keys they are.
///
/// @param workspace null for the installation's own
/// @param name an app's module id, `platform` or `installation`
record KeyOwner(@Nullable WorkspaceId workspace, String name) {
  static final KeyOwner INSTALLATION = new KeyOwner(null, "installation");
}
