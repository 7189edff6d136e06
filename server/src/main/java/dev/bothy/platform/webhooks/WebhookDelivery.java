package dev.bothy.platform.webhooks;

import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// An event on its way to an endpoint, as the log has it.
///
/// @param event the header `webhook-id`: the same at every endpoint, attempt and replay
/// @param attempts how often it was sent, replays included
/// @param status of the last answer, e.g. 204; null if there was none
/// @param problem what was wrong last, in words; null if nothing was
/// @param took from the last attempt's begin to its answer; null before the first
/// @param settledAt when it was delivered or given up; null while it is neither
/// @param replayable whether its body is still here
public record WebhookDelivery(
    UUID id,
    UUID endpoint,
    UUID event,
    String type,
    State state,
    int attempts,
    @Nullable Integer status,
    @Nullable String problem,
    @Nullable Duration took,
    Instant createdAt,
    @Nullable Instant settledAt,
    boolean replayable) {
  /// How far it has come. Stored by name.
  public enum State {
    /// It is tried, or waits for its turn.
    WAITING("waiting"),
    /// The endpoint took it.
    DELIVERED("delivered"),
    /// It was given up.
    FAILED("failed");

    private final String label;

    State(String label) {
      this.label = label;
    }

    /// For people and programs.
    public String label() {
      return label;
    }

    /// The state of this label; null for any other word.
    public static @Nullable State of(String label) {
      for (State state : values()) {
        if (state.label.equals(label)) {
          return state;
        }
      }
      return null;
    }
  }

  /// A place in the log, newest first: what is older comes after it.
  public record Place(Instant createdAt, UUID id) {}
}
