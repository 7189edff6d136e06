package dev.bothy.platform.calendar.hibob;

import dev.bothy.platform.audit.Actor;
import dev.bothy.platform.audit.Audit;
import dev.bothy.platform.audit.Subject;
import java.util.Map;
import java.util.UUID;
import org.springframework.stereotype.Component;

/// The entries of HiBob in the audit log: actions and counts; never an address, a token or a name.
@Component
class HiBobLog {
  private final Audit audit;

  HiBobLog(Audit audit) {
    this.audit = audit;
  }

  void connected(Actor actor, UUID id) {
    record(actor, "calendar.hibob-connected", id, Map.of());
  }

  void disconnected(Actor actor, UUID id, int forgotten) {
    record(
        actor, "calendar.hibob-disconnected", id, Map.of("forgotten", Integer.toString(forgotten)));
  }

  void matched(Actor actor, UUID id, HiBobMatch match) {
    record(
        actor, "calendar.hibob-matched", id, Map.of("connection", match.connection().toString()));
  }

  void unmatched(Actor actor, UUID id) {
    record(actor, "calendar.hibob-unmatched", id, Map.of());
  }

  /// @param actor the system's own readings are told only if they changed something
  void read(Actor actor, UUID id, HiBobReading.Result result) {
    if (!(actor instanceof Actor.System) || !result.isNone()) {
      record(
          actor,
          "calendar.hibob-read",
          id,
          Map.of(
              "changed", Integer.toString(result.told()),
              "forgotten", Integer.toString(result.forgotten())));
    }
  }

  private void record(Actor actor, String action, UUID id, Map<String, String> details) {
    audit.record(actor, action, Subject.of("calendar.hibob", id), details);
  }
}
