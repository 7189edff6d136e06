package dev.bothy.platform.peoplemanagement.web;

import dev.bothy.platform.api.ApiArea;
import dev.bothy.platform.api.ApiProblem;
import dev.bothy.platform.api.Page;
import dev.bothy.platform.api.Problems;
import dev.bothy.platform.kernel.PersonId;
import dev.bothy.platform.people.Access;
import dev.bothy.platform.people.Member;
import dev.bothy.platform.people.MemberFilter;
import dev.bothy.platform.people.MemberPage;
import dev.bothy.platform.people.Members;
import dev.bothy.platform.people.Role;
import dev.bothy.platform.people.Viewer;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;

/// What the pages of people show and do, for programs.
@ApiArea(name = "people", about = "Who has a place in a workspace, and with which roles")
@RequestMapping(
    path = "/api/v1/workspaces/{workspace}/people",
    produces = MediaType.APPLICATION_JSON_VALUE)
class PeopleApi {
  private final PersonActions actions;

  PeopleApi(PersonActions actions) {
    this.actions = actions;
  }

  @Schema(name = "GivenRoles", description = "The roles that somebody has on an admin's word.")
  record GivenRoles(@Schema(description = "May be empty.") @Nullable Set<Role> roles) {}

  @Schema(name = "EndedSessions", description = "What was ended.")
  record EndedSessions(@Schema(description = "How many sessions ended.") int ended) {}

  @GetMapping
  @Operation(
      summary = "List people",
      description =
          "By name, with those whose place has ended while it can be given back. `find` is part of"
              + " a name, user name or e-mail address. Needs the role admin or auditor.")
  Page<PersonDocument> list(
      Viewer viewer,
      @RequestParam(defaultValue = "") String find,
      @RequestParam(required = false) @Nullable Role role,
      @RequestParam(required = false) MemberFilter.@Nullable State state,
      @RequestParam(defaultValue = "0") String after,
      @RequestParam(defaultValue = Page.DEFAULT_LIMIT) int limit) {
    int most = Page.checked(limit);
    if (!after.matches("\\d{1,7}")) {
      throw ApiProblem.invalid(
          "after", "api.after", "after: what the page before gave as next is allowed");
    }
    int offset = Integer.parseInt(after);
    MemberPage page = actions.list(viewer, new MemberFilter(find, role, state), offset, most);
    long next = (long) offset + page.members().size();
    return new Page<>(
        page.members().stream().map(PersonDocument::of).toList(),
        next < page.total() && !page.members().isEmpty() ? String.valueOf(next) : null);
  }

  @GetMapping("/{person}")
  @Operation(
      summary = "Show a person",
      description =
          "That somebody looked is in the audit log, and told to the person. Needs the role admin"
              + " or auditor.")
  PersonDocument show(Viewer viewer, @PathVariable UUID person) {
    return PersonDocument.of(actions.look(viewer, new PersonId(person), Access.Data.ACCOUNT));
  }

  @PutMapping(path = "/{person}/roles", consumes = MediaType.APPLICATION_JSON_VALUE)
  @Operation(
      summary = "Give a person exactly these roles",
      description =
          "Beside what sign-on and directory say. They count at once. Needs the role admin; owner is"
              + " given and taken by owners.")
  PersonDocument give(Viewer viewer, @PathVariable UUID person, @RequestBody GivenRoles body) {
    viewer.require(Role.ADMIN);
    if (body.roles() == null) {
      throw ApiProblem.invalid(
          "roles", "people.roles", "roles: a list is needed, maybe an empty one");
    }
    Member member = actions.find(viewer, new PersonId(person));
    return done(viewer, member, actions.give(viewer, member.person(), body.roles()));
  }

  @PostMapping("/{person}/deactivate")
  @Operation(
      summary = "End a person's place",
      description =
          "At once: sessions, streams, tokens and chat accounts of this workspace. For 14 days it"
              + " can be given back. Again changes nothing. Needs the role admin.")
  PersonDocument deactivate(Viewer viewer, @PathVariable UUID person) {
    viewer.require(Role.ADMIN);
    Member member = actions.find(viewer, new PersonId(person));
    return done(viewer, member, actions.end(viewer, member.person()));
  }

  @PostMapping("/{person}/reactivate")
  @Operation(
      summary = "Give a person's place back",
      description =
          "With the roles it had. What the directory ended comes back by the directory. Needs the"
              + " role admin.")
  PersonDocument reactivate(Viewer viewer, @PathVariable UUID person) {
    viewer.require(Role.ADMIN);
    Member member = actions.find(viewer, new PersonId(person));
    return done(viewer, member, actions.giveBack(viewer, member.person()));
  }

  @GetMapping("/{person}/sessions")
  @Operation(
      summary = "List a person's sessions",
      description = "Likewise a view of their data. Needs the role admin or auditor.")
  Page<PersonDocument.SessionDocument> sessions(Viewer viewer, @PathVariable UUID person) {
    Member member = actions.look(viewer, new PersonId(person), Access.Data.ACCOUNT);
    return Page.of(
        actions.sessions(viewer, member).stream().map(PersonDocument.SessionDocument::of).toList());
  }

  @DeleteMapping("/{person}/sessions")
  @Operation(
      summary = "End all sessions of a person",
      description = "Also what they opened for other workspaces. Needs the role admin.")
  EndedSessions endSessions(Viewer viewer, @PathVariable UUID person) {
    viewer.require(Role.ADMIN);
    return new EndedSessions(actions.endSessions(viewer, new PersonId(person), null));
  }

  @DeleteMapping("/{person}/sessions/{session}")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  @Operation(
      summary = "End a session of a person",
      description = "The next request with it is asked to sign in. Needs the role admin.")
  void endSession(Viewer viewer, @PathVariable UUID person, @PathVariable UUID session) {
    viewer.require(Role.ADMIN);
    if (!actions.endSession(viewer, new PersonId(person), session)) {
      throw ApiProblem.of(Problems.NOT_FOUND);
    }
  }

  private PersonDocument done(Viewer viewer, Member member, Members.Outcome outcome) {
    return switch (outcome) {
      case Members.Outcome.Done _, Members.Outcome.Unchanged _ ->
          PersonDocument.of(actions.find(viewer, member.person()));
      case Members.Outcome.Unknown _ -> throw ApiProblem.of(PeopleManagementProblems.PLACE_ENDED);
      case Members.Outcome.OwnersOnly _ ->
          throw ApiProblem.of(PeopleManagementProblems.OWNERS_ONLY);
      case Members.Outcome.LastOwner _ -> throw ApiProblem.of(PeopleManagementProblems.LAST_OWNER);
      case Members.Outcome.NoRole _ -> throw ApiProblem.of(PeopleManagementProblems.NO_ROLE);
      case Members.Outcome.NotHere _ ->
          throw ApiProblem.of(PeopleManagementProblems.DIRECTORY_ENDED);
    };
  }
}
