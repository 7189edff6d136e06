/// Absences out of HiBob ("Bob"), an HR system, by its public API. Written against
/// apidocs.hibob.com as of June 2026.
@NullMarked
package dev.bothy.platform.calendar.hibob;

import org.jspecify.annotations.NullMarked;
