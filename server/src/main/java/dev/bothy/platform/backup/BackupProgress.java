package dev.bothy.platform.backup;

/// Hears how far long work is. Called from several threads.
@FunctionalInterface
public interface BackupProgress {
  /// @param phase one word, e.g. `Copying`
  /// @param percent of the phase, 0 to 100
  /// @param message for people
  void at(String phase, int percent, String message);

  /// Says nothing.
  static BackupProgress silent() {
    return (phase, percent, message) -> {};
  }
}
