package dev.bothy.platform.people;

import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.support.ServletUriComponentsBuilder;

/// Where browsers reach this server.
@Component
class PublicAddress {
  private final InstallationSettings installation;

  PublicAddress(InstallationSettings installation) {
    this.installation = installation;
  }

  /// The full address of a path of ours, for somebody who is sent back here.
  String of(String path, HttpServletRequest request) {
    URI configured = installation.publicAddress();
    return configured == null
        ? ServletUriComponentsBuilder.fromContextPath(request).path(path).toUriString()
        : configured + path;
  }
}
