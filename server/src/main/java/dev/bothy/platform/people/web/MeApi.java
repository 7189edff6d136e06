package dev.bothy.platform.people.web;

import dev.bothy.platform.api.ApiArea;
import dev.bothy.platform.people.ApiTokenGrant;
import dev.bothy.platform.people.Membership;
import dev.bothy.platform.people.People;
import dev.bothy.platform.people.Role;
import dev.bothy.platform.people.SignedIn;
import dev.bothy.platform.workspace.Workspace;
import dev.bothy.platform.workspace.Workspaces;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;

/// Who somebody is here, for their program.
@ApiArea(name = "me", about = "Who the token or the session is of", open = true)
@RequestMapping(path = "/api/v1/me", produces = MediaType.APPLICATION_JSON_VALUE)
class MeApi {
  private final People people;
  private final Workspaces workspaces;

  MeApi(People people, Workspaces workspaces) {
    this.people = people;
    this.workspaces = workspaces;
  }

  @Schema(name = "Me", description = "Somebody and where they have a place.")
  record MeDocument(
      UUID id,
      @Schema(description = "As the identity provider shows it.") String name,
      @Schema(description = "By slug. A token tells of its own workspace alone.")
          List<PlaceDocument> workspaces,
      @Schema(description = "What the token is for; null for a session, which needs none.")
          @Nullable SortedSet<String> scopes) {}

  @Schema(name = "Place", description = "A workspace in which somebody has a place.")
  record PlaceDocument(
      UUID id,
      @Schema(description = "As addresses name it.") String slug,
      String name,
      @Schema(description = "Each stands for itself; an owner may do what any other may.")
          List<Role> roles) {}

  @GetMapping
  @Operation(
      summary = "Who am I?",
      description = "The person that the token or the session is of, and their workspaces.")
  MeDocument me(SignedIn who) {
    ApiTokenGrant grant = ApiGate.grant();
    List<Membership> memberships =
        people.membershipsOf(who.person()).stream()
            .filter(place -> grant == null || grant.workspace().equals(place.workspace()))
            .toList();
    Map<UUID, Workspace> known =
        workspaces.byIds(memberships.stream().map(Membership::workspace).toList()).stream()
            .collect(Collectors.toMap(each -> each.id().value(), Function.identity()));
    return new MeDocument(
        who.person().value(),
        who.getName(),
        memberships.stream()
            .flatMap(place ->
                Stream.ofNullable(known.get(place.workspace().value()))
                    .map(workspace -> place(workspace, place.roles())))
            .sorted(Comparator.comparing(PlaceDocument::slug))
            .toList(),
        grant == null ? null : new TreeSet<>(grant.scopes()));
  }

  private static PlaceDocument place(Workspace workspace, Set<Role> roles) {
    return new PlaceDocument(
        workspace.id().value(),
        workspace.slug(),
        workspace.name(),
        roles.stream().sorted().toList());
  }
}
