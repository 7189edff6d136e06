package dev.bothy.platform.scim;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// What a request demands of the version that it finds (RFC 7644 §3.14, RFC 9110 §13.1).
///
/// @param ifMatch the header; null if there is none
/// @param ifNoneMatch likewise
record Preconditions(@Nullable String ifMatch, @Nullable String ifNoneMatch) {
  static final Preconditions NONE = new Preconditions(null, null);

  /// @throws ScimError 412 if the resource has changed
  void require(long version) {
    if (ifMatch != null && !names(ifMatch, version)) {
      throw new ScimError(
          412, null, "The resource has changed: its version is " + Resources.tag(version) + ".");
    }
  }

  /// Whether whoever asks has this version already.
  boolean has(long version) {
    return ifNoneMatch != null && names(ifNoneMatch, version);
  }

  /// Tags are compared weakly: all of ours are weak, and some clients leave the mark away.
  private static boolean names(String header, long version) {
    String ours = Resources.tag(version).substring(2);
    return Arrays.stream(header.split(","))
        .map(String::strip)
        .anyMatch(each -> each.equals("*") || each.equals(ours) || each.equals("W/" + ours));
  }
}
