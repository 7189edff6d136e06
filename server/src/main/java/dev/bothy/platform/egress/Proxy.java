package dev.bothy.platform.egress;

import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// The way out where there is no direct one: TLS links are tunnelled through it (CONNECT, RFC 9110
/// §9.3.6), so that it sees host and port and nothing else; plain http is handed to it as it is.
///
/// @param host without brackets
/// @param except hosts that are reached directly; one that begins with a dot stands for the name
///   after it and all names that end so
record Proxy(String host, int port, List<String> except) {
  private static final int DEFAULT_PORT = 3128;

  Proxy {
    except = List.copyOf(except);
  }

  static Optional<Proxy> of(EgressProperties properties) {
    URI address = properties.proxy();
    if (address == null) {
      return Optional.empty();
    }
    int port = address.getPort() < 0 ? DEFAULT_PORT : address.getPort();
    return Optional.of(
        new Proxy(
            plain(address.getHost()),
            port,
            properties.proxyExcept().stream().map(Proxy::plain).toList()));
  }

  /// Whether this host is reached through it.
  boolean leadsTo(String target) {
    String name = plain(target);
    return except.stream()
        .noneMatch(exception ->
            exception.startsWith(".")
                ? name.endsWith(exception) || name.equals(exception.substring(1))
                : name.equals(exception));
  }

  boolean is(String otherHost, int otherPort) {
    return port == otherPort && host.equals(plain(otherHost));
  }

  private static String plain(String host) {
    String name = host.strip().toLowerCase(Locale.ROOT);
    if (name.endsWith(".")) {
      name = name.substring(0, name.length() - 1);
    }
    return name.startsWith("[") && name.endsWith("]") ? name.substring(1, name.length() - 1) : name;
  }
}
