package dev.bothy.platform.work;

import dev.bothy.platform.kernel.WorkspaceId;
import java.util.Set;
import java.util.UUID;

/// Does the work of some kinds of delivery. Each handler is a bean; no two share a kind.
public interface InboxHandler {
  /// The kinds of delivery it handles; stored with each row, so a kind never changes its name.
  Set<String> kinds();

  /// Called outside of any transaction, to fetch over the network what handling needs (and keep it,
  /// e.g. in a directory table). It may be called several times for one item, and what it returns
  /// may never be used.
  Prepared prepare(Item item);

  /// An item that can be handled.
  interface Prepared {
    /// Does the work, in the transaction that also marks the item as done; other items of the
    /// workspace may share it, before and after. An exception rolls all of it back, and the item is
    /// prepared and tried again, alone and with backoff, until it is dead-lettered. It must be
    /// quick: what waits for anything but the database belongs into [InboxHandler#prepare].
    void handle();

    /// Called outside of any transaction once the transaction of [#handle] has committed.
    default void handled() {}
  }

  /// A stored delivery, opened.
  ///
  /// @param id of the inbox row
  /// @param source the connection it came through
  /// @param kind which of the handler's kinds it is of
  record Item(
      UUID id,
      WorkspaceId workspace,
      UUID source,
      String deliveryId,
      String kind,
      int attempt,
      byte[] payload) {
    @Override
    public String toString() {
      return "Item(" + id + ", attempt " + attempt + ")";
    }
  }
}
