package dev.bothy.app.rotations;

import dev.bothy.app.rotations.plan.Participant;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Who has a role of a rotation now, and who is next.
///
/// @param person null when nobody has it
/// @param meant whether somebody should have it now: false outside of its hours
/// @param until when that ends, or outside of its hours when they begin; null while the rotation is
///   paused or deleted, or when nothing is foreseen within a year
/// @param next who has it after that; null when nobody can, or nothing is foreseen
/// @param shift the current shift; null when there is none
public record RoleDuty(
    String role,
    @Nullable Participant person,
    boolean meant,
    @Nullable Instant until,
    @Nullable Participant next,
    @Nullable UUID shift) {}
