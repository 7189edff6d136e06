package dev.bothy.app.rotations;

import dev.bothy.app.rotations.plan.Participant;
import dev.bothy.platform.chat.Chat;
import dev.bothy.platform.chat.ChatConnection;
import dev.bothy.platform.chat.OutboundMessage;
import dev.bothy.platform.chat.RichText;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What the app's own page shows to each person: the rotations of the connection, with theirs
/// first, and before all an owner's hand-offs that wait. It is made anew whenever the person opens
/// it, and stands still in between.
final class RotationHome {
  private final Rotations rotations;
  private final Chat chat;
  private final RotationPeople people;
  private final UnansweredHandoffs unanswered;

  RotationHome(
      Rotations rotations, Chat chat, RotationPeople people, UnansweredHandoffs unanswered) {
    this.rotations = rotations;
    this.chat = chat;
    this.people = people;
    this.unanswered = unanswered;
  }

  /// Shows the page to whoever has opened it.
  ///
  /// @param shown what it shows so far, as the network told; null when it did not
  void show(ChatConnection connection, String account, @Nullable String shown) {
    RichText waiting = unanswered.forOwner(connection.id(), account);
    show(connection, account, shown, waiting.spans().isEmpty() ? null : waiting);
  }

  /// The page belongs to no channel, so a rotation cannot be made there: it says where.
  void tellWhereToMake(ChatConnection connection, String account) {
    show(connection, account, null, Cards.whereToMake());
  }

  private void show(
      ChatConnection connection,
      String account,
      @Nullable String shown,
      @Nullable RichText answer) {
    Participant person = new Participant(account);
    Map<Boolean, List<Rotation>> byTheirs =
        rotations.all(connection.workspace()).stream()
            .filter(rotation -> rotation.connection().equals(connection.id()))
            .collect(Collectors.partitioningBy(rotation -> rotation.people().contains(person)));
    chat.send(
        connection.id(),
        new OutboundMessage.Home(
            account,
            shown,
            Cards.home(
                byTheirs.getOrDefault(true, List.of()),
                byTheirs.getOrDefault(false, List.of()),
                rotation -> onDuty(rotation, person),
                answer)));
  }

  private String onDuty(Rotation rotation, Participant reader) {
    Function<Participant, String> names = people.names(rotation.connection());
    return DutyWords.line(rotation, each -> each.equals(reader) ? "you" : names.apply(each));
  }
}
