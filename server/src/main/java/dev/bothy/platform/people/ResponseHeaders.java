package dev.bothy.platform.people;

import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.HeadersConfigurer;
import org.springframework.security.web.header.writers.CrossOriginOpenerPolicyHeaderWriter.CrossOriginOpenerPolicy;
import org.springframework.security.web.header.writers.CrossOriginResourcePolicyHeaderWriter.CrossOriginResourcePolicy;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter.ReferrerPolicy;
import org.springframework.stereotype.Component;

/// The headers of every response: what a browser may do with our pages, which is very little.
@Component
class ResponseHeaders {
  private static final Duration TWO_YEARS = Duration.ofDays(730);

  private final SignOnSettings signOn;
  private final InstallationSettings installation;

  ResponseHeaders(SignOnSettings signOn, InstallationSettings installation) {
    this.signOn = signOn;
    this.installation = installation;
  }

  void configure(HeadersConfigurer<HttpSecurity> headers) {
    headers
        .contentSecurityPolicy(policy -> policy.policyDirectives(contentSecurityPolicy()))
        .httpStrictTransportSecurity(policy ->
            policy
                .maxAgeInSeconds(TWO_YEARS.toSeconds())
                .includeSubDomains(installation.hstsIncludeSubdomains())
                .requestMatcher(this::isToComeByHttpsAlone))
        .frameOptions(HeadersConfigurer.FrameOptionsConfig::deny)
        .referrerPolicy(policy -> policy.policy(ReferrerPolicy.SAME_ORIGIN))
        .permissionsPolicyHeader(
            policy -> policy.policy("camera=(), geolocation=(), microphone=(), payment=(), usb=()"))
        .crossOriginOpenerPolicy(policy -> policy.policy(CrossOriginOpenerPolicy.SAME_ORIGIN))
        .crossOriginResourcePolicy(policy -> policy.policy(CrossOriginResourcePolicy.SAME_ORIGIN));
  }

  /// Where browsers reach us by https, as the settings say; without them, as the request says.
  private boolean isToComeByHttpsAlone(HttpServletRequest request) {
    return installation.hsts()
        && (installation.publicAddress() == null
            ? request.isSecure()
            : installation.isServedOverHttps());
  }

  /// No inline script or style, nothing from elsewhere. Signing out is a form that ends at the
  /// identity provider, and browsers hold redirects against `form-action` too.
  private String contentSecurityPolicy() {
    return "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
        + " connect-src 'self'; form-action 'self' "
        + SignOnConfiguration.origin(signOn.issuer())
        + "; frame-ancestors 'none'; base-uri 'none'";
  }
}
