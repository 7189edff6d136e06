/// Rotations as files, in and out: calendars, tables and JSON of shifts, and the plans that other
/// products export. Pure: what is read becomes an [ImportedSchedule] and is given back, and nothing
/// is kept.
@NullMarked
package dev.bothy.app.rotations.exchange;

import org.jspecify.annotations.NullMarked;
