package dev.bothy.database;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/// What [PrepareDatabase] makes (`bothy.prepare.*`); the server itself reads none of it.
///
/// @param adminPassword of the superuser that it works as
/// @param database the name of the database; null is that of `spring.datasource.url`
/// @param role the one role that owns the database; null makes Bothy's own roles
/// @param rolePassword the password of that one role
@ConfigurationProperties("bothy.prepare")
record PrepareSettings(
    @Nullable String adminPassword,
    @Nullable String database,
    @Nullable String role,
    @Nullable String rolePassword) {
  @Override
  public String toString() {
    return "PrepareSettings[database=" + database + ", role=" + role + "]";
  }
}
