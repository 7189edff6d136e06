package dev.bothy.platform.backup;

import java.util.Locale;

/// How sizes are said.
public final class Words {
  private static final String[] UNITS = {"B", "kB", "MB", "GB", "TB"};
  private static final double STEP = 1000;

  private Words() {}

  /// e.g. `1.2 GB`; decimal units, as stores count.
  public static String bytes(long bytes) {
    double shown = bytes;
    int unit = 0;
    while (shown >= STEP && unit < UNITS.length - 1) {
      shown /= STEP;
      unit++;
    }
    return String.format(Locale.ROOT, unit == 0 ? "%.0f %s" : "%.1f %s", shown, UNITS[unit]);
  }
}
