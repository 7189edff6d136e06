/// The customer's HashiCorp Vault or OpenBao: signing in, calls, and what their failures mean.
/// Which one and how to sign in, `spring.cloud.vault.*` says; spring-vault keeps the session alive.
@NullMarked
@ApplicationModule(
    id = "vault",
    allowedDependencies = {"kernel", "workspace", "egress"})
package dev.bothy.platform.vault;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
