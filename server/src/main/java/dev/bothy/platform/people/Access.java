package dev.bothy.platform.people;

import dev.bothy.platform.audit.Actor;
import dev.bothy.platform.audit.Audit;
import dev.bothy.platform.audit.Subject;
import dev.bothy.platform.kernel.PersonId;
import dev.bothy.platform.workspace.Workspaces;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.stereotype.Service;

/// The three rules about data of people, which hold in every app, page and API:
///
/// 1. what is about oneself is always visible;
/// 2. what is said of a team tells nothing of a single person, and every member may see it;
/// 3. what is about another person needs a role for it, and each such view is in the audit log,
///    where that person sees it too.
///
/// `docs/reference/access.md` is the table that follows from them, written by its test.
@Service
public class Access {
  /// What is known of a person, by who needs it for their work.
  public enum Data {
    /// Their place: roles, sessions, tokens, chat accounts.
    ACCOUNT("account", List.of(Role.ADMIN, Role.AUDITOR)),
    /// What the audit log tells of them.
    ACTIVITY("activity", List.of(Role.ADMIN, Role.AUDITOR)),
    /// What an app knows of their work, e.g. hours on duty.
    WORK("work", List.of(Role.MANAGER));

    private final String label;
    private final List<Role> seenBy;

    Data(String label, List<Role> seenBy) {
      this.label = label;
      this.seenBy = seenBy;
    }

    /// The word that the audit log and people read.
    public String label() {
      return label;
    }
  }

  /// Whose data it is, seen from who looks.
  public enum Relation {
    /// One's own.
    OWN,
    /// Numbers about several people together.
    TEAM,
    /// Another person's.
    OTHER
  }

  /// What is written of a view of another person's data; its subject is that person.
  public static final String VIEWED = "people.viewed";

  private final Audit audit;
  private final Workspaces workspaces;

  Access(Audit audit, Workspaces workspaces) {
    this.audit = audit;
    this.workspaces = workspaces;
  }

  /// Whether somebody with these roles may see it. Who has no role in a workspace sees nothing of
  /// it.
  public static boolean allows(Set<Role> roles, Data data, Relation relation) {
    if (roles.isEmpty()) {
      return false;
    }
    return switch (relation) {
      case OWN, TEAM -> true;
      case OTHER -> roles.contains(Role.OWNER) || data.seenBy.stream().anyMatch(roles::contains);
    };
  }

  /// Goes on if the viewer may see this of this person, after writing down that they looked unless
  /// it is themselves.
  ///
  /// @throws NotAllowed otherwise, and nothing is written
  public void view(Viewer viewer, PersonId of, Data data) {
    if (viewer.person().equals(of)) {
      return;
    }
    if (!allows(viewer.roles(), data, Relation.OTHER)) {
      throw new NotAllowed(data.seenBy);
    }
    workspaces.inWorkspace(
        viewer.workspace(),
        () ->
            audit.record(
                new Actor.Person(viewer.person()),
                VIEWED,
                Subject.of("people.person", of.value()),
                Map.of("data", data.label())));
  }
}
