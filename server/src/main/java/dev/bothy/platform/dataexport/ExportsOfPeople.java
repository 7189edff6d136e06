package dev.bothy.platform.dataexport;

import dev.bothy.platform.people.PersonJoined;
import dev.bothy.platform.privacy.PersonErased;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/// What becomes of exports when somebody is erased or turns out to be somebody else, in the
/// transaction that does it.
@Component
class ExportsOfPeople {
  private static final String WITHDRAWN = "Somebody in it was erased since. Ask for a new one.";

  private final ExportTable exports;

  ExportsOfPeople(ExportTable exports) {
    this.exports = exports;
  }

  /// Those in which they may be are taken back: the ones of all the workspace, and theirs.
  @EventListener
  void on(PersonErased erased) {
    exports
        .thatMayHave(erased.person())
        .forEach(id -> exports.end(id, DataExport.State.WITHDRAWN, WITHDRAWN));
  }

  @EventListener
  void on(PersonJoined joined) {
    exports.move(joined.from(), joined.into());
  }
}
