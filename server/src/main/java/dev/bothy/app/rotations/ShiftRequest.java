package dev.bothy.app.rotations;

import dev.bothy.app.rotations.plan.Participant;
import dev.bothy.app.rotations.plan.Span;
import dev.bothy.app.rotations.plan.Why;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A request to the others of a rotation: that somebody takes a shift, or who can cover a time.
///
/// @param rotation the rotation's id
/// @param role null for every role
/// @param person whose shift it is about
/// @param askedBy who asked, who may have done so for the person
/// @param closesAt until when somebody may take it: its beginning, or, where it had begun when it
///   was asked, its end
/// @param takenBy null unless it is taken
/// @param change the change of the plan that it became; null unless it is taken
/// @param closing how it came to its end; null unless it is past due or deleted
/// @param message the message in the channel, by our id
/// @param reminder the last reminder there; null when there was none
public record ShiftRequest(
    UUID id,
    UUID rotation,
    Kind kind,
    @Nullable String role,
    Participant person,
    Participant askedBy,
    Span span,
    Instant askedAt,
    Instant closesAt,
    State state,
    @Nullable Participant takenBy,
    @Nullable UUID change,
    @Nullable Closing closing,
    UUID message,
    @Nullable UUID reminder) {
  /// How long before the beginning of a swap the channel is reminded.
  private static final List<Duration> SWAP_REMINDERS =
      List.of(
          Duration.ofDays(28),
          Duration.ofDays(21),
          Duration.ofDays(14),
          Duration.ofDays(7),
          Duration.ofDays(3),
          Duration.ofDays(2),
          Duration.ofDays(1),
          Duration.ofHours(12));

  /// How long after the question nobody may have answered it, and how long before the time begins
  /// nobody may have taken it, until the channel is reminded of a cover.
  private static final Duration UNANSWERED = Duration.ofHours(4);

  private static final Duration UNCOVERED = Duration.ofHours(1);

  /// How a request came to its end.
  ///
  /// @param by null when Bothy closed it, or somebody who has no account at the connection
  public record Closing(Instant at, Reason reason, @Nullable Participant by) {}

  /// Why a request is closed.
  public enum Reason {
    /// Its time came, and nobody had taken it.
    NOBODY,
    /// Whoever asked took it back.
    WITHDRAWN,
    /// Somebody had taken it, and the change of the plan was undone.
    UNDONE,
    /// The plan changed, and the person is not on duty then any more.
    GONE,
    /// The person left.
    LEFT,
    /// The connection to the network was removed.
    UNREACHABLE,
    /// The rotation was paused: nobody is on duty.
    PAUSED,
    /// The rotation was deleted.
    DELETED;

    /// Its name in the database: `withdrawn`.
    public String id() {
      return name().toLowerCase(Locale.ROOT);
    }

    /// The state of what is closed by it.
    State state() {
      return switch (this) {
        case NOBODY, GONE -> State.PAST_DUE;
        case WITHDRAWN, UNDONE, LEFT, UNREACHABLE, PAUSED, DELETED -> State.DELETED;
      };
    }
  }

  /// What is asked for.
  public enum Kind {
    /// That one of the rotation's people takes the shift.
    SWAP(Why.SWAP),
    /// Who can cover a time.
    COVER(Why.COVER);

    private final Why why;

    Kind(Why why) {
      this.why = why;
    }

    /// Of the change that it becomes.
    Why why() {
      return why;
    }

    /// Its name in the database: `swap`.
    public String id() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /// How it stands.
  public enum State {
    /// Somebody may take it.
    OPEN,
    /// Somebody took it. Given back while it is to come, it is open again.
    TAKEN,
    /// There is nothing to take any more: its time came, or the shift is not there any more. Never
    /// open again.
    PAST_DUE,
    /// It was taken back, or what it became was. Never open again.
    DELETED;

    /// Its name in the database: `past-due`.
    public String id() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  /// The same with its message in the channel.
  ShiftRequest askedIn(UUID posted) {
    return new ShiftRequest(
        id, rotation, kind, role, person, askedBy, span, askedAt, closesAt, state, takenBy, change,
        closing, posted, reminder);
  }

  /// When something is to be done about it next while it is open: a reminder, or its closing.
  ///
  /// @param after not at this instant, but later
  /// @return empty when it is due to be closed already
  Optional<Instant> nextDue(Instant after) {
    return Stream.concat(reminders(), Stream.of(closesAt))
        .filter(at -> at.isAfter(after) && !at.isAfter(closesAt))
        .min(Instant::compareTo);
  }

  /// Whether a reminder that is due by an instant is worth sending.
  ///
  /// @param answers how many have answered without taking it
  boolean reminds(Instant now, int answers) {
    return switch (kind) {
      case SWAP -> reminders().anyMatch(at -> !at.isAfter(now));
      case COVER -> answers == 0 || beforeBegin().isAfter(askedAt) && !now.isBefore(beforeBegin());
    };
  }

  private Stream<Instant> reminders() {
    return (switch (kind) {
          case SWAP -> SWAP_REMINDERS.stream().map(before -> span.start().minus(before));
          case COVER -> Stream.of(askedAt.plus(UNANSWERED), beforeBegin());
        })
        .filter(at -> at.isAfter(askedAt) && at.isBefore(closesAt));
  }

  private Instant beforeBegin() {
    return span.start().minus(UNCOVERED);
  }
}
