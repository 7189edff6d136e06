package dev.bothy.embedded;

import java.io.IOException;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;

/// What the server, and the commands beside it, are told about a data folder: all but the database.
final class ServerSettings {
  private ServerSettings() {}

  /// @param address the server's, as browsers see it
  static KeycloakRealm realm(URI address, Secrets secrets) throws IOException {
    return new KeycloakRealm(
        "bothy", address, secrets.forMachines("client"), secrets.forPeople("people"));
  }

  /// @param signOn Keycloak's address
  static Map<String, String> of(DataFolder data, Secrets secrets, KeycloakRealm realm, URI signOn)
      throws IOException {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("logging.threshold.console", "off");
    settings.put("bothy.installation.mode", "embedded");
    settings.put("bothy.installation.public-address", realm.application().toString());
    settings.put("bothy.installation.workspace-slug", "demo");
    settings.put("bothy.installation.workspace-name", "Demo");
    settings.put("bothy.installation.first-owner", KeycloakRealm.OWNER);
    settings.put("bothy.egress.region", "local");
    // Slack's, so that a pasted token works here too.
    settings.put("bothy.egress.allowed-regions", "us");
    settings.put("bothy.egress.on-premises-hosts", signOn.toString());
    settings.put("bothy.keys.local-file", data.keyFile().toString());
    settings.put("bothy.privacy.ledger", data.ledger().toString());
    settings.put("bothy.storage.kind", "folder");
    settings.put("bothy.storage.folder", data.backups().toString());
    settings.put("bothy.backup.password", secrets.forMachines("database.bothy_backup"));
    settings.put("bothy.sign-on.issuer", realm.issuer(signOn).toString());
    settings.put("bothy.sign-on.client-id", KeycloakRealm.CLIENT);
    settings.put("bothy.sign-on.client-secret", realm.clientSecret());
    return settings;
  }

  /// The same with the addresses that were used last, for a command beside the server.
  ///
  /// @param log the file that gets the command's log
  static Map<String, String> beside(DataFolder data, String log) throws IOException {
    Ports ports = data.ports();
    Secrets secrets = data.secrets();
    URI address = URI.create("http://localhost:" + ports.last("Bothy", EmbeddedRun.BOTHY_PORT));
    URI signOn =
        URI.create("http://localhost:" + ports.last("Keycloak", EmbeddedRun.KEYCLOAK_PORT));
    Map<String, String> settings = of(data, secrets, realm(address, secrets), signOn);
    settings.put("logging.file.name", data.log(log).toString());
    return settings;
  }
}
