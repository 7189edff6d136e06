/// Which person an account of a chat network belongs to. An account belongs to one person; a person
/// may have several. A link ends with the person's place in the workspace and comes back with it.
@NullMarked
@ApplicationModule(
    id = "chatlinks",
    allowedDependencies = {
      "privacy",
      "kernel",
      "workspace",
      "people",
      "chat",
      "work",
      "audit",
      "operation",
      "console"
    })
package dev.bothy.platform.chatlinks;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
