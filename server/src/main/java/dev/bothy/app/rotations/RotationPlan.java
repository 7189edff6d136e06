package dev.bothy.app.rotations;

import dev.bothy.app.rotations.plan.HandoffTimes;
import dev.bothy.app.rotations.plan.Layer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A rotation's well-formed settings.
///
/// @param name 1 to 80 characters
/// @param layers by position, at least one
record RotationPlan(String name, List<LayerSettings> layers) {
  RotationPlan {
    layers = List.copyOf(layers);
  }

  /// The layers of a rotation that begins now.
  List<LayerPlan> beginningAt(Instant now) {
    return replacing(List.of(), now);
  }

  /// The layers in place of those that are there, each of the one at its position.
  List<LayerPlan> replacing(List<Layer> before, Instant now) {
    List<LayerPlan> plans = new ArrayList<>();
    for (LayerSettings settings : layers) {
      int position = plans.size();
      @Nullable HandoffTimes times = position < before.size() ? before.get(position).times() : null;
      plans.add(settings.replacing(times, now));
    }
    return plans;
  }
}
