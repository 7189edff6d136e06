package dev.bothy.platform.erasure;

import dev.bothy.platform.privacy.Held;
import dev.bothy.platform.privacy.HeldTable;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/// Empties the tables of a module, in the order that it declares. Called within a transaction of
/// the workspace.
@Component
class ModuleRows {
  private final Held held;
  private final WorkspaceTables tables;
  private final ErasureTable table;

  ModuleRows(Held held, WorkspaceTables tables, ErasureTable table) {
    this.held = held;
    this.tables = tables;
    this.table = table;
  }

  /// The modules that hold anything of a workspace.
  List<String> modules() {
    return held.all().stream()
        .filter(module -> module.tables().stream().anyMatch(each -> !each.installation()))
        .map(module -> module.module())
        .toList();
  }

  /// @return more, or next when nothing was left
  Steps.Progress batch(ErasureRow row, String module) {
    for (HeldTable each : tablesOf(module)) {
      int gone = tables.batch(each.table());
      if (gone > 0) {
        table.count(row.id(), Map.of(each.table(), (long) gone));
        return new Steps.Progress.More();
      }
    }
    return new Steps.Progress.Next();
  }

  private List<HeldTable> tablesOf(String module) {
    return held.all().stream()
        .filter(each -> each.module().equals(module))
        .flatMap(each -> each.tables().stream())
        .filter(each -> !each.installation())
        .toList();
  }
}
