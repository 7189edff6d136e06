/// The command that makes a break-glass code: `break-glass --username=…`, run where the server's
/// settings are, e.g. in its pod.
@NullMarked
@ApplicationModule(
    id = "breakglass",
    allowedDependencies = {"kernel", "operation", "people", "vault", "egress", "workspace"})
package dev.bothy.breakglass;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
