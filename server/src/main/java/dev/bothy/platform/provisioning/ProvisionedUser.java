package dev.bothy.platform.provisioning;

import dev.bothy.platform.kernel.WorkspaceId;
import org.jspecify.annotations.Nullable;

/// A user of Keycloak whom Bothy made.
///
/// @param home the workspace whose directory described them when they were made; its word counts
///   before that of others
/// @param subject the user's id; null while they are being made
record ProvisionedUser(WorkspaceId home, @Nullable String subject) {}
