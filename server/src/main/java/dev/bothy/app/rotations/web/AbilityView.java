package dev.bothy.app.rotations.web;

import dev.bothy.platform.chat.Abilities;
import dev.bothy.platform.chat.Capability;

/// What a rotation could do through its connection, and whether it can.
///
/// @param granted whether it is of use now
/// @param switchedOn whether an admin wants it; if it is not granted all the same, the app is to be
///   installed again
record AbilityView(Capability capability, boolean granted, boolean switchedOn) {
  public String title() {
    return Abilities.title(capability);
  }

  /// What to do about it; empty where there is nothing to do.
  public String remedy() {
    if (granted) {
      return "";
    }
    return switchedOn
        ? "It is switched on, and the network has not granted it: install the app again."
        : "It is off on this connection.";
  }
}
