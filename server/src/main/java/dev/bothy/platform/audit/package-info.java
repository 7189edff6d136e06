/// Who did what to what. An entry is written in the transaction of what it tells of, and is never
/// changed afterwards; it carries ids, never content.
@NullMarked
@ApplicationModule(
    id = "audit",
    allowedDependencies = {"privacy", "kernel", "workspace"})
package dev.bothy.platform.audit;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
