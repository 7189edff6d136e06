package dev.bothy.app.rotations;

import dev.bothy.app.rotations.plan.Participant;
import java.time.Instant;
import java.util.UUID;

/// A place in a rotation that waits for somebody who left the workspace.
///
/// @param rotation the rotation's id
/// @param layer the layer's id
/// @param place the number it had in the order
public record Departure(UUID rotation, UUID layer, Participant person, int place, Instant leftAt) {}
