package dev.bothy.platform.dataexport;

import dev.bothy.platform.privacy.AppErased;
import dev.bothy.platform.privacy.PersonErased;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/// Takes exports back in which an erased person, or what an app held, may be: in the transaction
/// that erases them.
@Component
class ErasedData {
  private final Exports exports;

  ErasedData(Exports exports) {
    this.exports = exports;
  }

  @EventListener
  void on(PersonErased erased) {
    exports.withdrawThoseWith(erased.person());
  }

  @EventListener
  void on(AppErased erased) {
    exports.withdrawAll();
  }
}
