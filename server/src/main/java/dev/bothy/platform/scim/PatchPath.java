package dev.bothy.platform.scim;

import org.jspecify.annotations.Nullable;

/// Where an operation of a PATCH works (RFC 7644 §3.5.2), e.g. `emails[type eq "work"].value`.
///
/// @param attribute what stands before the brackets, or all of it
/// @param filter which elements; null if there are no brackets
/// @param sub what of those elements; null for all of them. Without brackets the sub-attribute is
///   part of `attribute`
record PatchPath(AttributePath attribute, @Nullable Filter filter, @Nullable String sub) {
  /// Reads a path.
  ///
  /// @throws ScimError `invalidPath`, or `invalidFilter` for what stands in brackets
  static PatchPath parse(String text) {
    return new FilterParser(text, ScimError.Type.INVALID_PATH).path();
  }

  @Override
  public String toString() {
    return attribute
        + (filter == null ? "" : "[" + Filter.print(filter) + "]")
        + (sub == null ? "" : "." + sub);
  }
}
