package dev.bothy.platform.dataexport;

import dev.bothy.platform.dataexport.DataExport.State;
import dev.bothy.platform.people.PersonJoined;
import dev.bothy.platform.privacy.AppErased;
import dev.bothy.platform.privacy.PersonErased;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/// What becomes of exports when somebody or an app is erased, or somebody turns out to be another,
/// in the transaction that does it.
@Component
class ExportsOfPeople {
  private static final String WITHDRAWN = "Somebody in it was erased since. Ask for a new one.";

  private static final String APP_WITHDRAWN = "An app in it was erased since. Ask for a new one.";

  private final ExportTable exports;

  ExportsOfPeople(ExportTable exports) {
    this.exports = exports;
  }

  /// Those in which they may be are taken back: the ones of all the workspace, and theirs.
  @EventListener
  void on(PersonErased erased) {
    exports.thatMayHave(erased.person()).forEach(id -> exports.end(id, State.WITHDRAWN, WITHDRAWN));
  }

  /// Those that have its rows are taken back; whose person has none in it cannot be told.
  @EventListener
  void on(AppErased erased) {
    exports.unfinishedOrReady().forEach(id -> exports.end(id, State.WITHDRAWN, APP_WITHDRAWN));
  }

  @EventListener
  void on(PersonJoined joined) {
    exports.move(joined.from(), joined.into());
  }
}
