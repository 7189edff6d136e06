@ApplicationModule(
    id = "two",
    allowedDependencies = {})
@NullMarked
package brokenhouse.app.two;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
