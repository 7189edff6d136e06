package dev.bothy.platform.bin;

/// Something in the bin as somebody sees it.
///
/// @param noun what such a thing is called, e.g. `Rotation`
/// @param name what people call this one; to be typed before it is deleted at once
/// @param loss what one loses when it goes, a sentence or two
/// @param keysDestroyed whether the keys of what it sealed were destroyed meanwhile, so that it
///   cannot be brought back
/// @param mine whether this person may bring it back or delete it
public record BinLine(
    BinItem item, String noun, String name, String loss, boolean keysDestroyed, boolean mine) {
  /// Whether a click brings it back.
  public boolean isRestorable() {
    return mine && !keysDestroyed && item.begunAt() == null;
  }

  /// Whether it is being deleted.
  public boolean isGoing() {
    return item.begunAt() != null;
  }

  /// When it goes, in words.
  public String goes() {
    return item.goes();
  }

  /// When it was deleted, in words.
  public String deleted() {
    return Resting.inWords(item.deletedAt());
  }
}
