package dev.bothy.platform.peoplemanagement.web;

import dev.bothy.platform.api.ApiArea;
import dev.bothy.platform.api.ApiProblem;
import dev.bothy.platform.api.Page;
import dev.bothy.platform.people.Role;
import dev.bothy.platform.people.SignOnGroups;
import dev.bothy.platform.people.Viewer;
import dev.bothy.platform.workspace.Workspaces;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;

/// Which groups of the sign-on stand for which roles, for programs.
@ApiArea(name = "sign-on-groups", about = "Which groups of the sign-on stand for which roles")
@RequestMapping(
    path = "/api/v1/workspaces/{workspace}/sign-on-groups",
    produces = MediaType.APPLICATION_JSON_VALUE)
class SignOnGroupsApi {
  private final SignOnGroups groups;
  private final Workspaces workspaces;

  SignOnGroupsApi(SignOnGroups groups, Workspaces workspaces) {
    this.groups = groups;
    this.workspaces = workspaces;
  }

  @Schema(name = "SignOnGroup", description = "A group of the sign-on and what it stands for.")
  record GroupDocument(
      @Schema(description = "As the ID token's claim has it, without a leading `/`.") String name,
      List<Role> roles) {}

  @Schema(name = "NewSignOnGroup", description = "What a group is to stand for.")
  record GroupInput(
      @Schema(description = "1 to 200 characters.") @Nullable String name,
      @Schema(description = "Empty forgets the group.") @Nullable Set<Role> roles) {}

  @GetMapping
  @Operation(
      summary = "List the groups",
      description =
          "By name; those that the installation's settings name are not among them. Needs the role"
              + " admin or auditor.")
  Page<GroupDocument> list(Viewer viewer) {
    viewer.require(Role.ADMIN, Role.AUDITOR);
    return Page.of(
        workspaces.inWorkspace(viewer.workspace(), groups::list).stream()
            .map(group -> new GroupDocument(group.name(), PersonDocument.sorted(group.roles())))
            .toList());
  }

  @PutMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
  @ResponseStatus(HttpStatus.NO_CONTENT)
  @Operation(
      summary = "Let a group stand for exactly these roles",
      description =
          "It counts from each person's next sign-in. Needs the role admin; for a group that stands"
              + " for owner, owner.")
  void set(Viewer viewer, @RequestBody GroupInput input) {
    viewer.require(Role.ADMIN);
    String name = SignOnGroupChange.name(input.name() == null ? "" : input.name());
    if (!SignOnGroupChange.isName(name)) {
      throw ApiProblem.invalid(
          "name", "people.group-name", "name: 1 to 200 characters on one line are allowed");
    }
    Set<Role> roles = input.roles();
    if (roles == null) {
      throw ApiProblem.invalid("roles", "people.roles", "roles: a list is needed");
    }
    if (!workspaces.inWorkspace(viewer.workspace(), () -> groups.set(viewer, name, roles))) {
      throw ApiProblem.of(PeopleManagementProblems.OWNERS_ONLY);
    }
  }
}
