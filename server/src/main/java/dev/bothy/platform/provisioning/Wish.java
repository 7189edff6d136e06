package dev.bothy.platform.provisioning;

import dev.bothy.platform.keycloak.WantedUser;

/// What the members' rows mean for a person's user in Keycloak.
///
/// @param signedIn whether they signed in before, so that they have a user of their own
record Wish(WantedUser user, boolean signedIn) {}
