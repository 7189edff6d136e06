package dev.bothy.platform.scim;

import org.jspecify.annotations.Nullable;

/// The name of an attribute as a request writes it, e.g. `name.givenName`. It may name nothing:
/// [ResourceType#resolve] says what it means.
///
/// @param schema the URN before it; null if there is none
/// @param sub the name after the dot; null if there is none
record AttributePath(@Nullable String schema, String name, @Nullable String sub) {
  @Override
  public String toString() {
    return (schema == null ? "" : schema + ":") + name + (sub == null ? "" : "." + sub);
  }
}
