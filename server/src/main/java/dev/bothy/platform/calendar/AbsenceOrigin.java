package dev.bothy.platform.calendar;

import java.util.UUID;

/// Who tells of absences by itself.
///
/// @param source one that is not by hand
/// @param feed the subscription's or the HR connection's id
public record AbsenceOrigin(AbsenceSource source, UUID feed) {
  public AbsenceOrigin {
    if (source.byHand()) {
      throw new IllegalArgumentException("People tell of absences by Absences.add: " + source);
    }
  }
}
