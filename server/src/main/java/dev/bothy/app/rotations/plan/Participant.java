package dev.bothy.app.rotations.plan;

/// Somebody who takes turns.
///
/// @param account their account at the network of the rotation's connection, 1 to 200 characters
public record Participant(String account) {}
