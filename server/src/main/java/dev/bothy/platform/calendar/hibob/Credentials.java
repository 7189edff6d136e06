package dev.bothy.platform.calendar.hibob;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/// What a service user of HiBob signs in with (apidocs.hibob.com/docs/api-service-users).
///
/// @param user its id, e.g. `SERVICE-1234`
/// @param token shown once by HiBob
record Credentials(String user, String token) {
  /// The value of a header `Authorization`.
  String basic() {
    return "Basic "
        + Base64.getEncoder().encodeToString((user + ":" + token).getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public String toString() {
    return "Credentials(…)";
  }
}
