package dev.bothy.platform.scim.web;

import dev.bothy.platform.people.InstallationSettings;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.support.ServletUriComponentsBuilder;

/// The base address that somebody pastes into their directory.
@Component
class ScimAddress {
  /// Below the installation's address.
  static final String PATH = "/scim/v2";

  private final InstallationSettings installation;

  ScimAddress(InstallationSettings installation) {
    this.installation = installation;
  }

  /// Without a slash at its end.
  String of(HttpServletRequest request) {
    URI configured = installation.publicAddress();
    return configured == null
        ? ServletUriComponentsBuilder.fromContextPath(request).path(PATH).toUriString()
        : configured + PATH;
  }

  /// Whether a directory of the internet can be expected to reach it.
  static boolean isHttps(String address) {
    return address.startsWith("https://");
  }
}
