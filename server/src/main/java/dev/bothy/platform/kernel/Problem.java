package dev.bothy.platform.kernel;

import org.jspecify.annotations.Nullable;

/// Something that went wrong in a way that a person should read about.
///
/// @param code stable and searchable, `module.what`, e.g. `rotations.duplicate-name`
/// @param kind whose move it is
/// @param field the input it is about, as the user knows it; null when it is about none
/// @param message in the user's words: what was wrong and what is allowed; never a secret
public record Problem(String code, Kind kind, @Nullable String field, String message) {
  /// Whose move it is: the three classes of errors.
  public enum Kind {
    /// The person who asked can correct it.
    USER,
    /// We have a bug; somebody must look at the log.
    INTERNAL,
    /// Nothing is wrong, but there is too little of something (time, quota, a service) now.
    RESOURCES
  }

  /// A problem with one input of the user's.
  public static Problem ofField(String code, String field, String message) {
    return new Problem(code, Kind.USER, field, message);
  }

  /// A problem of the user's that no single input carries.
  public static Problem ofUser(String code, String message) {
    return new Problem(code, Kind.USER, null, message);
  }
}
