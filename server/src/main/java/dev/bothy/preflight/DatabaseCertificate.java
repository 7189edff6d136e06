package dev.bothy.preflight;

import dev.bothy.platform.egress.Probe;
import java.io.IOException;
import java.time.Clock;
import java.util.List;

/// `tls:` of PostgreSQL: how long its certificate is good. Whether it is believed the check
/// `database` has shown, by the driver's own rules.
record DatabaseCertificate(Role app, Probe probe, Clock clock) implements Check {
  @Override
  public List<Finding> look() {
    if (!app.isEncrypted()) {
      return List.of();
    }
    String name = "tls:" + app.place();
    try {
      return probe
          .certificateOfPostgresql(app.host(), app.port())
          .map(certificate -> List.of(Expiry.of(name, app.place(), certificate, clock)))
          .orElse(List.of());
    } catch (IOException e) {
      return List.of(
          Finding.warn(
              name,
              "the certificate of " + app.place() + " could not be looked at: " + Words.of(e),
              "Look whether PostgreSQL takes TLS connections from here"));
    }
  }
}
