package dev.bothy.platform.calendar;

import dev.bothy.platform.audit.Actor;
import dev.bothy.platform.audit.Audit;
import dev.bothy.platform.audit.Subject;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.springframework.stereotype.Component;

/// The entries of absences in the audit log: ids and actions, never when somebody is away or why.
@Component
class AbsenceLog {
  /// What the log takes as a word; every network's ids are such, and yet none is trusted to be.
  private static final Pattern WORD = Pattern.compile("[A-Za-z0-9._:/+#-]{1,200}");

  private final Audit audit;

  AbsenceLog(Audit audit) {
    this.audit = audit;
  }

  void added(Actor actor, Absence absence) {
    record(actor, "calendar.absence-added", absence);
  }

  void changed(Actor actor, Absence absence) {
    record(actor, "calendar.absence-changed", absence);
  }

  void removed(Actor actor, Absence absence) {
    record(actor, "calendar.absence-removed", absence);
  }

  private void record(Actor actor, String action, Absence absence) {
    Map<String, String> details = new TreeMap<>();
    details.put("connection", absence.connection().toString());
    details.put("source", absence.source().id());
    if (WORD.matcher(absence.account()).matches()) {
      details.put("account", absence.account());
    }
    audit.record(actor, action, Subject.of("calendar.absence", absence.id()), details);
  }
}
