/// Where Bothy keeps what must not be in its database: backups, what drills found, the ledger of
/// erasures. [ObjectStore] is a folder or a bucket of an S3-compatible server; nothing of it needs
/// Spring.
@NullMarked
@ApplicationModule(
    id = "storage",
    allowedDependencies = {"kernel", "operation", "egress", "workspace"})
package dev.bothy.platform.storage;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
