/// What is held about people: every module declares its tables as
/// [dev.bothy.platform.privacy.Holdings], with how a person's rows are found, which clock removes
/// them and what an erasure does with them. Retention, exports, erasures and the data map all
/// follow these declarations, so that a table is described once.
@NullMarked
@ApplicationModule(
    id = "privacy",
    allowedDependencies = {"kernel"})
package dev.bothy.platform.privacy;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
