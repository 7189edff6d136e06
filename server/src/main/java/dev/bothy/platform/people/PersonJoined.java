package dev.bothy.platform.people;

import dev.bothy.platform.kernel.PersonId;
import dev.bothy.platform.kernel.WorkspaceId;

/// Whom a workspace's directory had named turned out to be somebody who signs in: what the
/// workspace knows of the one is the other's from now.
///
/// Published within the transaction that moves the place.
public record PersonJoined(WorkspaceId workspace, PersonId from, PersonId into) {}
