package dev.bothy.platform.api;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A page of a list.
///
/// @param next what to give as `after` for the next one; null when this is the last
@Schema(description = "A page of a list.")
public record Page<T>(
    List<T> items,
    @Schema(description = "Give this as `after` for the next page; null when this is the last.")
        @Nullable String next) {
  /// How many there are on a page unless the program says otherwise.
  public static final String DEFAULT_LIMIT = "50";

  private static final int MOST = 200;

  public Page {
    items = List.copyOf(items);
  }

  /// All there is.
  public static <T> Page<T> of(List<T> all) {
    return new Page<>(all, null);
  }

  /// Refuses a `limit` that no page has.
  public static int checked(int limit) {
    if (limit < 1 || limit > MOST) {
      throw ApiProblem.invalid("limit", "api.limit", "limit: 1 to " + MOST + " are allowed");
    }
    return limit;
  }
}
