package dev.bothy.platform.dataexport;

import dev.bothy.platform.privacy.PersonErased;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/// Takes exports back in which an erased person may be, in the transaction that erases them.
@Component
class ErasedPeople {
  private final Exports exports;

  ErasedPeople(Exports exports) {
    this.exports = exports;
  }

  @EventListener
  void on(PersonErased erased) {
    exports.withdrawThoseWith(erased.person());
  }
}
