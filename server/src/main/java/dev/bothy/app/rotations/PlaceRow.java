package dev.bothy.app.rotations;

import dev.bothy.app.rotations.plan.Participant;
import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;

/// A row of the table of participants.
@Embeddable
record PlaceRow(
    @Column(name = "place", nullable = false) int place,
    @Column(name = "account", nullable = false) String account) {
  static PlaceRow of(Roster.Place place) {
    return new PlaceRow(place.number(), place.person().account());
  }

  Roster.Place toPlace() {
    return new Roster.Place(place, new Participant(account));
  }
}
