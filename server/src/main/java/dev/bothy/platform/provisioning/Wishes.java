package dev.bothy.platform.provisioning;

import dev.bothy.platform.kernel.PersonId;
import dev.bothy.platform.kernel.WorkspaceId;
import dev.bothy.platform.keycloak.WantedUser;
import dev.bothy.platform.people.Member;
import dev.bothy.platform.people.Members;
import dev.bothy.platform.people.Membership;
import dev.bothy.platform.people.People;
import dev.bothy.platform.workspace.Workspaces;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// Reads what is wanted of a person's user, over all workspaces. Called outside of any transaction.
@Component
class Wishes {
  private final People people;
  private final Members members;
  private final Workspaces workspaces;

  Wishes(People people, Members members, Workspaces workspaces) {
    this.people = people;
    this.members = members;
    this.workspaces = workspaces;
  }

  /// @param home whose directory is believed first; null for whoever has no user yet
  Wish of(PersonId person, @Nullable WorkspaceId home) {
    List<WorkspaceId> places =
        people.membershipsOf(person).stream().map(Membership::workspace).toList();
    Map<UUID, Members.Profile> described = new TreeMap<>();
    boolean signedIn = false;
    for (WorkspaceId place : places) {
      Optional<Members.Profile> profile =
          workspaces.inWorkspace(place, () -> members.described(person));
      profile.ifPresent(found -> described.put(place.value(), found));
      signedIn |=
          workspaces
              .inWorkspace(place, () -> members.find(person))
              .filter(Member::signedIn)
              .isPresent();
    }
    Members.Profile profile =
        Optional.ofNullable(home)
            .map(workspace -> described.get(workspace.value()))
            .or(() -> described.values().stream().findFirst())
            .orElse(null);
    return new Wish(
        new WantedUser(
            profile == null
                ? null
                : new WantedUser.Profile(profile.username(), profile.name(), profile.email()),
            !places.isEmpty()),
        signedIn);
  }
}
