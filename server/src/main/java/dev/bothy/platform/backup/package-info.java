/// Backups: what one is made of, how it is written, read, checked and loaded, and which ones are
/// kept. `docs/reference/backups.md` describes the format. Everything here needs a database and an
/// object store and nothing of a running server.
@NullMarked
@ApplicationModule(
    id = "backup",
    allowedDependencies = {"kernel", "workspace", "keys", "storage"})
package dev.bothy.platform.backup;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
