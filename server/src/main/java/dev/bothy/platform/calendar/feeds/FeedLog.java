package dev.bothy.platform.calendar.feeds;

import dev.bothy.platform.audit.Actor;
import dev.bothy.platform.audit.Audit;
import dev.bothy.platform.audit.Subject;
import dev.bothy.platform.calendar.feeds.FeedReading.Changes;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.stereotype.Component;

/// The entries of feeds in the audit log: whose, and how many; never an address.
@Component
class FeedLog {
  private final Audit audit;

  FeedLog(Audit audit) {
    this.audit = audit;
  }

  void added(Actor actor, AbsenceFeed feed) {
    record(actor, "calendar.feed-added", feed, Changes.NONE);
  }

  void takenIn(Actor actor, AbsenceFeed feed, Changes changes) {
    record(actor, "calendar.feed-file-taken-in", feed, changes);
  }

  /// @param actor the system's own readings are told only if they changed something
  void read(Actor actor, AbsenceFeed feed, Changes changes) {
    if (!(actor instanceof Actor.System) || !changes.isNone()) {
      record(actor, "calendar.feed-read", feed, changes);
    }
  }

  void removed(Actor actor, AbsenceFeed feed, int forgotten) {
    record(actor, "calendar.feed-removed", feed, new Changes(0, forgotten));
  }

  private void record(Actor actor, String action, AbsenceFeed feed, Changes changes) {
    Map<String, String> details = new TreeMap<>();
    details.put("connection", feed.connection().toString());
    details.put("kind", feed.isFile() ? "file" : "subscription");
    if (!changes.isNone()) {
      details.put("changed", Integer.toString(changes.told()));
      details.put("forgotten", Integer.toString(changes.forgotten()));
    }
    audit.record(actor, action, Subject.of("calendar.feed", feed.id()), details);
  }
}
