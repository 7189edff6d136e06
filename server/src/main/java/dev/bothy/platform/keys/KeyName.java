package dev.bothy.platform.keys;

import dev.bothy.platform.kernel.WorkspaceId;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// Names one data key. A provider binds the wrapped key to this name, so that a wrapped key moved
/// to another row does not unwrap.
///
/// @param workspace null for the installation's own key
/// @param owner an app's module id, `platform` or `installation`
/// @param version 1 for the first
record KeyName(@Nullable WorkspaceId workspace, String owner, int version) {
  byte[] bytes() {
    String scope = workspace == null ? "installation" : workspace.toString();
    return (scope + "/" + owner + "/" + version).getBytes(StandardCharsets.UTF_8);
  }
}
