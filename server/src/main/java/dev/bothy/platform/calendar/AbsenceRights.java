package dev.bothy.platform.calendar;

import dev.bothy.platform.audit.Actor;
import dev.bothy.platform.audit.Audit;
import dev.bothy.platform.audit.Subject;
import dev.bothy.platform.chatlinks.ChatLinks;
import dev.bothy.platform.kernel.ConnectionId;
import dev.bothy.platform.kernel.PersonId;
import dev.bothy.platform.people.Access;
import dev.bothy.platform.people.Role;
import dev.bothy.platform.people.Viewer;
import java.util.Optional;
import org.springframework.stereotype.Component;

/// Who sees and enters what of absences. Called within a transaction of the workspace.
///
/// That a colleague is away, and when, every member sees: turns pass over whoever is away, and
/// nobody could follow that otherwise. Why they are away is their own: the kind of leave is shown
/// to the person, and one by one to managers, which the audit log tells. Everybody enters their own
/// absences; those of others are an admin's to enter.
@Component
public class AbsenceRights {
  private final ChatLinks links;
  private final Access access;
  private final Audit audit;

  AbsenceRights(ChatLinks links, Access access, Audit audit) {
    this.links = links;
    this.access = access;
    this.audit = audit;
  }

  /// Whether the account is linked to the viewer.
  public boolean own(Viewer viewer, ConnectionId connection, String account) {
    return links.personOf(connection, account).equals(Optional.of(viewer.person()));
  }

  /// Whether the viewer may enter, change and remove absences of this account.
  public boolean mayWrite(Viewer viewer, ConnectionId connection, String account) {
    return viewer.may(Role.ADMIN) || own(viewer, connection, account);
  }

  /// Whether the viewer sees the kind of leave of this absence now; that they look at another
  /// person's is written into the audit log.
  ///
  /// @return false also where there is none to see
  public boolean looksAtLeave(Viewer viewer, Absence absence) {
    if (absence.leaveType() == null) {
      return false;
    }
    if (own(viewer, absence.connection(), absence.account())) {
      return true;
    }
    if (!viewer.may(Role.MANAGER)) {
      return false;
    }
    Optional<PersonId> person = links.personOf(absence.connection(), absence.account());
    if (person.isPresent()) {
      access.view(viewer, person.get(), Access.Data.WORK);
    } else {
      audit.record(
          new Actor.Person(viewer.person()),
          "calendar.leave-viewed",
          Subject.of("calendar.absence", absence.id()));
    }
    return true;
  }
}
