/// What a DBA does for Bothy: the database and its roles. The embedded run does it by the same
/// script, and for a trial in a cluster [PrepareDatabase] does.
@NullMarked
@ApplicationModule(
    id = "database",
    allowedDependencies = {"kernel", "workspace", "operation"})
package dev.bothy.database;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
