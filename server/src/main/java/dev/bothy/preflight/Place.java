package dev.bothy.preflight;

import java.net.URI;

/// A place that the settings name.
///
/// @param setting where it is named
/// @param encrypted whether it is spoken to by TLS
/// @param needed whether the server is of no use without it
record Place(String setting, String host, int port, boolean encrypted, boolean needed) {
  private static final int HTTPS = 443;
  private static final int HTTP = 80;

  static Place of(String setting, URI address, boolean needed) {
    boolean encrypted = "https".equals(address.getScheme());
    int port = address.getPort() > 0 ? address.getPort() : encrypted ? HTTPS : HTTP;
    return new Place(setting, address.getHost(), port, encrypted, needed);
  }

  @Override
  public String toString() {
    return host + ":" + port;
  }

  /// A failure where the server cannot do without it, else a warning.
  Finding wrong(String check, String message, String fix) {
    return needed ? Finding.fail(check, message, fix) : Finding.warn(check, message, fix);
  }
}
