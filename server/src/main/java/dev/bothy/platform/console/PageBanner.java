package dev.bothy.platform.console;

import dev.bothy.platform.people.Viewer;
import java.util.Optional;

/// A line above every page of a workspace, for as long as something concerns whoever looks. Every
/// bean of this type is asked for every page, so it answers from memory.
public interface PageBanner {
  /// What is to be said now; empty for nothing.
  Optional<Banner> now(Viewer viewer);

  /// @param sentence what is so, and what it means
  /// @param label of the link to the page where something can be done about it
  /// @param path below `/w/{workspace}`; empty for no link
  record Banner(String sentence, String label, String path) {}
}
