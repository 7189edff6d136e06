package dev.bothy.preflight;

import dev.bothy.platform.egress.Probe;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// `vault`: Vault or OpenBao answers and is unsealed (its API, GET /sys/health).
record VaultHealth(URI address, Probe probe) implements Check {
  private static final String NAME = "vault";

  /// Active; standby; replication secondary; performance standby.
  private static final Set<Integer> SERVES = Set.of(200, 429, 472, 473);

  private static final int NOT_INITIALIZED = 501;
  private static final int SEALED = 503;

  @Override
  public List<Finding> look() {
    int status;
    try {
      status = probe.get(address.resolve("/v1/sys/health"), Map.of()).status();
    } catch (IOException e) {
      return List.of(
          Finding.fail(
              NAME,
              address + " was not reached: " + Words.of(e),
              "Look whether Vault runs, whether spring.cloud.vault.uri is right, and whether"
                  + " a firewall or network policy lets this pod through"));
    }
    if (SERVES.contains(status)) {
      return List.of(Finding.pass(NAME, "Vault at " + address + " is unsealed and serves"));
    }
    return List.of(
        switch (status) {
          case SEALED -> Finding.fail(NAME, "Vault at " + address + " is sealed", "Unseal Vault");
          case NOT_INITIALIZED ->
              Finding.fail(NAME, "Vault at " + address + " is not initialized", "Initialize Vault");
          default ->
              Finding.fail(
                  NAME,
                  address + " answers " + status + " where Vault tells its health",
                  "Let the address lead to Vault itself, without a path");
        });
  }
}
