/// Mail for what chat cannot carry, through the customer's own relay. No relay is a normal state,
/// and so is somebody without an address: both are outcomes, not errors.
@NullMarked
@ApplicationModule(
    id = "mail",
    allowedDependencies = {
      "kernel",
      "workspace",
      "work",
      "keys",
      "egress",
      "audit",
      "people",
      "console",
      "operation",
      "privacy"
    })
package dev.bothy.platform.mail;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
