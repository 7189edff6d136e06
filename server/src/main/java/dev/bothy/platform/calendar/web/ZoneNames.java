package dev.bothy.platform.calendar.web;

import java.time.ZoneId;
import java.util.List;

/// The names of time zones that forms suggest.
final class ZoneNames {
  /// By name: places, and UTC.
  static final List<String> ALL =
      ZoneId.getAvailableZoneIds().stream()
          .filter(zone ->
              zone.equals("UTC")
                  || zone.contains("/") && !zone.startsWith("Etc/") && !zone.startsWith("SystemV/"))
          .sorted()
          .toList();

  private ZoneNames() {}
}
