/// Keycloak's administration interface: bringing a realm to what Bothy needs ([RealmStep]). The
/// only place that uses Keycloak's admin client; its HTTP goes where the caller's request factory
/// leads, in the server past the guard of outbound calls.
@NullMarked
@ApplicationModule(
    id = "keycloak",
    allowedDependencies = {"kernel"})
package dev.bothy.platform.keycloak;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
