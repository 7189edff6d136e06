package dev.bothy.platform.chat.slack;

import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.net.URI;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/// Where Slack is. `docs/connectors/slack.md` explains each key.
///
/// @param apiAddress of the Web API, ending in a slash; another one than Slack's is for a gateway
///   in between, which IT lists in `bothy.egress.destinations` with Slack's owner
/// @param limitFactor how many times Slack's published limits are used: 1 keeps to them; more where
///   Slack has agreed to higher ones; less where other programs use the same app
/// @param authorizeAddress where an admin's browser is sent to install the app through OAuth
/// @param sockets how many sockets an app in Socket Mode holds, 1 to 10 (Slack's limit,
///   docs.slack.dev/apis/events-api/using-socket-mode)
@Validated
@ConfigurationProperties("bothy.slack")
record SlackSettings(
    @DefaultValue("https://slack.com/api/") URI apiAddress,
    @DefaultValue("1")
        @DecimalMin(value = "0.1", message = "bothy.slack.limit-factor must be 0.1 to 1000")
        @DecimalMax(value = "1000", message = "bothy.slack.limit-factor must be 0.1 to 1000")
        double limitFactor,
    @DefaultValue("https://slack.com/oauth/v2/authorize") URI authorizeAddress,
    @DefaultValue("2")
        @Min(value = 1, message = "bothy.slack.sockets must be 1 to 10")
        @Max(value = 10, message = "bothy.slack.sockets must be 1 to 10")
        int sockets) {
  @AssertTrue(
      message =
          "bothy.slack.api-address must be an http or https address that ends in a slash, e.g."
              + " https://slack.com/api/")
  boolean isApiAddressUsable() {
    return apiAddress.getHost() != null
        && ("https".equals(apiAddress.getScheme()) || "http".equals(apiAddress.getScheme()))
        && apiAddress.toString().endsWith("/");
  }

  @AssertTrue(
      message =
          "bothy.slack.authorize-address must be an http or https address without a query, e.g."
              + " https://slack.com/oauth/v2/authorize")
  boolean isAuthorizeAddressUsable() {
    return authorizeAddress.getHost() != null
        && ("https".equals(authorizeAddress.getScheme())
            || "http".equals(authorizeAddress.getScheme()))
        && authorizeAddress.getQuery() == null;
  }
}
