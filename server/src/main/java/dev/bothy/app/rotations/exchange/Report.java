package dev.bothy.app.rotations.exchange;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// Collects what could not be carried over, each thing once, and no more than people read.
final class Report {
  private static final int MOST = 500;

  private final Set<NotCarried> notCarried = new LinkedHashSet<>();
  private int more;

  void add(String where, String what, String why) {
    NotCarried entry = new NotCarried(where, what, why);
    if (notCarried.contains(entry)) {
      return;
    }
    if (notCarried.size() == MOST) {
      more++;
    } else {
      notCarried.add(entry);
    }
  }

  /// A sentence out of what goes on after a colon.
  static String sentence(String words) {
    return Character.toUpperCase(words.charAt(0)) + words.substring(1) + ".";
  }

  List<NotCarried> all() {
    List<NotCarried> all = new ArrayList<>(notCarried);
    if (more > 0) {
      all.add(
          new NotCarried(
              "the file", more + " more things were not carried over.", "They are not listed."));
    }
    return all;
  }
}
