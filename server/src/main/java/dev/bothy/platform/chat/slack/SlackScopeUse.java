package dev.bothy.platform.chat.slack;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// A permission as three parties see it: what our features ask for, what Slack has granted, and
/// what our calls have used.
///
/// @param reasons of the features that ask for it; empty when none does
/// @param lastUsedAt to the minute; null when it was not used within 90 days
/// @param advice what to do about a difference, in a sentence; empty when there is none
public record SlackScopeUse(
    String name,
    List<String> reasons,
    boolean granted,
    @Nullable Instant lastUsedAt,
    String advice) {
  /// Whether a feature asks for it.
  public boolean asked() {
    return !reasons.isEmpty();
  }

  /// Whether a use of it would be known.
  public boolean useIsSeen() {
    return !SlackScopes.USED_UNSEEN.contains(name);
  }

  /// By name.
  ///
  /// @param seen when each thing was used, by [SlackActivity]'s names
  /// @param connectedAt what is younger than [SlackActivity#KEPT] may just not have been needed yet
  static List<SlackScopeUse> of(
      List<SlackManifest.Scope> asked,
      Set<String> granted,
      Map<String, Instant> seen,
      Instant connectedAt,
      Instant now) {
    Set<String> names = new TreeSet<>(granted);
    asked.forEach(scope -> names.add(scope.name()));
    boolean young = connectedAt.plus(SlackActivity.KEPT).isAfter(now);
    List<SlackScopeUse> uses = new ArrayList<>();
    for (String name : names) {
      List<String> reasons =
          asked.stream()
              .filter(scope -> scope.name().equals(name))
              .flatMap(scope -> scope.reasons().stream())
              .toList();
      boolean has = granted.contains(name);
      Instant used = seen.get(SlackActivity.ofScope(name));
      uses.add(
          new SlackScopeUse(name, reasons, has, used, advice(name, reasons, has, used, young)));
    }
    return List.copyOf(uses);
  }

  private static String advice(
      String name, List<String> reasons, boolean granted, @Nullable Instant used, boolean young) {
    if (!granted) {
      return "Not granted: paste the manifest into the app's settings and install the app again.";
    }
    if (reasons.isEmpty() && SlackScopes.OPTIONAL.contains(name)) {
      return "Optional: with it Bothy looks for a message in doubt before it sends it again.";
    }
    if (reasons.isEmpty()) {
      return "Nothing here asks for it: remove it from the app's settings and install the app"
          + " again.";
    }
    return used == null && !young && !SlackScopes.USED_UNSEEN.contains(name)
        ? "Not used for 90 days: switch the feature off if nobody needs it, and remove it."
        : "";
  }
}
