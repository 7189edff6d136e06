/// Tenancy: which workspace the current transaction belongs to. Every row of customer data carries
/// its workspace and is guarded by row-level security; the code that forgets to name a workspace is
/// stopped here, and the database is the net under it.
@NullMarked
@ApplicationModule(
    id = "workspace",
    allowedDependencies = {"kernel"})
package dev.bothy.platform.workspace;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
