package dev.bothy.app.rotations.web;

import dev.bothy.platform.people.InstallationSettings;
import java.net.URI;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.support.ServletUriComponentsBuilder;

/// Where whoever is given an address reaches this server.
@Component
class ServerAddress {
  private final InstallationSettings installation;

  ServerAddress(InstallationSettings installation) {
    this.installation = installation;
  }

  /// The full address of a path of ours; where none is configured, as the current request came.
  String of(String path) {
    URI configured = installation.publicAddress();
    return configured == null
        ? ServletUriComponentsBuilder.fromCurrentContextPath().path(path).toUriString()
        : configured + path;
  }
}
