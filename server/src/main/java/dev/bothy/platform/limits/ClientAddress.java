package dev.bothy.platform.limits;

import jakarta.servlet.http.HttpServletRequest;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.HexFormat;

/// Where a request comes from, as limits count it. Trusted proxies have been believed by now
/// (`bothy.installation.trusted-proxies`).
public final class ClientAddress {
  private static final int NETWORK_BYTES = 8;

  private ClientAddress() {}

  /// The IPv4 address, or the /64 network of an IPv6 address: whoever has one address of it has
  /// them all.
  public static String of(HttpServletRequest request) {
    return counted(request.getRemoteAddr());
  }

  static String counted(String address) {
    try {
      return InetAddress.ofLiteral(address) instanceof Inet6Address six
          ? HexFormat.of().formatHex(six.getAddress(), 0, NETWORK_BYTES) + "/64"
          : address;
    } catch (IllegalArgumentException noLiteral) {
      return address;
    }
  }
}
