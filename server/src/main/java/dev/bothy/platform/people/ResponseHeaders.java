package dev.bothy.platform.people;

import java.time.Duration;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.HeadersConfigurer;
import org.springframework.security.web.header.HeaderWriter;
import org.springframework.security.web.header.writers.CrossOriginOpenerPolicyHeaderWriter.CrossOriginOpenerPolicy;
import org.springframework.security.web.header.writers.CrossOriginResourcePolicyHeaderWriter.CrossOriginResourcePolicy;
import org.springframework.security.web.header.writers.HstsHeaderWriter;
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
        .httpStrictTransportSecurity(HeadersConfigurer.HstsConfig::disable)
        .addHeaderWriter(transportSecurity(installation))
        .frameOptions(HeadersConfigurer.FrameOptionsConfig::deny)
        .referrerPolicy(policy -> policy.policy(ReferrerPolicy.SAME_ORIGIN))
        .permissionsPolicyHeader(
            policy -> policy.policy("camera=(), geolocation=(), microphone=(), payment=(), usb=()"))
        .crossOriginOpenerPolicy(policy -> policy.policy(CrossOriginOpenerPolicy.SAME_ORIGIN))
        .crossOriginResourcePolicy(policy -> policy.policy(CrossOriginResourcePolicy.SAME_ORIGIN));
  }

  /// To come by https alone is said where browsers reach us by https, as the settings tell; without
  /// them, as the request tells.
  static HeaderWriter transportSecurity(InstallationSettings installation) {
    return new HstsHeaderWriter(
        request ->
            installation.hsts()
                && (installation.publicAddress() == null
                    ? request.isSecure()
                    : installation.isServedOverHttps()),
        TWO_YEARS.toSeconds(),
        installation.hstsIncludeSubdomains());
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
