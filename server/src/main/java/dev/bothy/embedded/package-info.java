/// Everything on one machine: a PostgreSQL, a Keycloak and the server, started by one command, for
/// a newcomer's first look and for development. [EmbeddedRun] is the entry point, also of the
/// commands on its backups ([BackupRun]); [PostgresServer] and [KeycloakServer] serve tests as
/// well. Plain Java: nothing here is a bean, and a production image leaves the package's two big
/// dependencies out.
@NullMarked
@ApplicationModule(
    id = "embedded",
    allowedDependencies = {"kernel", "database", "keycloak", "command", "backuptool", "drill"})
package dev.bothy.embedded;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
