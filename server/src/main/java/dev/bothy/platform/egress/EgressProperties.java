package dev.bothy.platform.egress;

import jakarta.validation.Valid;
import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Pattern;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/// Where the server may call. `docs/reference/egress.md` explains each key.
///
/// @param region where this installation runs; its own region is always allowed
/// @param allowedRegions further regions that data may go to
/// @param destinations what IT lets the server call, besides what it is built for; an entry with
///   the origin of a built-in destination replaces that one's purpose and region
/// @param onPremisesHosts origins that may be private addresses and may be plain http
/// @param onPremisesCidrs if any, the only private ranges that on-premises hosts may lie in
/// @param onlyOwners if any, the only owners of the register that are called, and nothing that
///   people typed in is: a restore drill calls what keeps keys and backups, whatever its database
///   says
/// @param proxy through which calls go out, `http://host:port`; null means directly
/// @param proxyExcept hosts that are reached without it: `host`, or `.suffix` for a name and all
///   below it
/// @param connectTimeout for the TCP connection, then again for the TLS handshake
/// @param responseTimeout for each wait for the next bytes of an answer
/// @param maximumResponseSize of one answer's body
@Validated
@ConfigurationProperties("bothy.egress")
record EgressProperties(
    @NotBlank(
            message =
                "bothy.egress.region is missing: name the region this installation runs in, e.g."
                    + " eu-central")
        @Pattern(regexp = REGION, message = "bothy.egress.region " + REGION_RULE)
        String region,
    @DefaultValue
        List<
                @Pattern(
                    regexp = REGION,
                    message = "bothy.egress.allowed-regions: each " + REGION_RULE)
                String>
            allowedRegions,
    @DefaultValue List<@Valid Listed> destinations,
    @DefaultValue List<String> onPremisesHosts,
    @DefaultValue List<String> onPremisesCidrs,
    @DefaultValue List<String> onlyOwners,
    @Nullable URI proxy,
    @DefaultValue List<String> proxyExcept,
    @DefaultValue("5s") Duration connectTimeout,
    @DefaultValue("30s") Duration responseTimeout,
    @DefaultValue("10MB") DataSize maximumResponseSize) {
  static final String REGION = "[a-z0-9][a-z0-9-]{0,39}";
  static final String REGION_RULE =
      "is 1 to 40 of a-z, 0-9 and -, beginning with a letter or digit, e.g. eu-central";

  /// A destination that IT lists.
  ///
  /// @param origin as [Origin#parse] reads it
  record Listed(
      @NotBlank(message = "bothy.egress.destinations[].origin is missing, e.g. https://host")
          String origin,
      @NotBlank(
              message =
                  "bothy.egress.destinations[].owner is missing: the company whose machine it is")
          String owner,
      @NotBlank(
              message =
                  "bothy.egress.destinations[].purpose is missing: what the server does there")
          String purpose,
      @NotBlank(message = "bothy.egress.destinations[].region is missing: where the data goes")
          @Pattern(regexp = REGION, message = "bothy.egress.destinations[].region " + REGION_RULE)
          String region) {}

  @AssertTrue(
      message =
          "bothy.egress.proxy must be an address like http://proxy.example.com:3128, without user,"
              + " password, path or query")
  boolean isProxyAnAddress() {
    return proxy == null
        || ("http".equals(proxy.getScheme())
            && proxy.getHost() != null
            && proxy.getUserInfo() == null
            && (proxy.getPath().isEmpty() || proxy.getPath().equals("/"))
            && proxy.getQuery() == null
            && proxy.getFragment() == null);
  }

  @AssertTrue(
      message =
          "bothy.egress.connect-timeout, response-timeout and maximum-response-size are greater than"
              + " zero, e.g. 5s, 30s and 10MB")
  boolean isBounded() {
    return Stream.of(connectTimeout, responseTimeout).allMatch(Duration::isPositive)
        && maximumResponseSize.toBytes() > 0;
  }
}
