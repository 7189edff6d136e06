/// A workspace's people as the customer's directory has them: SCIM 2.0 (RFC 7643, RFC 7644) at
/// `/scim/v2`, for Entra ID, Okta and whatever else speaks it. Users become members, groups stand
/// for roles, and whom the directory takes away has no place when its request returns.
///
/// From the wire inwards: [Patch], [Matching] and [Canonical] are pure functions over JSON trees,
/// led by the [ResourceType]s that `/Schemas` shows.
@NullMarked
@ApplicationModule(
    id = "scim",
    allowedDependencies = {
      "privacy",
      "kernel",
      "workspace",
      "audit",
      "people",
      "work",
      "console",
      "operation"
    })
package dev.bothy.platform.scim;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
