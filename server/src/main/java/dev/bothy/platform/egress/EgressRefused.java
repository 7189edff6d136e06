package dev.bothy.platform.egress;

import java.io.IOException;

/// An outbound call that was refused; nothing was sent to the origin. An [IOException], so that it
/// comes out of a `RestClient` as the cause of its `ResourceAccessException`. Trying again is
/// useless until the configuration changes.
///
/// The message names the origin, why, and what IT does to allow it; never the path or the query,
/// which may carry a secret.
public final class EgressRefused extends IOException {
  private static final long serialVersionUID = 1;

  private final transient Origin origin;
  private final transient Refusal refusal;

  EgressRefused(Origin origin, Refusal refusal) {
    super("The call to " + origin + " was refused: " + refusal.explanation(origin) + ".");
    this.origin = origin;
    this.refusal = refusal;
  }

  /// Where the call would have gone.
  public Origin origin() {
    return origin;
  }

  /// Why it did not.
  public Refusal refusal() {
    return refusal;
  }
}
