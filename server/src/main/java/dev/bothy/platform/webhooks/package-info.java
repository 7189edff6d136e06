/// Tells machines of the customer's what happens in a workspace: signed, repeated until they have
/// it, with a log of each delivery. One that does not answer holds nobody else up.
@NullMarked
@ApplicationModule(
    id = "webhooks",
    allowedDependencies = {
      "bin",
      "kernel",
      "workspace",
      "work",
      "keys",
      "egress",
      "audit",
      "people",
      "console",
      "api",
      "operation",
      "privacy"
    })
package dev.bothy.platform.webhooks;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
