package dev.bothy.platform.erasure.web;

import dev.bothy.platform.privacy.Held;
import dev.bothy.platform.privacy.OnErasure;
import java.util.List;
import org.springframework.stereotype.Component;

/// What is said before somebody is erased.
@Component
class ErasurePlanWords {
  private final Held held;

  ErasurePlanWords(Held held) {
    this.held = held;
  }

  /// What stays of a person.
  ///
  /// @param table its name
  /// @param reason why, in words
  /// @param until when it ends, in words
  public record Stays(String table, String reason, String until) {}

  List<Stays> stays() {
    return held.tables()
        .filter(table -> !table.installation())
        .filter(table -> table.onErasure() instanceof OnErasure.Kept)
        .map(table -> {
          OnErasure.Kept kept = (OnErasure.Kept) table.onErasure();
          return new Stays(table.table(), kept.reason(), kept.until());
        })
        .toList();
  }
}
