/// Brings the database to this version's schema, apart from the server: what a Job does before the
/// servers of a new version start.
@NullMarked
@ApplicationModule(
    id = "migrate",
    allowedDependencies = {"kernel", "workspace", "operation", "backup"})
package dev.bothy.migrate;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
