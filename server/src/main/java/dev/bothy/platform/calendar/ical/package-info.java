/// Reads iCalendar files (RFC 5545) of anybody's making: absences that people subscribe to,
/// rotations that they bring along. Pure: no Spring, no database, no network.
@NullMarked
@NamedInterface("ical")
package dev.bothy.platform.calendar.ical;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
