/// What the server's program is asked to be: the server, or one of the tools that prepare its
/// place.
@NullMarked
@ApplicationModule(
    id = "command",
    allowedDependencies = {})
package dev.bothy.command;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
