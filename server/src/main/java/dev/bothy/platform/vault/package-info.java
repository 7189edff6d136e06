/// The customer's HashiCorp Vault or OpenBao: signing in, calls, and what their failures mean.
/// Which one and how to sign in, `spring.cloud.vault.*` says; spring-vault keeps the session alive.
/// The server's login to the database comes from there as well where `bothy.database.vault-path`
/// says so.
@NullMarked
@ApplicationModule(
    id = "vault",
    allowedDependencies = {"kernel", "workspace", "operation", "egress"})
package dev.bothy.platform.vault;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
