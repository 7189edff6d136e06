package dev.bothy.app.rotations;

import dev.bothy.app.rotations.plan.Participant;
import dev.bothy.app.rotations.plan.Roster;
import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import java.time.LocalDate;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A row of the table of participants.
///
/// @param account null for a place that is kept empty
/// @param owed who was skipped serves next, the lowest number first; 0 for nobody owed
/// @param servedSeconds how long they have served, where the order is balanced
@Embeddable
record PlaceRow(
    @Column(name = "layer_id", nullable = false) UUID layer,
    @Column(name = "place", nullable = false) int place,
    @Column(name = "account") @Nullable String account,
    @Column(name = "joins_on") @Nullable LocalDate joinsOn,
    @Column(name = "leaves_on") @Nullable LocalDate leavesOn,
    @Column(name = "owed", nullable = false) int owed,
    @Column(name = "served_seconds", nullable = false) long servedSeconds) {
  static PlaceRow of(UUID layer, Roster.Place place) {
    Participant person = place.person();
    return new PlaceRow(
        layer,
        place.number(),
        person == null ? null : person.account(),
        place.joinsOn(),
        place.leavesOn(),
        0,
        0);
  }

  /// The same place with what the order knows of its person.
  PlaceRow with(int owedNow, long served) {
    return new PlaceRow(layer, place, account, joinsOn, leavesOn, owedNow, served);
  }

  @Nullable Participant person() {
    return account == null ? null : new Participant(account);
  }

  Roster.Place toPlace() {
    return new Roster.Place(place, person(), joinsOn, leavesOn);
  }
}
