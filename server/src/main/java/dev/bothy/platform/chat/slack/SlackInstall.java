package dev.bothy.platform.chat.slack;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What Slack told when the app was installed through OAuth
/// (docs.slack.dev/reference/methods/oauth.v2.access).
///
/// @param app the Slack app, `A…`; empty when not known
/// @param enterprise the organisation of the Slack workspace, `E…`; empty when it has none
/// @param orgWide whether the app was installed for the whole organisation: one token for all of
///   its workspaces
/// @param refreshToken renews the token, once; null when the token does not expire
/// @param issuedAt when the token came, seconds of the epoch by our clock
/// @param expiresAt when it stops working; 0 when it does not expire
record SlackInstall(
    String app,
    String enterprise,
    boolean orgWide,
    @Nullable String refreshToken,
    long issuedAt,
    long expiresAt) {
  /// What is known of a token that was pasted.
  static final SlackInstall PASTED = new SlackInstall("", "", false, null, 0, 0);

  /// At the latest this long before the end; Slack's tokens live 12 hours.
  private static final Duration SPARE = Duration.ofMinutes(30);

  @JsonIgnore
  boolean isRenewable() {
    return refreshToken != null && expiresAt != 0;
  }

  /// When to renew: at half of the token's life, or half an hour before its end if that is earlier.
  /// What is left of its life is the time in which an admin can act when Slack refuses.
  Instant renewAt() {
    Instant half = Instant.ofEpochSecond(issuedAt + (expiresAt - issuedAt) / 2);
    Instant late = Instant.ofEpochSecond(expiresAt).minus(SPARE);
    return half.isBefore(late) ? half : late;
  }

  SlackInstall withToken(@Nullable String refresh, Instant now, long lifeSeconds) {
    long issued = now.getEpochSecond();
    return new SlackInstall(
        app, enterprise, orgWide, refresh, issued, refresh == null ? 0 : issued + lifeSeconds);
  }

  @Override
  public String toString() {
    return "SlackInstall(" + app + ", " + enterprise + ")";
  }
}
