package dev.bothy.platform.keycloak;

import org.jspecify.annotations.Nullable;

/// A user of Keycloak as they should be.
///
/// @param profile null leaves names and address as they are
/// @param enabled whether they may sign in
public record WantedUser(@Nullable Profile profile, boolean enabled) {
  /// @param username case does not matter, as in Keycloak
  /// @param name the whole name, e.g. `Ada Lovelace`
  /// @param email null leaves it as it is
  public record Profile(String username, String name, @Nullable String email) {
    /// All but the last word.
    String firstName() {
      int space = name.strip().lastIndexOf(' ');
      return space < 0 ? name.strip() : name.strip().substring(0, space).strip();
    }

    /// The last word; empty where there is but one.
    String lastName() {
      int space = name.strip().lastIndexOf(' ');
      return space < 0 ? "" : name.strip().substring(space + 1);
    }
  }
}
