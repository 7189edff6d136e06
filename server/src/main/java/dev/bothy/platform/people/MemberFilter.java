package dev.bothy.platform.people;

import org.jspecify.annotations.Nullable;

/// Which members are wanted.
///
/// @param text part of a name, user name or e-mail address, without regard to case; empty for any
/// @param role what all sources together say they have; null for any
/// @param state null for any
public record MemberFilter(String text, @Nullable Role role, @Nullable State state) {
  /// Everybody.
  public static final MemberFilter ALL = new MemberFilter("", null, null);

  public MemberFilter {
    text = text.strip();
  }

  /// How a place stands.
  public enum State {
    /// It opens what its roles allow.
    ACTIVE,
    /// It is over, and can be given back while its grace lasts.
    ENDED,
    /// It is active, and whose it is never signed in.
    NEVER_SIGNED_IN
  }
}
