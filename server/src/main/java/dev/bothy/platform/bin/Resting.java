package dev.bothy.platform.bin;

import dev.bothy.platform.chat.FeatureGate;
import dev.bothy.platform.work.Rests;
import dev.bothy.platform.workspace.Workspaces;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.springframework.stereotype.Component;

/// What is in the bin as a whole, an app or the workspace, does nothing meanwhile. Called within a
/// transaction of the workspace.
@Component
class Resting implements Rests, FeatureGate {
  /// The modules whose scheduled work goes on while the workspace rests: ending it, destroying
  /// keys, and what concerns the sign-on of people who have other workspaces too.
  private static final Set<String> AWAKE = Set.of("bin", "erasure", "keymanagement", "keycloak");

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("d MMMM yyyy, HH:mm 'UTC'", Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);

  private final BinTable table;
  private final Workspaces workspaces;

  Resting(BinTable table, Workspaces workspaces) {
    this.table = table;
    this.workspaces = workspaces;
  }

  /// A batch of work asks for each of its pieces.
  private List<BinItem> resting() {
    return workspaces.once(this, table::resting);
  }

  @Override
  public Predicate<String> now() {
    List<BinItem> resting = resting();
    return kind -> resting.stream().anyMatch(item -> rests(item, kind));
  }

  private static boolean rests(BinItem item, String kind) {
    return item.kind().equals(Bin.WORKSPACE)
        ? AWAKE.stream().noneMatch(module -> kind.startsWith(module + "."))
        : kind.startsWith(item.subject() + ".");
  }

  @Override
  public Optional<String> refusal(String feature) {
    return resting().stream()
        .filter(item -> item.kind().equals(Bin.WORKSPACE) || item.subject().equals(feature))
        .findFirst()
        .map(Resting::inWords);
  }

  private static String inWords(BinItem item) {
    String what = item.kind().equals(Bin.WORKSPACE) ? "Everything here" : "This app";
    return item.begunAt() == null
        ? what + " was removed. An admin can bring it back until " + inWords(item.goesAt()) + "."
        : what + " was removed, and is being deleted.";
  }

  /// A time as people read it, in UTC.
  static String inWords(Instant time) {
    return TIME.format(time);
  }
}
