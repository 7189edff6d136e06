package dev.bothy.platform.erasure.web;

import dev.bothy.platform.audit.Actor;
import dev.bothy.platform.audit.Audit;
import dev.bothy.platform.audit.Subject;
import dev.bothy.platform.erasure.Erasure;
import dev.bothy.platform.erasure.ErasureTarget;
import dev.bothy.platform.erasure.Erasures;
import dev.bothy.platform.kernel.PersonId;
import dev.bothy.platform.people.Member;
import dev.bothy.platform.people.Members;
import dev.bothy.platform.people.Role;
import dev.bothy.platform.people.Viewer;
import dev.bothy.platform.workspace.Workspaces;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Component;

/// What owners may erase, by page and by API, and its line in the audit log.
@Component
class ErasureActions {
  private final Erasures erasures;
  private final Members members;
  private final Audit audit;
  private final Workspaces workspaces;

  ErasureActions(Erasures erasures, Members members, Audit audit, Workspaces workspaces) {
    this.erasures = erasures;
    this.members = members;
    this.audit = audit;
    this.workspaces = workspaces;
  }

  List<Erasure> list(Viewer viewer) {
    viewer.require(Role.AUDITOR);
    return workspaces.inWorkspace(viewer.workspace(), erasures::list);
  }

  Optional<Erasure> find(Viewer viewer, UUID id) {
    viewer.require(Role.AUDITOR);
    return workspaces.inWorkspace(viewer.workspace(), () -> erasures.find(id));
  }

  Optional<String> receipt(Viewer viewer, UUID id) {
    viewer.require(Role.AUDITOR);
    return workspaces.inWorkspace(viewer.workspace(), () -> erasures.receipt(id));
  }

  /// What has to be typed so that this goes: a person's user name, `workspace/app`, or the
  /// workspace. Empty if there is nothing here of the kind.
  Optional<String> wordFor(Viewer viewer, ErasureTarget target) {
    viewer.require();
    return switch (target) {
      case ErasureTarget.OfPerson(PersonId person) -> member(viewer, person).map(Member::username);
      case ErasureTarget.OfApp(String app) ->
          erasures.apps().contains(app) ? Optional.of(viewer.slug() + "/" + app) : Optional.empty();
      case ErasureTarget.OfWorkspace _ -> Optional.of(viewer.slug());
    };
  }

  Optional<Member> member(Viewer viewer, PersonId person) {
    viewer.require();
    return workspaces.inWorkspace(viewer.workspace(), () -> members.find(person));
  }

  Erasures.Outcome erase(Viewer viewer, ErasureTarget target) {
    viewer.require();
    return workspaces.inWorkspace(
        viewer.workspace(),
        () -> {
          Erasures.Outcome outcome =
              switch (target) {
                case ErasureTarget.OfPerson(PersonId person) ->
                    erasures.ofPerson(person, viewer.person());
                case ErasureTarget.OfApp(String app) -> erasures.ofApp(app, viewer.person());
                case ErasureTarget.OfWorkspace _ -> erasures.ofWorkspace(viewer.person());
              };
          if (outcome instanceof Erasures.Outcome.Begun(Erasure erasure)) {
            audit.record(
                new Actor.Person(viewer.person()),
                "erasure.requested",
                new Subject("erasure." + target.kind(), target.id(viewer.workspace())),
                Map.of("erasure", erasure.id().toString()));
          }
          return outcome;
        });
  }
}
