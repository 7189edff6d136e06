package dev.bothy.preflight;

import dev.bothy.platform.egress.Probe;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// `service`: a server behind this address is ready; and `service-sign-in`: it leads somebody who
/// is not signed in to the issuer.
record ServiceAnswers(URI service, String issuer, Probe probe) implements Check {
  private static final String NAME = "service";
  private static final String SIGN_IN = "service-sign-in";
  private static final int OK = 200;
  private static final int HOPS = 3;

  @Override
  public List<Finding> look() {
    List<Finding> found = new ArrayList<>();
    try {
      int status = probe.get(service.resolve("/readyz"), Map.of()).status();
      found.add(
          status == OK
              ? Finding.pass(NAME, "a server at " + service + " is ready")
              : Finding.fail(
                  NAME,
                  service.resolve("/readyz") + " answers " + status,
                  "Look into the server's log why it is not ready"));
      found.add(leadsToIssuer());
    } catch (IOException e) {
      found.add(
          Finding.fail(
              NAME,
              service + " was not reached: " + Words.of(e),
              "Look whether the server's pods run and are ready (kubectl get pods)"));
    }
    return found;
  }

  private Finding leadsToIssuer() throws IOException {
    URI address = service.resolve("/");
    for (int hop = 0; hop < HOPS; hop++) {
      Probe.Answer answer = probe.get(address, Map.of("Accept", "text/html"));
      String location = answer.headers().get("location");
      if (location == null) {
        return Finding.fail(
            SIGN_IN,
            address + " answers " + answer.status() + " instead of leading to the sign-in",
            "Look into the server's log");
      }
      if (location.startsWith(issuer + "/")) {
        return Finding.pass(SIGN_IN, "whoever is not signed in is led to " + issuer);
      }
      // The server may name itself by its public address, which this pod may not reach.
      URI next = address.resolve(location);
      address =
          service.resolve(
              next.getRawPath() + (next.getRawQuery() == null ? "" : "?" + next.getRawQuery()));
    }
    return Finding.fail(
        SIGN_IN,
        service + " does not lead to " + issuer,
        "Look whether the running servers have the settings that this preflight has");
  }
}
