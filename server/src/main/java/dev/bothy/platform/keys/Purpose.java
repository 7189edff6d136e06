package dev.bothy.platform.keys;

/// What a ciphertext is for, declared as a constant in the code that uses it. It is part of the
/// additional data, so a ciphertext moved to another field does not open; being a name of its own
/// it survives the renaming of a column.
///
/// @param owner whose data key seals it: an app's module id, or `platform`
/// @param name stable for ever, `module.what`, e.g. `rotations.handoff-note`
public record Purpose(String owner, String name) {
  /// The owner of what belongs to no app.
  public static final String PLATFORM = "platform";

  public Purpose {
    if (!owner.matches("[a-z]{2,30}") || !name.matches("[a-z]+\\.[a-z-]{2,60}")) {
      throw new IllegalArgumentException(
          "A purpose is 'module' and 'module.what': " + owner + ", " + name);
    }
  }
}
