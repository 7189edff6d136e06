package dev.bothy.app.rotations.web;

import dev.bothy.app.rotations.LayerInput;
import dev.bothy.app.rotations.Rotation;
import dev.bothy.app.rotations.RotationInput;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.springframework.util.MultiValueMap;

/// The form as it was filled in: all text, kept as it is when something is wrong. The fields of a
/// layer are named `layers[0].time` and so on, those of a person `layers[0].people[0].account`.
///
/// @param connection the id of the connection it is going to live in
/// @param conversation the network's own id of the conversation
/// @param layers at least one
record RotationForm(String name, String connection, String conversation, List<LayerForm> layers) {
  static final String CONNECTION = "connection";
  static final String CONVERSATION = "conversation";
  private static final String SECONDARY = "Secondary";

  RotationForm {
    layers = List.copyOf(layers);
  }

  /// What stands before the names of a layer's fields.
  static String prefix(int layer) {
    return "layers[" + layer + "].";
  }

  static RotationForm empty(String connection, String conversation) {
    return new RotationForm(
        "", connection, conversation, List.of(LayerForm.empty("Primary", "09:00", "UTC")));
  }

  static RotationForm of(MultiValueMap<String, String> values) {
    List<LayerForm> layers = new ArrayList<>();
    // One more than allowed is kept, so that it is refused and not dropped.
    for (int at = 0; at <= RotationInput.MOST_LAYERS; at++) {
      if (!values.containsKey(prefix(at) + RotationInput.CADENCE)) {
        break;
      }
      layers.add(LayerForm.of(values, prefix(at)));
    }
    if (layers.isEmpty()) {
      layers.add(LayerForm.of(values, prefix(0)));
    }
    return new RotationForm(
        first(values, RotationInput.NAME),
        first(values, CONNECTION),
        first(values, CONVERSATION),
        layers);
  }

  /// The form as it would have been filled in for this rotation.
  ///
  /// @param shown what is shown instead of an account, by account
  static RotationForm of(Rotation rotation, Map<String, String> shown) {
    return new RotationForm(
        rotation.name(),
        rotation.connection().toString(),
        rotation.conversation(),
        RotationInput.of(rotation).layers().stream()
            .map(layer -> LayerForm.of(layer, shown))
            .toList());
  }

  /// With people as they were typed.
  RotationInput toInput() {
    List<LayerInput> inputs = layers.stream().map(LayerForm::toInput).toList();
    return new RotationInput(name, inputs);
  }

  /// With one more layer, at the times of the last one.
  RotationForm addingLayer() {
    LayerForm last = layers.getLast();
    boolean second = layers.stream().noneMatch(layer -> layer.role().equals(SECONDARY));
    LayerForm added =
        LayerForm.empty(second ? SECONDARY : last.role(), last.time(), last.timeZone());
    return withLayers(changed -> changed.add(added));
  }

  RotationForm withoutLayer(int layer) {
    return withLayers(changed -> changed.remove(layer));
  }

  RotationForm changing(int layer, UnaryOperator<LayerForm> change) {
    return withLayers(changed -> changed.set(layer, change.apply(changed.get(layer))));
  }

  private RotationForm withLayers(Consumer<List<LayerForm>> change) {
    List<LayerForm> changed = new ArrayList<>(layers);
    change.accept(changed);
    return new RotationForm(name, connection, conversation, changed);
  }

  private static String first(MultiValueMap<String, String> values, String field) {
    List<String> all = values.getOrDefault(field, List.of());
    return all.isEmpty() ? "" : all.getFirst();
  }
}
