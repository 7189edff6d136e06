package dev.bothy.platform.scim;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A request as it came in.
///
/// @param method of HTTP, in capitals
/// @param path below the base address, e.g. `/Users/2819c223`; empty for the base itself
/// @param query the first value of each parameter, decoded
/// @param authorization the header; null if there is none
/// @param contentType likewise
/// @param body empty if there is none
/// @param base the address that all is below, as directories reach it
public record ScimCall(
    String method,
    String path,
    Map<String, String> query,
    @Nullable String authorization,
    @Nullable String contentType,
    @Nullable String ifMatch,
    @Nullable String ifNoneMatch,
    Body body,
    String base) {
  /// The largest body: a group of 10,000 members has half of it.
  public static final int LARGEST_BODY = 1024 * 1024;

  /// The body of a request.
  public sealed interface Body {
    record Bytes(byte[] bytes) implements Body {}

    /// More than [#LARGEST_BODY].
    record TooLarge() implements Body {}
  }

  public ScimCall {
    query = Map.copyOf(query);
  }

  @Override
  public String toString() {
    return "ScimCall[" + method + "]";
  }
}
