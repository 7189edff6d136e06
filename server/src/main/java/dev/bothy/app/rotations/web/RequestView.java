package dev.bothy.app.rotations.web;

import dev.bothy.app.rotations.Rotation;
import dev.bothy.app.rotations.RotationRequests;
import dev.bothy.app.rotations.ShiftRequest;
import dev.bothy.app.rotations.ShiftRequest.State;
import dev.bothy.app.rotations.plan.Participant;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// A swap or cover request as pages show it, with what the one who looks may do.
///
/// @param rotation the rotation's id
/// @param question what is asked for, in words
/// @param when its time, in the rotation's zone
/// @param asked who asked, and when
/// @param state how it stands, in one word or two
/// @param badge the colour of that: `accent`, `ok`, `warn`, or empty
/// @param outcome how it came to be so, in words; empty while it is open
/// @param perhaps who may be able to, by name; empty for nobody
/// @param cannot who cannot, likewise
record RequestView(
    UUID id,
    UUID rotation,
    String rotationName,
    String question,
    String when,
    String asked,
    String state,
    String badge,
    String outcome,
    String perhaps,
    String cannot,
    boolean mayTake,
    boolean mayName,
    boolean mayWithdraw,
    boolean mayGiveBack) {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("EEE d MMM, HH:mm", Locale.ENGLISH);

  /// @param self as whom the one who looks takes part; null where they do not
  static RequestView of(
      RotationRequests.Known known,
      Rotation rotation,
      Map<Participant, String> names,
      @Nullable Participant self,
      boolean admin) {
    ShiftRequest request = known.request();
    ZoneId zone = rotation.zone();
    String person = name(request.person(), names);
    boolean swap = request.kind() == ShiftRequest.Kind.SWAP;
    boolean open = request.state() == State.OPEN;
    boolean theirs = request.person().equals(self);
    boolean concerns = theirs || request.askedBy().equals(self);
    boolean several = CalendarDesk.roles(rotation).size() > 1;
    String role = request.role();
    return new RequestView(
        request.id(),
        rotation.id(),
        rotation.name(),
        (swap ? "Who takes %s's shift?" : "Who can cover for %s?").formatted(person)
            + (several && role != null ? " (" + role + ")" : ""),
        time(request.span().start(), zone) + " to " + time(request.span().end(), zone),
        "asked by " + name(request.askedBy(), names) + ", " + time(request.askedAt(), zone),
        switch (request.state()) {
          case OPEN -> "open";
          case TAKEN -> "taken";
          case PAST_DUE -> "past due";
          case DELETED -> "closed";
        },
        switch (request.state()) {
          case OPEN -> "accent";
          case TAKEN -> "ok";
          case PAST_DUE -> "warn";
          case DELETED -> "";
        },
        outcome(request, names, zone),
        names(known.perhaps(), names),
        names(known.cannot(), names),
        open && self != null && !theirs && (!swap || rotation.people().contains(self)),
        open && admin,
        open && (concerns || admin),
        request.state() == State.TAKEN
            && (admin || self != null && self.equals(request.takenBy())));
  }

  private static String outcome(ShiftRequest request, Map<Participant, String> names, ZoneId zone) {
    Participant taker = request.takenBy();
    if (taker != null) {
      return name(taker, names) + " serves";
    }
    ShiftRequest.Closing closing = request.closing();
    if (closing == null) {
      return "";
    }
    Participant by = closing.by();
    String how =
        switch (closing.reason()) {
          case NOBODY -> "nobody took it";
          case WITHDRAWN -> "withdrawn" + by(by, names);
          case UNDONE -> "somebody had taken it, and that was undone" + by(by, names);
          case GONE -> name(request.person(), names) + " is not on duty then any more";
          case LEFT -> name(request.person(), names) + " left";
          case UNREACHABLE -> "the connection was removed";
          case PAUSED -> "the rotation was paused";
          case DELETED -> "the rotation was deleted";
        };
    return how + ", " + time(closing.at(), zone);
  }

  private static String by(@Nullable Participant by, Map<Participant, String> names) {
    return by == null ? "" : " by " + name(by, names);
  }

  private static String names(List<Participant> people, Map<Participant, String> names) {
    return people.stream().map(each -> name(each, names)).collect(Collectors.joining(", "));
  }

  private static String name(Participant person, Map<Participant, String> names) {
    return names.getOrDefault(person, person.account());
  }

  static String time(Instant instant, ZoneId zone) {
    return TIME.format(instant.atZone(zone));
  }
}
