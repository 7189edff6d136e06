package dev.bothy.platform.webhooks;

import java.net.URI;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// An address that is told of events. Its secret is not part of it.
///
/// @param details null if they do not open: their key is gone
/// @param types what it is told of, at least one
/// @param failingSince when the first of its failures in a row was; null if the last delivery was
///   taken, or there was none
/// @param deliveredAt when it took a delivery last; null if it never did
/// @param overlapUntil until when deliveries are also signed with the secret before this one; null
///   if there is none
public record WebhookEndpoint(
    UUID id,
    @Nullable Details details,
    Set<String> types,
    EndpointState state,
    @Nullable Instant failingSince,
    @Nullable Instant deliveredAt,
    @Nullable Instant overlapUntil,
    Instant createdAt,
    Instant changedAt) {
  public WebhookEndpoint {
    types = Set.copyOf(types);
  }

  /// What people wrote about it; stored as ciphertext, since addresses and headers carry secrets.
  ///
  /// @param url https, or http for an on-premises host; 1 to 2000 characters
  /// @param description for people, 0 to 200 characters
  /// @param authorization the value of a header `Authorization` that goes with each delivery, e.g.
  ///   `Splunk <token>`; null for none
  public record Details(String url, String description, @Nullable String authorization) {
    @Override
    public String toString() {
      return "Details(…)";
    }
  }

  /// The host of its address; `unknown` if it does not open.
  public String host() {
    return details == null ? "unknown" : String.valueOf(URI.create(details.url()).getHost());
  }

  /// What people call it: its description, or else its host.
  public String label() {
    return details == null || details.description().isEmpty() ? host() : details.description();
  }
}
