package dev.bothy.platform.people;

import dev.bothy.platform.kernel.PersonId;
import dev.bothy.platform.workspace.Workspaces;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.springframework.http.client.ClientHttpRequestFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.core.OAuth2TokenValidator;
import org.springframework.security.oauth2.core.OAuth2TokenValidatorResult;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtException;
import org.springframework.security.oauth2.jwt.JwtTimestampValidator;
import org.springframework.security.oauth2.jwt.JwtTypeValidator;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;
import org.springframework.stereotype.Service;

/// The identity provider's word that somebody's session there ended: ours ends with it (OpenID
/// Connect Back-Channel Logout 1.0).
@Service
public class BackChannelLogout {
  static final String EVENT = "http://schemas.openid.net/event/backchannel-logout";

  private static final Duration SKEW = Duration.ofMinutes(1);

  /// What became of a logout token.
  public sealed interface Outcome {
    /// It was genuine.
    ///
    /// @param people whose sessions ended here; empty when none of them had one
    record Ended(List<PersonId> people) implements Outcome {}

    /// It is not a genuine logout token for this client.
    record Refused() implements Outcome {}

    /// The identity provider's keys could not be had, so nothing can be said about it yet.
    record CannotTell() implements Outcome {}
  }

  private final NimbusJwtDecoder decoder;
  private final String issuer;
  private final Sessions sessions;
  private final SignOnLog log;
  private final Workspaces workspaces;
  private final JdbcClient jdbc;
  private final Clock clock;
  private final OpenStreams streams;

  BackChannelLogout(
      SignOnSettings settings,
      ClientHttpRequestFactory signOnRequests,
      Sessions sessions,
      SignOnLog log,
      Workspaces workspaces,
      JdbcClient jdbc,
      Clock clock,
      OpenStreams streams) {
    this.issuer = settings.issuer().toString();
    this.decoder =
        SignOnConfiguration.decoder(
            settings,
            signOnRequests,
            new JwtTimestampValidator(SKEW),
            types(),
            new LogoutClaims(issuer, settings.clientId()));
    this.sessions = sessions;
    this.log = log;
    this.workspaces = workspaces;
    this.jdbc = jdbc;
    this.clock = clock;
    this.streams = streams;
  }

  /// Ends the sessions that this logout token names.
  public Outcome end(String logoutToken) {
    Jwt token;
    try {
      token = decoder.decode(logoutToken);
    } catch (BadJwtException _) {
      return new Outcome.Refused();
    } catch (JwtException _) {
      return new Outcome.CannotTell();
    }
    if (token.getClaimAsString("sid") == null && token.getSubject() == null) {
      return new Outcome.Refused();
    }
    Optional<List<PersonId>> ended =
        workspaces.forInstallation(
            () -> isNew(token) ? Optional.of(endSessions(token)) : Optional.empty());
    if (ended.isEmpty()) {
      return new Outcome.Refused();
    }
    streams.nudge();
    ended.get().forEach(log::signedOutElsewhere);
    return new Outcome.Ended(ended.get());
  }

  private List<PersonId> endSessions(Jwt token) {
    String sid = token.getClaimAsString("sid");
    return sid != null
        ? sessions.endBySid(issuer, sid)
        : sessions.endBySubject(issuer, Objects.requireNonNull(token.getSubject()));
  }

  /// Whether it is the first time. §2.6 lets us refuse a token whose `jti` was seen: somebody who
  /// got hold of an old one could sign people out with it again and again.
  private boolean isNew(Jwt token) {
    OffsetDateTime now = clock.instant().atOffset(ZoneOffset.UTC);
    Instant expires = Objects.requireNonNull(token.getExpiresAt()).plus(SKEW);
    jdbc.sql("delete from logout_token_seen where expires_at <= ?").param(now).update();
    return jdbc.sql(
                "insert into logout_token_seen (token_hash, expires_at) values (?, ?)"
                    + " on conflict do nothing")
            .params(Tokens.sha256(issuer + " " + token.getId()), expires.atOffset(ZoneOffset.UTC))
            .update()
        > 0;
  }

  /// §2.4 recommends `logout+jwt`; older providers say `JWT` or nothing.
  private static JwtTypeValidator types() {
    JwtTypeValidator validator = new JwtTypeValidator("logout+jwt", "JWT");
    validator.setAllowEmpty(true);
    return validator;
  }

  /// §2.6, beyond signature, algorithm and times.
  record LogoutClaims(String issuer, String clientId) implements OAuth2TokenValidator<Jwt> {
    @Override
    public OAuth2TokenValidatorResult validate(Jwt token) {
      boolean genuine =
          token.getIssuer() != null
              && token.getIssuer().toString().equals(issuer)
              && token.getAudience() != null
              && token.getAudience().contains(clientId)
              && token.getIssuedAt() != null
              && token.getExpiresAt() != null
              && token.getId() != null
              && (token.hasClaim("sid") || token.getSubject() != null)
              && token.getClaim("events") instanceof Map<?, ?> events
              && events.get(EVENT) instanceof Map<?, ?>
              && !token.hasClaim("nonce");
      return genuine
          ? OAuth2TokenValidatorResult.success()
          : OAuth2TokenValidatorResult.failure(new OAuth2Error("invalid_request"));
    }
  }
}
