/// Absences out of calendars elsewhere: subscriptions that are read again and again, and files that
/// were taken in once.
@NullMarked
package dev.bothy.platform.calendar.feeds;

import org.jspecify.annotations.NullMarked;
