/// What happens after the database was restored from a backup: what was erased since is erased
/// again, what is too old goes, and nothing is handled or sent until somebody says go.
@NullMarked
@ApplicationModule(
    id = "recovery",
    allowedDependencies = {
      "privacy",
      "kernel",
      "workspace",
      "people",
      "work",
      "keys",
      "backup",
      "storage",
      "audit",
      "erasure",
      "retention",
      "api",
      "operation",
      "console"
    })
package dev.bothy.platform.recovery;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
