/// Exports: what the workspace holds, of all or of one person, in one archive of JSON and CSV
/// files. Which tables and columns it shows follows from what the modules declare in
/// [dev.bothy.platform.privacy.Holdings].
@NullMarked
@ApplicationModule(
    id = "dataexport",
    allowedDependencies = {
      "api",
      "audit",
      "console",
      "kernel",
      "keys",
      "mail",
      "people",
      "privacy",
      "retention",
      "webhooks",
      "work",
      "workspace"
    })
package dev.bothy.platform.dataexport;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
