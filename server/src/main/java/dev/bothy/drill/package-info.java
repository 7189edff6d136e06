/// The command `drill`: proves a backup by restoring it into a throw-away database, booting the
/// server on it and using it as people do.
@NullMarked
@ApplicationModule(
    id = "drill",
    allowedDependencies = {
      "kernel",
      "workspace",
      "keys",
      "backup",
      "backuptool",
      "command",
      "database",
      "people",
      "recovery"
    })
package dev.bothy.drill;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
