package dev.bothy.platform.keys;

import dev.bothy.platform.kernel.OutOfReach;

/// A wrapped data key does not unwrap, though its provider answers: the wrapping key is gone or
/// another one, or the settings name no such provider. Somebody may mend that, by restoring a
/// snapshot of Vault or a setting, so nothing that the data key sealed is given up: whoever needs
/// it waits.
final class KeyUnusable extends OutOfReach {
  private static final long serialVersionUID = 1L;

  private final boolean mendedBySettings;

  private KeyUnusable(String message, boolean mendedBySettings) {
    super(message, null);
    this.mendedBySettings = mendedBySettings;
  }

  /// One that the provider may unwrap again without this server being started anew.
  static KeyUnusable atTheProvider(String message) {
    return new KeyUnusable(message, false);
  }

  /// One that this server cannot unwrap as it was started.
  static KeyUnusable withTheseSettings(String message) {
    return new KeyUnusable(message, true);
  }

  /// The same, for another one who needs the key.
  KeyUnusable again() {
    return new KeyUnusable(String.valueOf(getMessage()), mendedBySettings);
  }

  /// Whether only a start with other settings, or another key file, mends it.
  boolean isMendedBySettings() {
    return mendedBySettings;
  }
}
