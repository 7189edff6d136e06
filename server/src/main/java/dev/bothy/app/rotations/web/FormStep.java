package dev.bothy.app.rotations.web;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A button of the form that does not save: it changes the form itself, or shows what it would come
/// to.
sealed interface FormStep {
  record Preview() implements FormStep {}

  record AddLayer() implements FormStep {}

  record RemoveLayer(int layer) implements FormStep {}

  record AddPerson(int layer) implements FormStep {}

  record AddEmptyPlace(int layer) implements FormStep {}

  record RemovePerson(int layer, int person) implements FormStep {}

  record Earlier(int layer, int person) implements FormStep {}

  /// A word and the numbers of a layer and a person.
  Pattern WRITTEN = Pattern.compile("([a-z-]+)(?: (\\d{1,3}))?(?: (\\d{1,3}))?");

  /// Reads what a button says, such as `remove-person 0 2`; empty when it is none, or means a layer
  /// or a person that the form does not have.
  static Optional<FormStep> read(String typed, RotationForm form) {
    Matcher matcher = WRITTEN.matcher(typed);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    int layer = matcher.group(2) == null ? -1 : Integer.parseInt(matcher.group(2));
    int person = matcher.group(3) == null ? -1 : Integer.parseInt(matcher.group(3));
    List<LayerForm> layers = form.layers();
    boolean ofLayer = layer >= 0 && layer < layers.size();
    boolean ofPerson = ofLayer && person >= 0 && person < layers.get(layer).people().size();
    return switch (matcher.group(1)) {
      case "preview" -> Optional.of(new Preview());
      case "add-layer" -> Optional.of(new AddLayer());
      case "remove-layer" -> when(ofLayer && layers.size() > 1, new RemoveLayer(layer));
      case "add-person" -> when(ofLayer, new AddPerson(layer));
      case "add-empty" -> when(ofLayer, new AddEmptyPlace(layer));
      case "remove-person" -> when(ofPerson, new RemovePerson(layer, person));
      case "earlier" -> when(ofPerson && person > 0, new Earlier(layer, person));
      default -> Optional.empty();
    };
  }

  private static Optional<FormStep> when(boolean possible, FormStep step) {
    return possible ? Optional.of(step) : Optional.empty();
  }
}
