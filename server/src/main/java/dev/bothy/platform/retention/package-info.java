/// Removes what was kept for long enough: how long a workspace keeps what, within the bounds of the
/// installation; the nightly sweep of every table that says when its rows go
/// ([dev.bothy.platform.privacy.Expiry]); what would go tonight; and the map of what is held.
@NullMarked
@ApplicationModule(
    id = "retention",
    allowedDependencies = {
      "privacy",
      "kernel",
      "workspace",
      "people",
      "work",
      "audit",
      "api",
      "operation",
      "console"
    })
package dev.bothy.platform.retention;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
