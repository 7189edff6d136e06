package dev.bothy.platform.scim.web;

import dev.bothy.platform.people.Role;
import dev.bothy.platform.people.Viewer;
import dev.bothy.platform.scim.Directories;
import dev.bothy.platform.scim.Directory;
import dev.bothy.platform.scim.GroupRoleMapping;
import dev.bothy.platform.workspace.Workspaces;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;

/// The workspace's directories: connect one, give it a new token, say which roles its groups stand
/// for, and see what it asked and was told.
///
/// A token is shown in the answer to the form that made it, and nowhere else: it is in no session,
/// no cookie and no address.
@Controller
@RequestMapping("/w/{workspace}/directory")
class DirectoryController {
  private final DirectoryPage page;
  private final Directories directories;
  private final GroupRoleMapping groups;
  private final ScimAddress address;
  private final Workspaces workspaces;

  DirectoryController(
      DirectoryPage page,
      Directories directories,
      GroupRoleMapping groups,
      ScimAddress address,
      Workspaces workspaces) {
    this.page = page;
    this.directories = directories;
    this.groups = groups;
    this.address = address;
    this.workspaces = workspaces;
  }

  /// What a page says that a form led to, by the word in its address.
  private enum Said {
    REVOKED("The token has ended: whoever sends it is refused from now on."),
    MAPPED("The group's members have these roles now."),
    OWNERS("Only an owner says which group stands for owner. Nothing was changed.");

    private final String words;

    Said(String words) {
      this.words = words;
    }

    static @Nullable Said of(@Nullable String word) {
      for (Said each : values()) {
        if (each.name().equalsIgnoreCase(word)) {
          return each;
        }
      }
      return null;
    }
  }

  @GetMapping
  String show(
      Viewer viewer,
      @RequestParam(required = false) @Nullable String said,
      HttpServletRequest request,
      Model model) {
    viewer.require(Role.ADMIN, Role.AUDITOR);
    Said known = Said.of(said);
    if (known != null) {
      model.addAttribute(known == Said.OWNERS ? "problem" : "notice", known.words);
    }
    return page(viewer, request, model);
  }

  @PostMapping
  String connect(
      Viewer viewer,
      @RequestParam(defaultValue = "") String name,
      HttpServletRequest request,
      HttpServletResponse response,
      Model model) {
    viewer.require(Role.ADMIN);
    String wanted = name.strip();
    if (wanted.isEmpty() || wanted.length() > Directory.LONGEST_NAME) {
      return refused(
          "A name has 1 to %d characters.".formatted(Directory.LONGEST_NAME),
          wanted,
          viewer,
          request,
          model);
    }
    Optional<Directories.Connected> connected =
        workspaces.inWorkspace(
            viewer.workspace(), () -> directories.connect(wanted, viewer.person()));
    return connected.isEmpty()
        ? refused("Another directory has this name.", wanted, viewer, request, model)
        : withToken(connected.get(), viewer, request, response, model);
  }

  @PostMapping("/{directory}/token")
  String rotate(
      Viewer viewer,
      @PathVariable UUID directory,
      HttpServletRequest request,
      HttpServletResponse response,
      Model model) {
    viewer.require(Role.ADMIN);
    Directories.Connected rotated =
        workspaces
            .inWorkspace(
                viewer.workspace(),
                () -> {
                  // Whoever has a token says who is in which group.
                  if (groups.makesOwners(directory)) {
                    viewer.require();
                  }
                  return directories.rotate(directory, viewer.person());
                })
            .orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
    return withToken(rotated, viewer, request, response, model);
  }

  @PostMapping("/{directory}/tokens/{token}/revoke")
  String revoke(Viewer viewer, @PathVariable UUID directory, @PathVariable UUID token) {
    viewer.require(Role.ADMIN);
    workspaces.inWorkspace(
        viewer.workspace(), () -> directories.revoke(directory, token, viewer.person()));
    return home(viewer, Said.REVOKED);
  }

  @PostMapping("/{directory}/groups/{group}")
  String map(
      Viewer viewer,
      @PathVariable UUID directory,
      @PathVariable UUID group,
      @RequestParam(defaultValue = "") Set<Role> roles) {
    viewer.require(Role.ADMIN);
    GroupRoleMapping.Outcome outcome =
        workspaces.inWorkspace(
            viewer.workspace(), () -> groups.map(viewer, directory, group, roles));
    return switch (outcome) {
      case GroupRoleMapping.Outcome.Done _ -> home(viewer, Said.MAPPED);
      case GroupRoleMapping.Outcome.OwnersOnly _ -> home(viewer, Said.OWNERS);
      case GroupRoleMapping.Outcome.Unknown _ ->
          throw new ResponseStatusException(HttpStatus.NOT_FOUND);
    };
  }

  private String withToken(
      Directories.Connected connected,
      Viewer viewer,
      HttpServletRequest request,
      HttpServletResponse response,
      Model model) {
    response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
    model.addAttribute("token", connected.token());
    model.addAttribute("tokenOf", connected.directory());
    return page(viewer, request, model);
  }

  private String refused(
      String why, String name, Viewer viewer, HttpServletRequest request, Model model) {
    model.addAttribute("nameProblem", why);
    model.addAttribute("name", name);
    return page(viewer, request, model);
  }

  private String page(Viewer viewer, HttpServletRequest request, Model model) {
    String base = address.of(request);
    model.addAttribute("directories", page.all(viewer.workspace()));
    model.addAttribute("address", base);
    model.addAttribute("reachable", ScimAddress.isHttps(base));
    model.addAttribute("admin", viewer.may(Role.ADMIN));
    model.addAttribute("owner", viewer.may());
    model.addAttribute(
        "choices", List.of(Role.OWNER, Role.ADMIN, Role.MANAGER, Role.AGENT, Role.AUDITOR));
    return "scim/directory";
  }

  private static String home(Viewer viewer, Said said) {
    return "redirect:/w/"
        + viewer.slug()
        + "/directory?said="
        + said.name().toLowerCase(java.util.Locale.ROOT);
  }
}
