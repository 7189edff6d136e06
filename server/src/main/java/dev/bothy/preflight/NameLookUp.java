package dev.bothy.preflight;

import dev.bothy.platform.egress.Probe;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.stream.Collectors;

/// `dns:` of a host: its name leads somewhere. What is reached through a proxy has its name looked
/// up there.
record NameLookUp(Place place, Probe probe) implements Check {
  @Override
  public List<Finding> look() {
    if (probe.goesThroughProxy(place.host()) || isAddress(place.host())) {
      return List.of();
    }
    String name = "dns:" + place.host();
    try {
      return List.of(
          Finding.pass(
              name,
              "leads to "
                  + probe.lookUp(place.host()).stream()
                      .map(InetAddress::getHostAddress)
                      .collect(Collectors.joining(", "))));
    } catch (UnknownHostException e) {
      return List.of(
          place.wrong(
              name,
              "the name " + place.host() + " (" + place.setting() + ") leads nowhere",
              "Enter the name in the DNS that the cluster uses, or correct " + place.setting()));
    }
  }

  private static boolean isAddress(String host) {
    try {
      InetAddress.ofLiteral(host);
      return true;
    } catch (IllegalArgumentException aName) {
      return false;
    }
  }
}
