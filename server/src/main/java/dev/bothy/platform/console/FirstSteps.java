package dev.bothy.platform.console;

import dev.bothy.platform.people.Viewer;
import java.util.List;

/// A module's advice for a workspace that does not use it yet. Every bean of this type is asked for
/// the home page, which shows the steps below the health of the parts.
public interface FirstSteps {
  /// What this person could do next; nothing once it has been done, or when they may not do it.
  List<Step> steps(Viewer viewer);

  /// One thing to do next.
  ///
  /// @param order lower comes first
  /// @param title what it is, at most 40 characters
  /// @param sentence what one gets from it
  /// @param button what the button says, at most 25 characters
  /// @param path below `/w/{workspace}`, e.g. `/sandbox`
  record Step(int order, String title, String sentence, String button, String path) {}
}
