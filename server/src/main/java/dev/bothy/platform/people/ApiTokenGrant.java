package dev.bothy.platform.people;

import dev.bothy.platform.kernel.WorkspaceId;
import java.util.Set;
import java.util.UUID;

/// What a request may do that came with a token: the details of its [SignedIn], which has no
/// session.
///
/// @param token which one it is
/// @param workspace the one in which it works
/// @param scopes what it is for
public record ApiTokenGrant(UUID token, WorkspaceId workspace, Set<String> scopes) {
  public ApiTokenGrant {
    scopes = Set.copyOf(scopes);
  }
}
