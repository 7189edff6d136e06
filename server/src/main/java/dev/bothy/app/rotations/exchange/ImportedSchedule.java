package dev.bothy.app.rotations.exchange;

import java.time.Instant;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// A plan as another product exported it, in our words.
///
/// @param layers in the order in which they count
/// @param overrides single shifts that are not over, which stand before all layers of their role;
///   of those that overlap, the first. A plan without layers is these alone
public record ImportedSchedule(
    String name, ZoneId zone, List<ImportedLayer> layers, List<ImportedShift> overrides) {
  public ImportedSchedule {
    layers = List.copyOf(layers);
    overrides = List.copyOf(overrides);
  }

  /// The same with these single shifts.
  public ImportedSchedule withOverrides(List<ImportedShift> others) {
    return new ImportedSchedule(name, zone, layers, others);
  }

  /// When the last single shift ends; empty if there is none.
  public Optional<Instant> lastEnd() {
    return overrides.stream().map(ImportedShift::end).max(Comparator.naturalOrder());
  }
}
