/// A chat network inside Bothy: one room for each workspace, in the console, that speaks the same
/// contract as every other network. A newcomer tries every app here with no account anywhere, and
/// IT tries a rule before people see it.
@NullMarked
@ApplicationModule(
    id = "sandbox",
    allowedDependencies = {
      "privacy",
      "kernel",
      "workspace",
      "keys",
      "work",
      "chat",
      "people",
      "console"
    })
package dev.bothy.platform.chat.sandbox;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
