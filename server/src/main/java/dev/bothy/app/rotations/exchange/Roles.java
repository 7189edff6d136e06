package dev.bothy.app.rotations.exchange;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// Where several people are on duty at once, each needs a role of their own: the first layer is the
/// `Primary`, one that overlaps with it the `Secondary`, and so on. Layers that take turns over the
/// day, such as those that follow the sun, share a role.
final class Roles {
  /// Layers are compared over so long, from now: a week of every pattern, and of every other one.
  private static final Duration COMPARED = Duration.ofDays(28);

  private Roles() {}

  static String name(int number) {
    return switch (number) {
      case 0 -> NamedShift.USUAL_ROLE;
      case 1 -> "Secondary";
      default -> "Role " + (number + 1);
    };
  }

  /// The layers with roles, in the order in which they are given.
  static List<ImportedLayer> apart(List<ImportedLayer> layers, Instant now) {
    List<List<ImportedShift>> taken = new ArrayList<>();
    List<ImportedLayer> apart = new ArrayList<>();
    for (ImportedLayer layer : layers) {
      Instant begin = layer.from() == null ? now : layer.from();
      List<ImportedShift> shifts = ImportPreview.layer(layer, begin, begin.plus(COMPARED));
      int role = 0;
      while (role < taken.size() && overlap(taken.get(role), shifts)) {
        role++;
      }
      if (role == taken.size()) {
        taken.add(new ArrayList<>());
      }
      taken.get(role).addAll(shifts);
      apart.add(layer.withRole(name(role)));
    }
    return apart;
  }

  /// The shifts with roles, each in the first one that is free then.
  static List<ImportedShift> shiftsApart(List<ImportedShift> shifts) {
    List<Instant> busyUntil = new ArrayList<>();
    List<ImportedShift> apart = new ArrayList<>();
    for (ImportedShift shift : shifts) {
      int role = 0;
      while (role < busyUntil.size() && busyUntil.get(role).isAfter(shift.start())) {
        role++;
      }
      if (role == busyUntil.size()) {
        busyUntil.add(shift.end());
      } else {
        busyUntil.set(role, shift.end());
      }
      apart.add(new ImportedShift(name(role), shift.person(), shift.start(), shift.end()));
    }
    return apart;
  }

  private static boolean overlap(List<ImportedShift> some, List<ImportedShift> others) {
    for (ImportedShift one : some) {
      for (ImportedShift other : others) {
        if (one.start().isBefore(other.end()) && other.start().isBefore(one.end())) {
          return true;
        }
      }
    }
    return false;
  }
}
