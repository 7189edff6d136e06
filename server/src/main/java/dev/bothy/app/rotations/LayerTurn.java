package dev.bothy.app.rotations;

import dev.bothy.app.rotations.plan.Participant;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// How a layer stands by its own turns alone: changes of the plan, and other layers of the same
/// role, lie on top of it.
///
/// @param now who serves; null when nobody does
/// @param off whether it is outside of the layer's hours
/// @param handoff when the next turn begins that is somebody's; null when none is foreseen within a
///   year
/// @param next whose that turn is; null when there is none
public record LayerTurn(
    UUID layer,
    @Nullable Participant now,
    boolean off,
    @Nullable Instant handoff,
    @Nullable Participant next) {}
