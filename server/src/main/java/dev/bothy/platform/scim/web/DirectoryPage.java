package dev.bothy.platform.scim.web;

import dev.bothy.platform.kernel.WorkspaceId;
import dev.bothy.platform.scim.Directories;
import dev.bothy.platform.scim.Directory;
import dev.bothy.platform.scim.DirectoryRequest;
import dev.bothy.platform.scim.DirectoryRequests;
import dev.bothy.platform.scim.DirectoryToken;
import dev.bothy.platform.scim.GroupRoleMapping;
import dev.bothy.platform.workspace.Workspaces;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.springframework.stereotype.Component;

/// What the page of the directories shows.
@Component
class DirectoryPage {
  /// As many as one looks through; the rest is for counting.
  private static final int SHOWN_REQUESTS = 30;

  private final Directories directories;
  private final GroupRoleMapping groups;
  private final DirectoryRequests requests;
  private final Workspaces workspaces;
  private final Clock clock;

  DirectoryPage(
      Directories directories,
      GroupRoleMapping groups,
      DirectoryRequests requests,
      Workspaces workspaces,
      Clock clock) {
    this.directories = directories;
    this.groups = groups;
    this.requests = requests;
    this.workspaces = workspaces;
    this.clock = clock;
  }

  /// One directory.
  ///
  /// @param tokens newest first
  /// @param requests newest first
  record Shown(
      Directory directory,
      List<ShownToken> tokens,
      GroupRoleMapping.Counts users,
      List<GroupRoleMapping.MappedGroup> groups,
      List<DirectoryRequest> requests) {
    /// Whether it can still come in.
    public boolean connected() {
      return tokens.stream().anyMatch(token -> !token.expired());
    }

    /// How many of the shown requests were refused.
    public long refused() {
      return requests.stream().filter(request -> request.status() >= 400).count();
    }
  }

  /// A token and whether it has expired by now.
  record ShownToken(DirectoryToken token, boolean expired) {}

  List<Shown> all(WorkspaceId workspace) {
    Instant now = clock.instant();
    return workspaces.inWorkspace(
        workspace, () -> directories.list().stream().map(each -> shown(each, now)).toList());
  }

  private Shown shown(Directory directory, Instant now) {
    UUID id = directory.id();
    return new Shown(
        directory,
        directories.tokens(id).stream()
            .map(token -> new ShownToken(token, !token.expiresAt().isAfter(now)))
            .toList(),
        groups.counts(id),
        groups.list(id),
        requests.list(id, SHOWN_REQUESTS));
  }
}
