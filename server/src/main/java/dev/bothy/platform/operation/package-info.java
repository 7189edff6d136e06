/// Running the service: its metrics, its health and its logs. Every module counts through
/// [dev.bothy.platform.operation.Metrics]; what a log line must not say is taken out here.
@NullMarked
@ApplicationModule(
    id = "operation",
    allowedDependencies = {"kernel", "workspace"})
package dev.bothy.platform.operation;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
