package dev.bothy.platform.console;

import dev.bothy.platform.people.Role;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// One entry of the navigation; every bean of this type is shown.
///
/// @param order lower comes first; home is 0, apps take 100 to 499, what admins need 500 and above
/// @param label at most 20 characters
/// @param path below `/w/{workspace}`, e.g. `/rotations`; empty for home
/// @param icon the name of an icon in `templates/console/icons.html`; null for a plain dot
/// @param onlyFor who sees it (owners always do); empty for everybody. Hiding is a courtesy: the
///   page itself calls [dev.bothy.platform.people.Viewer#require]
public record NavigationItem(
    int order, String label, String path, @Nullable String icon, Set<Role> onlyFor) {
  public NavigationItem {
    onlyFor = Set.copyOf(onlyFor);
  }

  /// An entry that everybody sees.
  public NavigationItem(int order, String label, String path, @Nullable String icon) {
    this(order, label, path, icon, Set.of());
  }
}
