package dev.bothy.app.rotations;

import dev.bothy.app.rotations.plan.AbsenceMode;
import dev.bothy.app.rotations.plan.Activity;
import dev.bothy.app.rotations.plan.HandoffTimes;
import dev.bothy.app.rotations.plan.Order;
import dev.bothy.app.rotations.plan.Roster;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A layer's settings and people, well-formed, before it has a place in a rotation.
///
/// @param holidays a holiday calendar of the workspace; null for none
record LayerPlan(
    String role,
    HandoffTimes times,
    Activity activity,
    @Nullable UUID holidays,
    Order order,
    AbsenceMode absences,
    Roster roster) {}
