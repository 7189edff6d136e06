/// Erases a person from a workspace, an app in it, or the workspace itself: what identifies them at
/// once, what there may be a million of in steps that go on after a crash, and a signed receipt of
/// what went and what stays. A ledger outside of the database lets a restore do it again.
@NullMarked
@ApplicationModule(
    id = "erasure",
    allowedDependencies = {
      "privacy",
      "storage",
      "bin",
      "kernel",
      "workspace",
      "people",
      "chat",
      "keys",
      "keymanagement",
      "webhooks",
      "work",
      "audit",
      "console",
      "api"
    })
package dev.bothy.platform.erasure;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
