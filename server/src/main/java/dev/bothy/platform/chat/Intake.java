package dev.bothy.platform.chat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Where connectors hand in what their network delivered, after having checked that it is genuine.
public interface Intake {
  /// Stores the event for each feature that wants it. When this returns [Result.Accepted] it is on
  /// disk for all of them. Must be called outside of a transaction.
  ///
  /// @param deliveryId the same for each repetition of the delivery; 1 to 160 characters
  Result accept(ChatConnection connection, String deliveryId, InboundEvent event);

  /// As [#accept], and waits for what the feature answers, for networks that show it at once; of
  /// several features, what the first to be done answers.
  ///
  /// @param patience how long at most; after it the event is still handled, and the result is
  ///   [Result.Accepted]
  Result acceptAndWait(
      ChatConnection connection, String deliveryId, InboundEvent event, Duration patience);

  /// Tells the directory what the network said of an account without being asked, such as that it
  /// was deactivated. Called within a transaction of the workspace.
  void accountChanged(ChatConnection connection, Account account);

  /// As [#accountChanged], as an event that a network delivers: within the bounds of what a
  /// connection may bring, and only if a feature looks accounts up. It is not stored as an event,
  /// since doing it twice is the same as once. Must be called outside of a transaction.
  ///
  /// @return [Result.Accepted] when the directory has it, or has something newer
  Result acceptAccount(ChatConnection connection, Account account);

  /// Tells the directory what the network answered when it was asked about an account. Called
  /// within a transaction of the workspace.
  ///
  /// @param answer empty when the network knows no such account
  void accountAnswered(ChatConnection connection, String account, Optional<Account> answer);

  /// The active accounts about which the network has said nothing since, by their ids. Called
  /// within a transaction of the workspace.
  ///
  /// @param most at most so many
  List<String> accountsUnheardOf(ChatConnection connection, Instant since, int most);

  /// What became of an event.
  sealed interface Result {
    /// On disk; it will be handled. A repetition of what is stored already counts as accepted.
    record Accepted() implements Result {}

    /// Handled already, with this answer.
    record Answered(ChatFeature.Answer answer) implements Result {}

    /// No feature wants it; nothing was stored.
    record Ignored() implements Result {}

    /// Not stored; the network should come again.
    ///
    /// @param tooFast true when its connection or workspace brings more than it may (HTTP: 429);
    ///   false when too much waits to be stored (HTTP: 503)
    record Full(Duration retryAfter, boolean tooFast) implements Result {}
  }
}
