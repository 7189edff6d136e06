/// Looks whether everything that a server needs is there, before anything is changed: what a Job
/// does before an install or an upgrade, and what `helm test` runs. `docs/reference/preflight.md`
/// explains each check. It opens no port and changes nothing.
@NullMarked
@ApplicationModule(
    id = "preflight",
    allowedDependencies = {
      "kernel",
      "workspace",
      "operation",
      "egress",
      "people",
      "keys",
      "vault",
      "mail",
      "storage"
    })
package dev.bothy.preflight;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
