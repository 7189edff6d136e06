/// How often something may be done, for all replicas together: requests of programs, sign-ins.
@NullMarked
@ApplicationModule(
    id = "limits",
    allowedDependencies = {"privacy", "kernel", "workspace", "operation"})
package dev.bothy.platform.limits;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
