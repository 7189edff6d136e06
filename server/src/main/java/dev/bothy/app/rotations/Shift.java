package dev.bothy.app.rotations;

import dev.bothy.app.rotations.plan.Participant;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Who is, was or is going to be on duty.
///
/// @param id null for a shift to come, which is only foreseen
/// @param person null when nobody is available
/// @param end of a shift that is over when it really ended, of others when it is going to
/// @param missed whether it was over before anybody could be told, because the service was down
public record Shift(
    @Nullable UUID id, @Nullable Participant person, Instant start, Instant end, boolean missed) {}
