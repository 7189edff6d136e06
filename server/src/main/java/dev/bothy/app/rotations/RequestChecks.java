package dev.bothy.app.rotations;

import dev.bothy.app.rotations.ShiftRequest.Kind;
import dev.bothy.app.rotations.ShiftRequest.State;
import dev.bothy.app.rotations.plan.Participant;
import dev.bothy.platform.kernel.Problem;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/// What keeps people from asking for something and from taking it. Called within a transaction of
/// the workspace.
@Component
class RequestChecks {
  private static final int MOST_OPEN = 50;
  private static final int MOST_NAMED = 5;

  private final ShiftRequestTable table;
  private final TheirShifts theirs;
  private final RotationPeople people;

  RequestChecks(ShiftRequestTable table, TheirShifts theirs, RotationPeople people) {
    this.table = table;
    this.theirs = theirs;
    this.people = people;
  }

  /// @param forAnybody whether they may ask for people of a rotation that they are not in
  Optional<Problem> mayNotAsk(
      RotationEntity rotation, ShiftRequests.Asked asked, boolean forAnybody, Instant now) {
    if (!forAnybody
        && !asked.askedBy().equals(asked.person())
        && !rotation.people().contains(asked.askedBy())) {
      return Optional.of(
          wrong(
              "person",
              "For",
              "somebody else's shift",
              "your own; whoever is in the rotation may ask for another"));
    }
    if (!asked.span().end().isAfter(now)) {
      return Optional.of(wrong("until", "Until", "it is over already", "a time to come"));
    }
    List<ShiftRequest> open =
        table.living(rotation.id(), now).stream()
            .filter(each -> each.state() == State.OPEN)
            .toList();
    if (open.size() >= MOST_OPEN) {
      return Optional.of(
          wrong("request", "Requests", MOST_OPEN + " are open", "fewer: withdraw one first"));
    }
    return open.stream()
            .anyMatch(each ->
                each.person().equals(asked.person())
                    && each.kind() == asked.kind()
                    && each.span().and(asked.span()).isPresent())
        ? Optional.of(
            wrong("from", "From", "the channel is asked for that already", "another time"))
        : Optional.empty();
  }

  Optional<Problem> mayNotTake(RotationEntity rotation, ShiftRequest request, Participant by) {
    if (by.equals(request.person())) {
      return Optional.of(wrong("in", "Who serves", "it is your own shift", "somebody else"));
    }
    return request.kind() == Kind.SWAP && !rotation.people().contains(by)
        ? Optional.of(
            wrong(
                "in",
                "Who serves",
                people.names(rotation.connection()).apply(by) + " is not in the rotation",
                "its people"))
        : Optional.empty();
  }

  Problem notOnDuty(RotationEntity rotation, Participant person, Instant now) {
    String allowed =
        theirs.toCome(rotation, person, now, MOST_NAMED).stream()
            .map(shift -> Cards.time(shift.span(), RequestMessages.zone(rotation)))
            .collect(Collectors.joining("; "));
    String name = people.names(rotation.connection()).apply(person);
    return wrong(
        "from",
        "From",
        name + " is not on duty then",
        allowed.isEmpty() ? "no shift of theirs is to come" : allowed);
  }

  static Problem hasBegun() {
    return wrong(
        "from", "From", "that shift has begun", "a shift to come; cover asks for the rest");
  }

  static Problem isPaused() {
    return wrong("rotation", "Rotation", "it is paused", "to take shifts once it is resumed");
  }

  Problem notTheirs(RotationEntity rotation, Participant whose) {
    return wrong(
        "request",
        "Request",
        "it is not yours",
        people.names(rotation.connection()).apply(whose) + ", who can");
  }

  private static Problem wrong(String field, String label, String found, String allowed) {
    return RotationInput.wrong(field, label, found, allowed);
  }
}
