package dev.bothy.platform.people;

import dev.bothy.platform.kernel.PersonId;

/// Somebody who has signed in at least once.
///
/// @param name as the identity provider shows it, 1 to 200 characters
/// @param username their user name at the identity provider, 1 to 200 characters
public record Person(PersonId id, String name, String username) {}
