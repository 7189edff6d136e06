package dev.bothy.preflight;

import dev.bothy.platform.operation.SettingsFailure;

/// `settings`: what it means that the server's settings could not be read.
final class UnreadableSettings {
  private UnreadableSettings() {}

  static Finding of(Throwable failure) {
    SettingsFailure said = SettingsFailure.of(failure);
    return Finding.fail("settings", said.why(), said.fix());
  }
}
