package dev.bothy.platform.calendar;

import dev.bothy.platform.chatlinks.ChatLinks;
import dev.bothy.platform.kernel.ConnectionId;
import dev.bothy.platform.people.Role;
import dev.bothy.platform.people.Viewer;
import java.util.Optional;
import org.springframework.stereotype.Component;

/// Who sees and enters what of absences. Called within a transaction of the workspace.
///
/// That a colleague is away, and when, every member sees: turns pass over whoever is away, and
/// nobody could follow that otherwise. Why they are away is their own: the kind of leave is shown
/// to the person and to managers. Everybody enters their own absences; those of others are an
/// admin's to enter.
@Component
public class AbsenceRights {
  private final ChatLinks links;

  AbsenceRights(ChatLinks links) {
    this.links = links;
  }

  /// Whether the account is linked to the viewer.
  public boolean own(Viewer viewer, ConnectionId connection, String account) {
    return links.personOf(connection, account).equals(Optional.of(viewer.person()));
  }

  /// Whether the viewer may enter, change and remove absences of this account.
  public boolean mayWrite(Viewer viewer, ConnectionId connection, String account) {
    return viewer.may(Role.ADMIN) || own(viewer, connection, account);
  }

  /// Whether the viewer sees why others are away; each such look goes into the audit log.
  public boolean seesLeave(Viewer viewer) {
    return viewer.may(Role.MANAGER);
  }
}
