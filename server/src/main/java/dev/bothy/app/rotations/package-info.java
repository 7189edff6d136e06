/// On-duty rotations: people take turns, the turn passes by the wall clock of the rotation's zone,
/// and the channel and the person who takes over hear about it. The rules ([HandoffTimes],
/// [Roster], [CatchUp]) are pure; [CommandLine] reads what people type.
@NullMarked
@ApplicationModule(
    id = "rotations",
    allowedDependencies = {
      "privacy",
      "bin",
      "calendar",
      "kernel",
      "calendar :: ical",
      "workspace",
      "chat",
      "chatlinks",
      "work",
      "keys",
      "audit",
      "operation",
      "people",
      "limits",
      "chatlinks",
      "console",
      "webhooks",
      "api",
      "limits"
    })
package dev.bothy.app.rotations;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
