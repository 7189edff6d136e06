package dev.bothy.platform.operation;

import jakarta.servlet.http.HttpServletRequest;
import org.springframework.boot.actuate.autoconfigure.web.server.ManagementPortType;
import org.springframework.core.env.Environment;

/// The port that health and metrics have for themselves, if `management.server.port` says so.
final class ManagementPort {
  private final Environment environment;
  private final boolean apart;

  ManagementPort(Environment environment) {
    this.environment = environment;
    this.apart = ManagementPortType.get(environment) == ManagementPortType.DIFFERENT;
  }

  boolean isApart() {
    return apart;
  }

  /// Whether this request came in there. The socket says so, not a header.
  boolean received(HttpServletRequest request) {
    // Known once the port is open: 0 means any.
    Integer port = apart ? environment.getProperty("local.management.port", Integer.class) : null;
    return port != null && request.getLocalPort() == port;
  }
}
