package dev.bothy.platform.egress;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.hc.client5.http.DnsResolver;
import org.jspecify.annotations.Nullable;

/// Looks names up and leaves out the addresses that must not be connected to. The client connects
/// to what this returns, so between the check and the connection nothing can change.
final class FilteredNames implements DnsResolver {
  private final DnsResolver names;
  private final EgressRegister register;
  private final @Nullable Proxy proxy;

  FilteredNames(DnsResolver names, EgressRegister register, @Nullable Proxy proxy) {
    this.names = names;
    this.register = register;
    this.proxy = proxy;
  }

  /// The proxy may have any address: IT named it, and what is called through it is in the register.
  @Override
  public List<InetSocketAddress> resolve(String host, int port) throws UnknownHostException {
    InetAddress[] addresses =
        proxy != null && proxy.is(host, port)
            ? names.resolve(host)
            : allowed(host, register.isOnPremises(host, port));
    return Arrays.stream(addresses).map(address -> new InetSocketAddress(address, port)).toList();
  }

  /// On-premises hosts are listed with their port; without one there are public addresses alone.
  @Override
  public InetAddress[] resolve(String host) throws UnknownHostException {
    return allowed(host, false);
  }

  @Override
  public String resolveCanonicalHostname(String host) {
    return host;
  }

  private InetAddress[] allowed(String host, boolean onPremises) throws UnknownHostException {
    List<InetAddress> kept = new ArrayList<>();
    Refusal last = null;
    for (InetAddress address : names.resolve(host)) {
      Optional<Refusal> refusal = register.refusal(address.getAddress(), onPremises);
      if (refusal.isEmpty()) {
        kept.add(address);
      } else {
        last = refusal.get();
      }
    }
    if (kept.isEmpty() && last != null) {
      throw new Filtered(last);
    }
    return kept.toArray(InetAddress[]::new);
  }

  /// Carries the refusal out of the connection manager, whose interface allows no other exception.
  static final class Filtered extends UnknownHostException {
    private static final long serialVersionUID = 1;

    private final transient Refusal refusal;

    Filtered(Refusal refusal) {
      super("Every address of the host is refused");
      this.refusal = refusal;
    }

    Refusal refusal() {
      return refusal;
    }
  }
}
