/// Brings users of Keycloak along with the members here, where IT has switched that on: who is
/// described by a workspace's directory has a user there, enabled as long as any place of theirs is
/// active. Access is decided by the members' rows alone; this follows.
@NullMarked
@ApplicationModule(
    id = "provisioning",
    allowedDependencies = {
      "privacy",
      "kernel",
      "workspace",
      "operation",
      "egress",
      "people",
      "work",
      "keycloak"
    })
package dev.bothy.platform.provisioning;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
