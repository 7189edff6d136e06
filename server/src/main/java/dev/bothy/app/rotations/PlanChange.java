package dev.bothy.app.rotations;

import dev.bothy.app.rotations.plan.Change;
import java.time.Instant;
import java.util.UUID;

/// A change of a rotation's plan, as it stands.
///
/// @param rotation the rotation's id
public record PlanChange(UUID rotation, Change change, Instant madeAt) {}
