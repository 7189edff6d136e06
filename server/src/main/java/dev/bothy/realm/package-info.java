/// Brings the customer's realm in Keycloak to what Bothy needs, or says what it would do: the
/// command `realm`. `docs/reference/realm.md` explains each line.
@NullMarked
@ApplicationModule(
    id = "realm",
    allowedDependencies = {"kernel", "workspace", "operation", "egress", "people", "keycloak"})
package dev.bothy.realm;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
