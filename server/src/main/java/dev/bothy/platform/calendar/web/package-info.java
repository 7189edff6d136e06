/// Absences and holidays in the console and for programs.
@NullMarked
package dev.bothy.platform.calendar.web;

import org.jspecify.annotations.NullMarked;
