package dev.bothy.platform.people;

import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;

/// Tells browsers apart as far as somebody needs who looks through the list of their sessions: no
/// version, nothing that would follow anybody.
final class Browsers {
  private record Sign(String in, String name) {}

  /// The first that fits holds: most browsers claim to be others too.
  private static final List<Sign> BROWSERS =
      List.of(
          new Sign("Edg/", "Edge"),
          new Sign("OPR/", "Opera"),
          new Sign("Firefox/", "Firefox"),
          new Sign("Chrome/", "Chrome"),
          new Sign("Safari/", "Safari"));

  private static final List<Sign> SYSTEMS =
      List.of(
          new Sign("iPhone", "iPhone"),
          new Sign("iPad", "iPad"),
          new Sign("Android", "Android"),
          new Sign("Windows", "Windows"),
          new Sign("Mac OS X", "macOS"),
          new Sign("Linux", "Linux"));

  private Browsers() {}

  /// E.g. `Firefox on Linux`; null if the request does not tell.
  static @Nullable String describe(HttpServletRequest request) {
    String agent = request.getHeader(HttpHeaders.USER_AGENT);
    return agent == null ? null : describe(agent);
  }

  static @Nullable String describe(String agent) {
    String browser = first(BROWSERS, agent);
    String system = first(SYSTEMS, agent);
    if (browser == null) {
      return system == null ? null : "A browser on " + system;
    }
    return system == null ? browser : browser + " on " + system;
  }

  private static @Nullable String first(List<Sign> signs, String agent) {
    return signs.stream()
        .filter(sign -> agent.contains(sign.in()))
        .map(Sign::name)
        .findFirst()
        .orElse(null);
  }
}
