package dev.bothy.platform.peoplemanagement.web;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// What was just done, as the page says that one lands on. The address carries the word
/// (`?done=roles`), so that any replica can serve it and no cookie is needed.
enum Notice {
  /// Given roles.
  ROLES("The roles are changed. They hold from the next click."),
  /// A place.
  ENDED("The place has ended. What they had can be given back for 14 days."),
  /// A place that had ended.
  BACK("The place is given back, with the roles it had."),
  /// One session.
  SESSION("The session has ended."),
  /// Several.
  SESSIONS("The sessions have ended."),
  /// A group of the sign-on.
  GROUP("The group is kept. It counts from each person's next sign-in."),
  /// Likewise.
  FORGOTTEN("The group stands for nothing any more. It counts from each person's next sign-in."),
  /// A token of a program.
  TOKEN("The token is revoked. No request with it is answered any more."),
  /// An account of a chat network.
  UNLINKED("The chat account is no longer linked.");

  private final String words;

  Notice(String words) {
    this.words = words;
  }

  /// For an address.
  String query() {
    return "?done=" + name().toLowerCase(Locale.ROOT);
  }

  /// What the word says; null for any other word.
  static @Nullable String of(String word) {
    for (Notice notice : values()) {
      if (notice.name().toLowerCase(Locale.ROOT).equals(word)) {
        return notice.words;
      }
    }
    return null;
  }
}
