/// The bin: what was deleted stays for a while, out of use, and is brought back by one click; then
/// it is gone for good. A module whose things can be deleted puts them in with
/// [dev.bothy.platform.bin.Bin] and says with a [dev.bothy.platform.bin.BinKind] how they come back
/// and how they end.
@NullMarked
@ApplicationModule(
    id = "bin",
    allowedDependencies = {
      "privacy",
      "kernel",
      "workspace",
      "people",
      "work",
      "chat",
      "keymanagement",
      "retention",
      "mail",
      "audit",
      "console",
      "api"
    })
package dev.bothy.platform.bin;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
