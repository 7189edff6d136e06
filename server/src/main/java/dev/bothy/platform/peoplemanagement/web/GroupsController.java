package dev.bothy.platform.peoplemanagement.web;

import dev.bothy.platform.console.NavigationItem;
import dev.bothy.platform.people.InstallationSettings;
import dev.bothy.platform.people.Role;
import dev.bothy.platform.people.SignOnGroups;
import dev.bothy.platform.people.SignOnSettings;
import dev.bothy.platform.people.Viewer;
import dev.bothy.platform.workspace.Workspaces;
import jakarta.servlet.http.HttpServletResponse;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;

/// Which groups of the sign-on stand for which roles in a workspace.
@Controller
@RequestMapping("/w/{workspace}/people/groups")
class GroupsController {
  /// A group as the page lists it.
  ///
  /// @param allowed whether the viewer may change it
  record Line(String name, List<String> roles, boolean allowed) {}

  private final SignOnGroups groups;
  private final Workspaces workspaces;
  private final SignOnSettings signOn;
  private final InstallationSettings installation;
  private final List<NavigationItem> items;

  GroupsController(
      SignOnGroups groups,
      Workspaces workspaces,
      SignOnSettings signOn,
      InstallationSettings installation,
      List<NavigationItem> items) {
    this.groups = groups;
    this.workspaces = workspaces;
    this.signOn = signOn;
    this.installation = installation;
    this.items = items;
  }

  @GetMapping
  String list(
      Viewer viewer,
      @RequestParam(defaultValue = "") String change,
      @RequestParam(defaultValue = "") String done,
      Model model) {
    viewer.require(Role.ADMIN, Role.AUDITOR);
    model.addAttribute("notice", Notice.of(done));
    Set<Role> ticked =
        all(viewer).stream()
            .filter(group -> group.name().equals(change))
            .findFirst()
            .map(SignOnGroups.SignOnGroup::roles)
            .orElseGet(() -> EnumSet.of(Role.MEMBER));
    return page(viewer, change, ticked, null, model);
  }

  @PostMapping
  String set(
      Viewer viewer,
      @RequestParam(defaultValue = "") String name,
      @RequestParam(defaultValue = "") List<String> role,
      HttpServletResponse response,
      Model model) {
    viewer.require(Role.ADMIN);
    Set<Role> roles = PersonController.roles(role);
    String problem = SignOnGroupChange.problem(name, roles);
    if (problem == null && !set(viewer, name, roles)) {
      problem = SignOnGroupChange.OWNERS_ONLY;
    }
    if (problem != null) {
      response.setStatus(HttpServletResponse.SC_CONFLICT);
      return page(viewer, name, roles, problem, model);
    }
    return home(viewer, Notice.GROUP);
  }

  @PostMapping("/remove")
  String remove(
      Viewer viewer, @RequestParam String name, HttpServletResponse response, Model model) {
    viewer.require(Role.ADMIN);
    if (!set(viewer, name, Set.of())) {
      response.setStatus(HttpServletResponse.SC_CONFLICT);
      return page(viewer, "", Set.of(Role.MEMBER), SignOnGroupChange.OWNERS_ONLY, model);
    }
    return home(viewer, Notice.FORGOTTEN);
  }

  private boolean set(Viewer viewer, String name, Set<Role> roles) {
    return workspaces.inWorkspace(
        viewer.workspace(), () -> groups.set(viewer, SignOnGroupChange.name(name), roles));
  }

  private List<SignOnGroups.SignOnGroup> all(Viewer viewer) {
    return workspaces.inWorkspace(viewer.workspace(), groups::list);
  }

  /// @param name what the form's field holds; empty for a new group
  private String page(
      Viewer viewer, String name, Set<Role> ticked, @Nullable String problem, Model model) {
    boolean admin = viewer.may(Role.ADMIN);
    model.addAttribute(
        "groups",
        all(viewer).stream()
            .map(group ->
                new Line(
                    group.name(),
                    labels(group.roles()),
                    admin && (viewer.may() || !group.roles().contains(Role.OWNER))))
            .toList());
    model.addAttribute("settings", settings(viewer));
    model.addAttribute("name", name);
    model.addAttribute("choices", RoleWords.choices(ticked, viewer.may()));
    model.addAttribute("problem", problem);
    model.addAttribute("claim", signOn.groupsClaim());
    model.addAttribute("admin", admin);
    model.addAttribute(
        "directory", items.stream().anyMatch(item -> item.path().equals("/directory")));
    return "peoplemanagement/groups";
  }

  /// The groups that the installation's settings name, which count in its first workspace alone.
  private List<Line> settings(Viewer viewer) {
    return viewer.slug().equals(installation.workspaceSlug())
        ? List.of(
            new Line(signOn.ownerGroup(), labels(Set.of(Role.OWNER)), false),
            new Line(signOn.adminGroup(), labels(Set.of(Role.ADMIN)), false),
            new Line(signOn.memberGroup(), labels(Set.of(Role.MEMBER)), false))
        : List.of();
  }

  private static List<String> labels(Set<Role> roles) {
    return roles.stream().sorted().map(Role::label).toList();
  }

  private static String home(Viewer viewer, Notice notice) {
    return "redirect:/w/" + viewer.slug() + "/people/groups" + notice.query();
  }
}
