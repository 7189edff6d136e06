package dev.bothy.preflight;

import dev.bothy.platform.egress.Probe;
import java.io.IOException;
import java.time.Clock;
import java.util.List;

/// `tls:` of a place: its certificate is believed and good for a while.
record ShownCertificate(Place place, Probe probe, Clock clock) implements Check {
  @Override
  public List<Finding> look() {
    if (!place.encrypted()) {
      return List.of();
    }
    String name = "tls:" + place;
    Probe.Shown shown;
    try {
      shown = probe.certificate(place.host(), place.port());
    } catch (IOException e) {
      return List.of(
          place.wrong(
              name,
              place + " (" + place.setting() + ") was not reached by TLS: " + Words.of(e),
              "Look whether it runs and serves https, and whether a firewall or network policy lets"
                  + " this pod through"
                  + probe.proxy().map(way -> "; calls go through the proxy " + way).orElse("")));
    }
    Finding expiry = Expiry.of(name, place.toString(), shown.certificate(), clock);
    if (expiry.failed()) {
      return List.of(place.wrong(name, expiry.message(), expiry.fix()));
    }
    if (shown.distrust() != null) {
      return List.of(
          place.wrong(
              name,
              "the certificate of " + place + " is not believed: " + shown.distrust(),
              "Give the certificate of the authority that signed it in"
                  + " bothy.installation.ca-bundle (in the chart caBundle), and let the certificate"
                  + " name "
                  + place.host()));
    }
    return List.of(expiry);
  }
}
