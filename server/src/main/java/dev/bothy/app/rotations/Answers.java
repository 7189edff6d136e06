package dev.bothy.app.rotations;

import dev.bothy.platform.chat.Capability;
import dev.bothy.platform.chat.Chat;
import dev.bothy.platform.chat.ChatFeature.Answer;
import dev.bothy.platform.chat.Content;
import dev.bothy.platform.chat.Form;
import dev.bothy.platform.chat.OutboundMessage;
import dev.bothy.platform.kernel.Problem;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import org.springframework.stereotype.Component;

/// Answers whoever asked something in chat. Called within a transaction of the workspace.
@Component
class Answers {
  private final Chat chat;
  private final Rotations rotations;

  Answers(Chat chat, Rotations rotations) {
    this.chat = chat;
    this.rotations = rotations;
  }

  /// Shows something to the asker alone, in the best way that the network has.
  void tell(Asker asker, Content content) {
    Set<Capability> can = chat.capabilities(asker.connection().id());
    OutboundMessage message;
    // Outside of conversations there is nothing to show it in but a message to the person.
    boolean nowhere = asker.conversation().isEmpty();
    if (can.contains(Capability.EPHEMERAL) && !nowhere) {
      message =
          new OutboundMessage.Ephemeral(
              asker.conversation(), asker.account(), asker.reply(), content);
    } else if (can.contains(Capability.DIRECT)) {
      message = new OutboundMessage.Direct(asker.account(), content);
    } else {
      message = new OutboundMessage.Post(asker.conversation(), null, content);
    }
    chat.send(asker.connection().id(), message);
  }

  void tell(Asker asker, List<Problem> problems) {
    tell(asker, Cards.problems(problems));
  }

  void tell(Asker asker, Problem problem) {
    tell(asker, List.of(problem));
  }

  /// Opens a form, or says what to type where the network has none.
  void open(Asker asker, Form form, String orType) {
    if (chat.capabilities(asker.connection().id()).contains(Capability.FORM)) {
      chat.send(
          asker.connection().id(),
          new OutboundMessage.OpenForm(asker.conversation(), asker.account(), asker.reply(), form));
    } else {
      tell(asker, Content.of(orType));
    }
  }

  /// Does something with the rotation of a name, or says which there are.
  void withNamed(Asker asker, String name, Consumer<Rotation> then) {
    Optional<Rotation> found = rotations.byName(asker.connection().workspace(), name);
    if (found.isPresent()) {
      then.accept(found.get());
      return;
    }
    String allowed =
        rotations.all(asker.connection().workspace()).stream()
            .map(Rotation::name)
            .limit(20)
            .reduce((left, right) -> left + ", " + right)
            .orElse("there is no rotation yet");
    tell(
        asker, RotationInput.wrong(RotationInput.NAME, "Name", RotationInput.typed(name), allowed));
  }

  /// Does something with the rotation of an id, or says that it is gone.
  void withId(Asker asker, String id, Consumer<Rotation> then) {
    uuid(id)
        .flatMap(known -> rotations.find(asker.connection().workspace(), known))
        .ifPresentOrElse(then, () -> tell(asker, gone()));
  }

  /// The answer to a form that is shown again with what is wrong.
  ///
  /// @param fields the form's fields; a problem of another is shown at the first
  static Answer again(List<Problem> problems, List<String> fields) {
    Map<String, String> byField = new LinkedHashMap<>();
    for (Problem problem : problems) {
      String field = problem.field();
      byField.merge(
          field == null || !fields.contains(field) ? fields.getFirst() : field,
          problem.message(),
          (one, other) -> one + "\n" + other);
    }
    return new Answer.FieldErrors(byField);
  }

  static Content gone() {
    return Content.of("There is no such rotation any more.");
  }

  static Optional<UUID> uuid(String text) {
    try {
      return Optional.of(UUID.fromString(text));
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }
}
