@ApplicationModule(
    id = "one",
    allowedDependencies = {})
@NullMarked
package brokenhouse.app.one;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
