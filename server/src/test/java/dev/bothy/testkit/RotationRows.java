package dev.bothy.testkit;

/// Statements that make rows of rotations where a test has no use for how they come to be.
public final class RotationRows {
  private RotationRows() {}

  /// Makes a paused rotation with one layer and nobody in it; with `?` for the workspace, the
  /// rotation (also the layer's id), its name and its connection.
  public static final String ROTATION =
      "with r as (insert into bothy.rotation (workspace_id, id, version, name, connection_id,"
          + " conversation, paused, waiting, settled_at, created_at)"
          + " values (?, ?, 0, ?, ?, 'C1', true, false, now(), now()) returning workspace_id, id)"
          + " insert into bothy.rotation_layer (workspace_id, rotation_id, layer_id, position, role,"
          + " cadence, weekdays, every, unit, first_day, handoff_time, zone, active_days, hours,"
          + " turn_order, absence_mode, turn_started_at, turn_place)"
          + " select workspace_id, id, id, 0, 'Primary', 'daily', 0, 0, '', '2026-01-01', '09:00',"
          + " 'UTC', 127, '', 'queue', 'skip', now(), 0 from r";

  /// The columns of a shift that is over, but for when it was and whose.
  public static final String SHIFT_COLUMNS = "role, turn_at, why, missed, version";

  /// The same with these values.
  ///
  /// @param at an expression of SQL
  public static String shiftValues(String at) {
    return "'Primary', " + at + ", 'turn', false, 0";
  }
}
