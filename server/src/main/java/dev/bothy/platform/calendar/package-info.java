/// When people are away, and which days are free: absences of accounts, told by people or by a feed
/// or an HR system, and calendars of holidays. The apps ask, and hear of changes by
/// [AbsenceWatcher] and [HolidayWatcher].
@NullMarked
@ApplicationModule(
    id = "calendar",
    allowedDependencies = {
      "privacy",
      "bin",
      "kernel",
      "workspace",
      "people",
      "chat",
      "chatlinks",
      "mail",
      "keys",
      "work",
      "egress",
      "audit",
      "operation",
      "console",
      "api"
    })
package dev.bothy.platform.calendar;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
