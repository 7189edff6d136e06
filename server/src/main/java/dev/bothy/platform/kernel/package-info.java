/// Words that every module shares: typed ids and the shape of a problem. No Spring, no JPA.
@NullMarked
@ApplicationModule(
    id = "kernel",
    allowedDependencies = {})
package dev.bothy.platform.kernel;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
