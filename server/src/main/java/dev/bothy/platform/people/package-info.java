/// Who somebody is: sign-on through the installation's identity provider, sessions, and the roles a
/// person has in each workspace. Controllers of other modules receive a [Viewer] and ask it.
@NullMarked
@ApplicationModule(
    id = "people",
    allowedDependencies = {
      "privacy",
      "kernel",
      "workspace",
      "egress",
      "audit",
      "operation",
      "work",
      "api",
      "limits"
    })
package dev.bothy.platform.people;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
