package dev.bothy.platform.calendar;

import dev.bothy.platform.kernel.ConnectionId;

/// An absence that somebody enters.
///
/// @param source one of those by hand: [AbsenceSource#byHand]
public record NewAbsence(
    ConnectionId connection, String account, AbsenceTimes times, AbsenceSource source) {
  public NewAbsence {
    if (!source.byHand()) {
      throw new IllegalArgumentException("What a feed tells is told by Absences.tell: " + source);
    }
  }
}
