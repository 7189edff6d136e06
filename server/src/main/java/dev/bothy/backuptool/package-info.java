/// The commands `backup`, `backups`, `verify`, `restore` and `release`: what Jobs in a cluster and
/// people outside of one run with the server's own settings. `docs/reference/backups.md` has their
/// arguments.
@NullMarked
@ApplicationModule(
    id = "backuptool",
    allowedDependencies = {
      "kernel",
      "workspace",
      "operation",
      "egress",
      "vault",
      "keys",
      "storage",
      "backup",
      "recovery",
      "command",
      "realm"
    })
package dev.bothy.backuptool;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
