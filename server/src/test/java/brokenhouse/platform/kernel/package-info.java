@ApplicationModule(
    id = "kernel",
    allowedDependencies = {})
@NullMarked
package brokenhouse.platform.kernel;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
