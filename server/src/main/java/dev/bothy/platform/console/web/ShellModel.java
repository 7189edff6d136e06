package dev.bothy.platform.console.web;

import dev.bothy.platform.console.NavigationItem;
import dev.bothy.platform.console.PageBanner;
import dev.bothy.platform.people.People;
import dev.bothy.platform.people.Viewer;
import dev.bothy.platform.workspace.Workspaces;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ModelAttribute;

/// Gives every template what the layout needs: `shell` (null outside of a workspace) and `theme`.
@ControllerAdvice
class ShellModel {
  private final List<NavigationItem> items;
  private final List<PageBanner> banners;
  private final People people;
  private final Workspaces workspaces;

  ShellModel(
      List<NavigationItem> items, List<PageBanner> banners, People people, Workspaces workspaces) {
    this.items = items;
    this.banners = banners;
    this.people = people;
    this.workspaces = workspaces;
  }

  @ModelAttribute("shell")
  @Nullable Shell shell(HttpServletRequest request) {
    return request.getAttribute(Viewer.ATTRIBUTE) instanceof Viewer viewer
        ? new Shell(viewer, request.getRequestURI(), items, banners, people, workspaces)
        : null;
  }

  @ModelAttribute("theme")
  String theme() {
    return Theme.ofRequest().word();
  }
}
