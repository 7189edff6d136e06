package dev.bothy.platform.operation;

import dev.bothy.platform.kernel.StartRefused;
import java.net.InetAddress;
import java.util.List;
import org.apache.catalina.valves.RemoteIpValve;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;

/// Whose word about where a request came from is believed: the proxies in these ranges may say by
/// `X-Forwarded-For`, `-Proto`, `-Host` and `-Port` how the browser reached them. From anybody else
/// the headers are nothing but text.
///
/// @param trustedProxies `bothy.installation.trusted-proxies`: ranges like `10.0.0.0/8`; none means
///   that nobody is believed
@ConfigurationProperties("bothy.installation")
record TrustedProxies(@DefaultValue List<String> trustedProxies)
    implements WebServerFactoryCustomizer<TomcatServletWebServerFactory> {
  private static final int FOUR_BYTES = 32;
  private static final int SIXTEEN_BYTES = 128;

  TrustedProxies {
    trustedProxies = trustedProxies.stream().map(String::strip).toList();
  }

  @Override
  public void customize(TomcatServletWebServerFactory factory) {
    if (trustedProxies.isEmpty()) {
      return;
    }
    trustedProxies.forEach(TrustedProxies::requireRange);
    RemoteIpValve valve = new RemoteIpValve();
    valve.setInternalProxies(String.join(",", trustedProxies));
    valve.setProtocolHeader("X-Forwarded-Proto");
    valve.setHostHeader("X-Forwarded-Host");
    valve.setPortHeader("X-Forwarded-Port");
    factory.addEngineValves(valve);
  }

  private static void requireRange(String range) {
    String[] parts = range.split("/", -1);
    try {
      int prefix = Integer.parseInt(parts.length == 2 ? parts[1] : "");
      int bytes = InetAddress.ofLiteral(parts[0]).getAddress().length;
      if (prefix >= 0 && prefix <= (bytes == 4 ? FOUR_BYTES : SIXTEEN_BYTES)) {
        return;
      }
    } catch (IllegalArgumentException noRange) {
      // Said below.
    }
    throw new StartRefused(
        "bothy.installation.trusted-proxies: '" + range + "' is not a range of addresses.",
        "Write it like 10.0.0.0/8 or fd00::/8; a single address ends in /32 or /128.");
  }
}
