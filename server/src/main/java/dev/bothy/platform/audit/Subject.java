package dev.bothy.platform.audit;

import java.util.UUID;

/// What it was done to.
///
/// @param kind `module.what`, e.g. `rotations.rotation`
/// @param id within its kind, 1 to 200 characters; never content
public record Subject(String kind, String id) {
  public Subject {
    if (!kind.matches("[a-z]+\\.[a-z-]{2,60}") || id.isEmpty() || id.length() > 200) {
      throw new IllegalArgumentException("A subject is 'module.what' and an id: " + kind);
    }
  }

  /// A subject whose id is one of ours.
  public static Subject of(String kind, UUID id) {
    return new Subject(kind, id.toString());
  }
}
