package dev.bothy.app.rotations.web;

import dev.bothy.app.rotations.LayerInput;

/// A row of people in the form.
///
/// @param account what was typed: a name or an account
/// @param empty whether the row is a place that is kept empty
record PersonForm(String account, String joinsOn, String leavesOn, boolean empty) {
  /// A row in which nothing was typed yet.
  static final PersonForm BLANK = new PersonForm("", "", "", false);

  /// A place that is kept empty.
  static final PersonForm EMPTY_PLACE = new PersonForm("", "", "", true);

  static PersonForm of(LayerInput.Seat seat) {
    return new PersonForm(
        seat.account(), seat.joinsOn(), seat.leavesOn(), seat.account().isEmpty());
  }

  /// A row that nothing was typed into says nothing.
  boolean blank() {
    return !empty && account.isBlank() && !dated();
  }

  /// Whether it has days, which are hidden else.
  public boolean dated() {
    return !joinsOn.isBlank() || !leavesOn.isBlank();
  }

  LayerInput.Seat toInput() {
    return new LayerInput.Seat(empty ? "" : account.strip(), joinsOn, leavesOn);
  }
}
