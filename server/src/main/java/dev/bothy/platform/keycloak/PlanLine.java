package dev.bothy.platform.keycloak;

import org.jspecify.annotations.Nullable;

/// One thing that was looked at. It holds no secret.
///
/// @param part what it is, e.g. `client bothy: redirect URIs`
/// @param from how it is now; null if it is not there, or is not told
/// @param to how it should be, or what to do about it; null if nothing is to be said
public record PlanLine(Mark mark, String part, @Nullable String from, @Nullable String to) {
  /// What is so with it.
  public enum Mark {
    /// It is as it should be.
    FINE('='),
    /// It is missing, and is made.
    CREATE('+'),
    /// It differs, and is brought back.
    CHANGE('~'),
    /// It is not as Bothy would have it, but for somebody else to decide.
    ADVICE('!'),
    /// The login may not see it.
    UNSEEN('?');

    private final char sign;

    Mark(char sign) {
      this.sign = sign;
    }
  }

  static PlanLine fine(String part) {
    return new PlanLine(Mark.FINE, part, null, null);
  }

  static PlanLine create(String part) {
    return new PlanLine(Mark.CREATE, part, null, null);
  }

  static PlanLine change(String part, @Nullable String from, String to) {
    return new PlanLine(Mark.CHANGE, part, from == null ? "not set" : from, to);
  }

  static PlanLine advice(String part, String from, String advice) {
    return new PlanLine(Mark.ADVICE, part, from, advice);
  }

  static PlanLine unseen(String part, String why) {
    return new PlanLine(Mark.UNSEEN, part, null, why);
  }

  /// For people to read, e.g. `~ client bothy: standard flow: off → on`.
  public String text() {
    String line = mark.sign + " " + part;
    return switch (mark) {
      case FINE, CREATE -> line;
      case CHANGE, ADVICE -> line + ": " + from + " → " + to;
      case UNSEEN -> line + ": " + to;
    };
  }
}
