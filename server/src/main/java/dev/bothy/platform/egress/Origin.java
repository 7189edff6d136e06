package dev.bothy.platform.egress;

import java.net.IDN;
import java.net.URI;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Where a call goes: scheme, host and port, as in RFC 6454 §4. No path: what is registered is a
/// machine, not a page.
///
/// @param scheme `https` or `http`; for WebSockets `wss` or `ws` (RFC 6455 §3); `smtp` for a mail
///   relay, always with TLS
/// @param host lower case, international names in ASCII (RFC 5891), an IPv6 address without
///   brackets, no trailing dot. `*.` before it, which only a module's WebSocket destinations have,
///   means every host whose name is one label longer
/// @param port 1 to 65535, or [#ANY_PORT]
public record Origin(String scheme, String host, int port) {
  /// Every port of the host. Only for hosts that IT lists as on-premises.
  public static final int ANY_PORT = 0;

  private static final String FAMILY = "*.";
  private static final Set<String> SCHEMES = Set.of("https", "http", "wss", "ws", "smtp");

  private static final Pattern WRITTEN =
      Pattern.compile(
          "(?:(?<scheme>https?|wss?|smtp)://)?"
              + "(?<host>\\[[0-9a-fA-F:.]+]|(?:\\*\\.)?[^/:?#@*\\[\\]\\s]+)"
              + "(?::(?<port>\\*|[0-9]{1,5}))?/?");

  /// Reads what IT or a module wrote.
  ///
  /// @param written `host`, `host:port`, `https://host`, `http://host:port`; `*` as the port means
  ///   every port; without a scheme it is `https`, without a port the scheme's own
  /// @throws IllegalArgumentException if it has another shape; the message says what is allowed
  public static Origin parse(String written) {
    Matcher matcher = WRITTEN.matcher(written.strip());
    if (!matcher.matches()) {
      throw notAnOrigin(written);
    }
    String scheme = matcher.group("scheme") == null ? "https" : matcher.group("scheme");
    if (matcher.group("host").startsWith(FAMILY) && !scheme.equals("wss")) {
      throw notAnOrigin(written);
    }
    String port = matcher.group("port");
    if ("*".equals(port)) {
      return new Origin(scheme, normalHost(matcher.group("host")), ANY_PORT);
    }
    int number = port == null ? defaultPort(scheme) : Integer.parseInt(port);
    if (number < 1 || number > 65_535) {
      throw notAnOrigin(written);
    }
    return new Origin(scheme, normalHost(matcher.group("host")), number);
  }

  /// The origin that a call to this address goes to.
  ///
  /// @throws IllegalArgumentException if it is no absolute address of one of the schemes; the
  ///   message does not repeat the address, which may carry a secret
  public static Origin of(URI address) {
    if (address.getScheme() == null || address.getHost() == null) {
      throw new IllegalArgumentException("An outbound address needs a scheme and a host.");
    }
    return of(address.getScheme(), address.getHost(), address.getPort());
  }

  /// @param port -1 means the scheme's own
  static Origin of(String scheme, String host, int port) {
    String normalScheme = scheme.toLowerCase(Locale.ROOT);
    if (!SCHEMES.contains(normalScheme)) {
      throw new IllegalArgumentException(
          "An outbound address is https or http, or wss or ws, or smtp.");
    }
    return new Origin(
        normalScheme, normalHost(host), port == -1 ? defaultPort(normalScheme) : port);
  }

  /// True if a call to the other origin is a call to this one.
  public boolean covers(Origin other) {
    return scheme.equals(other.scheme)
        && (host.equals(other.host) || isFamilyOf(other.host))
        && (port == ANY_PORT || port == other.port);
  }

  /// Whether it stands for several hosts.
  boolean isFamily() {
    return host.startsWith(FAMILY);
  }

  private boolean isFamilyOf(String member) {
    int dot = member.indexOf('.');
    return isFamily() && dot > 0 && member.substring(dot).equals(host.substring(1));
  }

  boolean isWebSocket() {
    return scheme.equals("wss") || scheme.equals("ws");
  }

  /// The same machine, called by http or https: what is said of it holds for its WebSockets too.
  Origin asHttp() {
    return switch (scheme) {
      case "wss" -> new Origin("https", host, port);
      case "ws" -> new Origin("http", host, port);
      default -> this;
    };
  }

  boolean isPlainHttp() {
    return scheme.equals("http") || scheme.equals("ws");
  }

  @Override
  public String toString() {
    String shownHost = host.contains(":") ? "[" + host + "]" : host;
    if (port == ANY_PORT) {
      return scheme + "://" + shownHost + ":*";
    }
    return port == defaultPort(scheme)
        ? scheme + "://" + shownHost
        : scheme + "://" + shownHost + ":" + port;
  }

  private static String normalHost(String host) {
    String name = host;
    if (name.startsWith("[") && name.endsWith("]")) {
      return name.substring(1, name.length() - 1).toLowerCase(Locale.ROOT);
    }
    if (name.contains(":")) {
      return name.toLowerCase(Locale.ROOT);
    }
    if (name.endsWith(".")) {
      name = name.substring(0, name.length() - 1);
    }
    return name.startsWith(FAMILY)
        ? FAMILY + normalHost(name.substring(FAMILY.length()))
        : IDN.toASCII(name).toLowerCase(Locale.ROOT);
  }

  private static int defaultPort(String scheme) {
    return switch (scheme) {
      case "http", "ws" -> 80;
      // RFC 6409 §3.1, message submission.
      case "smtp" -> 587;
      default -> 443;
    };
  }

  private static IllegalArgumentException notAnOrigin(String written) {
    return new IllegalArgumentException(
        "'"
            + written
            + "' is not an origin: write host, host:port, https://host, https://host:port or"
            + " http://host:port, or the same with wss or ws, or smtp://host:port, without a path (*"
            + " as the port means every port)");
  }
}
