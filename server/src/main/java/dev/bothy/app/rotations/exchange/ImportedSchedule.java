package dev.bothy.app.rotations.exchange;

import java.time.ZoneId;
import java.util.List;

/// A plan as another product exported it, in our words.
///
/// @param layers in the order in which they count
/// @param overrides what stands before all layers of its role; a plan without layers is these alone
public record ImportedSchedule(
    String name, ZoneId zone, List<ImportedLayer> layers, List<ImportedShift> overrides) {
  public ImportedSchedule {
    layers = List.copyOf(layers);
    overrides = List.copyOf(overrides);
  }
}
