package dev.bothy.platform.people;

import dev.bothy.platform.audit.Actor;
import dev.bothy.platform.audit.Audit;
import dev.bothy.platform.audit.Subject;
import dev.bothy.platform.kernel.PersonId;
import dev.bothy.platform.workspace.Workspaces;
import java.util.Map;
import org.springframework.stereotype.Component;

/// Writes signing in and out to the audit log of each workspace that the person has a place in: its
/// owners want to know, and no workspace sees another's log.
@Component
class SignOnLog {
  private static final String KIND = "people.person";

  private final Audit audit;
  private final People people;
  private final Workspaces workspaces;

  SignOnLog(Audit audit, People people, Workspaces workspaces) {
    this.audit = audit;
    this.people = people;
    this.workspaces = workspaces;
  }

  void signedIn(PersonId person) {
    record(person, new Actor.Person(person), "people.signed-in", Map.of());
  }

  /// The person came by a break-glass code.
  void signedInByBreakGlass(PersonId person) {
    record(person, new Actor.Person(person), "people.signed-in", Map.of("by", "break-glass"));
  }

  /// The person signed out here.
  void signedOut(PersonId person) {
    record(person, new Actor.Person(person), "people.signed-out", Map.of());
  }

  /// The identity provider ended the person's sessions.
  void signedOutElsewhere(PersonId person) {
    record(person, new Actor.System(), "people.signed-out", Map.of("by", "sign-on"));
  }

  private void record(PersonId person, Actor actor, String action, Map<String, String> details) {
    people
        .membershipsOf(person)
        .forEach(membership ->
            workspaces.inWorkspace(
                membership.workspace(),
                () -> audit.record(actor, action, Subject.of(KIND, person.value()), details)));
  }
}
