package dev.bothy.app.rotations.exchange;

/// Something of a file that could not be carried over, for the person who imports it.
///
/// @param where the schedule and the layer, such as `"Support", layer "Nights"`; or the line
/// @param what a sentence that says what is missing here
/// @param why a sentence that says why, and what to do where something can be done
public record NotCarried(String where, String what, String why) {}
