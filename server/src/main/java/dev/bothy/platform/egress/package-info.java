/// The only way out: every outbound call of the server passes the register (who owns the address,
/// for what, in which region) and the address filter (no private or special address, unless IT
/// listed the host as on-premises). What is not registered is refused before a packet leaves.
@NullMarked
@ApplicationModule(
    id = "egress",
    allowedDependencies = {"kernel", "operation"})
package dev.bothy.platform.egress;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
