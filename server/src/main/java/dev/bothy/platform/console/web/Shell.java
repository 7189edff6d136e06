package dev.bothy.platform.console.web;

import dev.bothy.platform.console.NavigationItem;
import dev.bothy.platform.console.PageBanner;
import dev.bothy.platform.people.Membership;
import dev.bothy.platform.people.People;
import dev.bothy.platform.people.Role;
import dev.bothy.platform.people.Viewer;
import dev.bothy.platform.workspace.Workspace;
import dev.bothy.platform.workspace.Workspaces;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/// What the layout shows around a page of a workspace. The template asks for each part only when it
/// renders, so a fragment for htmx costs no query.
public final class Shell {
  private final Viewer viewer;
  private final String path;
  private final List<NavigationItem> items;
  private final List<PageBanner> banners;
  private final People people;
  private final Workspaces workspaces;

  Shell(
      Viewer viewer,
      String path,
      List<NavigationItem> items,
      List<PageBanner> banners,
      People people,
      Workspaces workspaces) {
    this.viewer = viewer;
    this.path = path;
    this.items = items;
    this.banners = banners;
    this.people = people;
    this.workspaces = workspaces;
  }

  /// An entry of the navigation as a link.
  ///
  /// @param current whether the page belongs to it
  public record Link(String label, String address, String icon, boolean current) {}

  /// Who looks at the page.
  public Viewer viewer() {
    return viewer;
  }

  /// Two letters at most that stand for the person.
  public String initials() {
    String[] words = viewer.name().strip().split("\\s+");
    String last = words.length > 1 ? words[words.length - 1] : "";
    return (firstLetter(words[0]) + firstLetter(last)).toUpperCase(Locale.ROOT);
  }

  /// The address of the page itself, to come back to.
  public String path() {
    return path;
  }

  /// The navigation of this workspace, in order.
  public List<Link> navigation() {
    String base = "/w/" + viewer.slug();
    return items.stream()
        .filter(item -> item.onlyFor().isEmpty() || viewer.may(item.onlyFor().toArray(Role[]::new)))
        .sorted(Comparator.comparingInt(NavigationItem::order))
        .map(item ->
            new Link(
                item.label(),
                base + item.path(),
                item.icon() == null ? "dot" : item.icon(),
                isCurrent(base, item.path())))
        .toList();
  }

  /// What stands above every page now.
  public List<PageBanner.Banner> banners() {
    return banners.stream().flatMap(banner -> banner.now(viewer).stream()).toList();
  }

  /// The workspaces that the person may switch to, by name; this one is among them.
  public List<Workspace> workspaces() {
    return workspaces.byIds(
        people.membershipsOf(viewer.person()).stream().map(Membership::workspace).toList());
  }

  /// A page below two entries belongs to the one that says more.
  private boolean isCurrent(String base, String item) {
    return item.isEmpty()
        ? path.equals(base)
        : isUnder(base + item)
            && items.stream()
                .map(NavigationItem::path)
                .noneMatch(other -> other.startsWith(item + "/") && isUnder(base + other));
  }

  private boolean isUnder(String address) {
    return path.equals(address) || path.startsWith(address + "/");
  }

  private static String firstLetter(String word) {
    return word.isEmpty() ? "" : word.substring(0, word.offsetByCodePoints(0, 1));
  }
}
