package dev.bothy.platform.peoplemanagement.web;

import dev.bothy.platform.audit.Actor;
import dev.bothy.platform.audit.Audit;
import dev.bothy.platform.audit.Subject;
import dev.bothy.platform.kernel.PersonId;
import dev.bothy.platform.people.Access;
import dev.bothy.platform.people.Member;
import dev.bothy.platform.people.MemberFilter;
import dev.bothy.platform.people.MemberPage;
import dev.bothy.platform.people.Members;
import dev.bothy.platform.people.People;
import dev.bothy.platform.people.Role;
import dev.bothy.platform.people.Sessions;
import dev.bothy.platform.people.Viewer;
import dev.bothy.platform.workspace.Workspaces;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ResponseStatusException;

/// What may be seen of a workspace's people and done about them, by page and by API. Somebody who
/// has no place here, nor had one that can be given back, is not found.
@Component
class PersonActions {
  private static final int OWNERS_NAMED = 3;

  private final Members members;
  private final People people;
  private final Sessions sessions;
  private final Access access;
  private final Audit audit;
  private final Workspaces workspaces;

  PersonActions(
      Members members,
      People people,
      Sessions sessions,
      Access access,
      Audit audit,
      Workspaces workspaces) {
    this.people = people;
    this.members = members;
    this.sessions = sessions;
    this.access = access;
    this.audit = audit;
    this.workspaces = workspaces;
  }

  /// A page of the people who fit.
  MemberPage list(Viewer viewer, MemberFilter filter, int offset, int limit) {
    viewer.require(Role.ADMIN, Role.AUDITOR);
    return workspaces.inWorkspace(viewer.workspace(), () -> members.page(filter, offset, limit));
  }

  /// Somebody's place, for those who run or audit the workspace. That they looked is written down.
  Member look(Viewer viewer, PersonId person, Access.Data data) {
    viewer.require(Role.ADMIN, Role.AUDITOR);
    Member member = find(viewer, person);
    access.view(viewer, person, data);
    return member;
  }

  /// One's own place.
  Member self(Viewer viewer) {
    return find(viewer, viewer.person());
  }

  /// Somebody of whom no more is told than that they are here.
  Member find(Viewer viewer, PersonId person) {
    return workspaces
        .inWorkspace(viewer.workspace(), () -> members.find(person))
        .orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
  }

  Members.Outcome give(Viewer viewer, PersonId person, Set<Role> roles) {
    return workspaces.inWorkspace(viewer.workspace(), () -> members.give(viewer, person, roles));
  }

  Members.Outcome end(Viewer viewer, PersonId person) {
    return workspaces.inWorkspace(viewer.workspace(), () -> members.end(viewer, person));
  }

  Members.Outcome giveBack(Viewer viewer, PersonId person) {
    return workspaces.inWorkspace(viewer.workspace(), () -> members.giveBack(viewer, person));
  }

  /// Some owners, to say whom to ask.
  List<Member> owners(Viewer viewer) {
    MemberFilter filter = new MemberFilter("", Role.OWNER, MemberFilter.State.ACTIVE);
    return workspaces
        .inWorkspace(viewer.workspace(), () -> members.page(filter, 0, OWNERS_NAMED))
        .members();
  }

  /// The sessions of somebody who has a place here; none that are not this workspace's business
  /// ([#areOfHere]).
  List<Sessions.Session> sessions(Viewer viewer, Member member) {
    return member.active() && areOfHere(viewer, member.person())
        ? sessions.of(member.person())
        : List.of();
  }

  /// Whether somebody's sessions are for the viewer to see and end: one's own are, and those of
  /// somebody who has a place in this workspace alone. A session reaches all of a person's
  /// workspaces, and when somebody works for another one is not for this one to know.
  boolean areOfHere(Viewer viewer, PersonId person) {
    return viewer.person().equals(person) || people.membershipsOf(person).size() == 1;
  }

  /// Ends one session of somebody's, by themselves or by an admin.
  ///
  /// @return false if they have none of this id
  boolean endSession(Viewer viewer, PersonId person, UUID session) {
    requireMayEndSessions(viewer, person);
    boolean ended = areOfHere(viewer, person) && sessions.end(person, session);
    if (ended) {
      recordEnded(viewer, person, 1);
    }
    return ended;
  }

  /// Ends all sessions of somebody's, by themselves or by an admin.
  ///
  /// @param but the one that stays; null ends all
  /// @return how many ended
  int endSessions(Viewer viewer, PersonId person, @Nullable UUID but) {
    requireMayEndSessions(viewer, person);
    int ended = areOfHere(viewer, person) ? sessions.endOthers(person, but) : 0;
    if (ended > 0) {
      recordEnded(viewer, person, ended);
    }
    return ended;
  }

  private void requireMayEndSessions(Viewer viewer, PersonId person) {
    if (!viewer.person().equals(person)) {
      viewer.require(Role.ADMIN);
      if (!find(viewer, person).active()) {
        throw new ResponseStatusException(HttpStatus.NOT_FOUND);
      }
    }
  }

  private void recordEnded(Viewer viewer, PersonId person, int count) {
    workspaces.inWorkspace(
        viewer.workspace(),
        () ->
            audit.record(
                new Actor.Person(viewer.person()),
                "people.sessions-ended",
                Subject.of("people.person", person.value()),
                Map.of("count", String.valueOf(count))));
  }
}
