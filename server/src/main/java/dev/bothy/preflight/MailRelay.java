package dev.bothy.preflight;

import dev.bothy.platform.mail.MailProbe;
import java.util.List;

/// `mail`: the relay takes the server's login over TLS. Nothing is sent. The server works without
/// mail, so what is wrong is a warning.
record MailRelay(MailProbe probe) implements Check {
  private static final String NAME = "mail";

  @Override
  public List<Finding> look() {
    return probe.relay().map(this::look).orElse(List.of());
  }

  private List<Finding> look(String relay) {
    return List.of(
        probe
            .problem()
            .map(problem ->
                Finding.warn(
                    NAME,
                    "no mail goes out through " + relay + ": " + problem,
                    "Look at bothy.mail.*, the relay's certificate, the network policies, and, for"
                        + " a private address, smtp://"
                        + relay
                        + " in bothy.egress.on-premises-hosts"))
            .orElseGet(() -> Finding.pass(NAME, relay + " takes mail from here, over TLS")));
  }
}
