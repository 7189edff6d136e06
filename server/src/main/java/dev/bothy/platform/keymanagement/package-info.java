/// Looks after the keys: new wrapping keys and data keys, what the old ones sealed sealed anew,
/// keys destroyed for good, with a receipt.
@NullMarked
@ApplicationModule(
    id = "keymanagement",
    allowedDependencies = {
      "privacy",
      "kernel",
      "workspace",
      "keys",
      "api",
      "work",
      "audit",
      "people",
      "console",
      "operation"
    })
package dev.bothy.platform.keymanagement;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
