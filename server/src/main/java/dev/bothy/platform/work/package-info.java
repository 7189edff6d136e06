/// Everything that must survive a crash: the inbox of what networks delivered, the outbox of what
/// is to be sent, the schedule of what is due, and the leases of what only one replica may do.
@NullMarked
@ApplicationModule(
    id = "work",
    allowedDependencies = {"privacy", "kernel", "workspace", "keys", "operation"})
package dev.bothy.platform.work;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
