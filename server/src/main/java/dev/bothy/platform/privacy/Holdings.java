package dev.bothy.platform.privacy;

import java.util.List;

/// What a module holds; each module with tables that hold something about people, or that belong
/// into an export, is one bean of it.
///
/// @param module its id
/// @param tables in the order in which an erasure of the workspace empties them: a table before
///   those that its rows refer to
public record Holdings(String module, List<HeldTable> tables) {
  public Holdings {
    tables = List.copyOf(tables);
  }
}
