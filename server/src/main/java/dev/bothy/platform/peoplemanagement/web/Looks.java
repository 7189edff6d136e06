package dev.bothy.platform.peoplemanagement.web;

import dev.bothy.platform.audit.Audit;
import dev.bothy.platform.audit.AuditFilter;
import dev.bothy.platform.audit.AuditPage;
import dev.bothy.platform.people.Access;
import dev.bothy.platform.people.Viewer;
import dev.bothy.platform.workspace.Workspaces;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// Who looked at somebody's data, for that person.
@Component
class Looks {
  private final Audit audit;
  private final Workspaces workspaces;

  Looks(Audit audit, Workspaces workspaces) {
    this.audit = audit;
    this.workspaces = workspaces;
  }

  /// At the viewer's own data, newest first.
  AuditPage at(Viewer viewer, AuditPage.@Nullable Place after, int limit) {
    AuditFilter filter =
        new AuditFilter(null, Access.VIEWED, null, viewer.person().toString(), null, null);
    return workspaces.inWorkspace(viewer.workspace(), () -> audit.page(filter, after, limit));
  }
}
