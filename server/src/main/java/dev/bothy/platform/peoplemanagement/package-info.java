/// The people of a workspace, as those see them who run it, and each person's own profile: roles,
/// places that end and come back, sessions, and who looked at whose data. What it shows and does is
/// in `people`; here are the pages and the API.
@NullMarked
@ApplicationModule(
    id = "peoplemanagement",
    allowedDependencies = {
      "kernel",
      "workspace",
      "people",
      "audit",
      "console",
      "chat",
      "chatlinks",
      "api"
    })
package dev.bothy.platform.peoplemanagement;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
