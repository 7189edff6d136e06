package dev.bothy.platform.console.web;

import dev.bothy.platform.api.ApiArea;
import dev.bothy.platform.api.ApiProblem;
import dev.bothy.platform.api.Page;
import dev.bothy.platform.api.Problems;
import dev.bothy.platform.chat.ConnectionState;
import dev.bothy.platform.chat.Connections;
import dev.bothy.platform.kernel.ConnectionId;
import dev.bothy.platform.people.Role;
import dev.bothy.platform.people.Viewer;
import dev.bothy.platform.workspace.Workspaces;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;

/// The workspace's connections to chat networks, for programs. A network is connected on the
/// console's pages, since it asks for somebody's consent.
@ApiArea(name = "connections", about = "Connections to chat networks")
@RequestMapping(
    path = "/api/v1/workspaces/{workspace}/connections",
    produces = MediaType.APPLICATION_JSON_VALUE)
class ConnectionsApi {
  private final Connections connections;
  private final Workspaces workspaces;

  ConnectionsApi(Connections connections, Workspaces workspaces) {
    this.connections = connections;
    this.workspaces = workspaces;
  }

  /// How a connection is.
  @Schema(description = "`BROKEN` needs an admin; through `ENDED` nothing comes or goes.")
  enum State {
    ACTIVE,
    BROKEN,
    ENDED
  }

  @Schema(name = "Connection", description = "A connection to a chat network.")
  record ConnectionDocument(
      UUID id,
      @Schema(description = "`slack` or `sandbox`.") String network,
      @Schema(description = "What the console shows, e.g. the name of the Slack workspace.")
          String name,
      State state,
      @Schema(description = "Why it is broken or has ended; null if it is active.")
          @Nullable String reason,
      @Schema(description = "Since when it is broken or has ended; null if it is active.")
          @Nullable Instant since,
      Instant connectedAt) {
    static ConnectionDocument of(Connections.Known known) {
      return switch (known.state()) {
        case ConnectionState.Active _ -> of(known, State.ACTIVE, null, null);
        case ConnectionState.Broken broken ->
            of(known, State.BROKEN, broken.reason(), broken.since());
        case ConnectionState.Ended ended -> of(known, State.ENDED, ended.reason(), ended.at());
      };
    }

    private static ConnectionDocument of(
        Connections.Known known, State state, @Nullable String reason, @Nullable Instant since) {
      return new ConnectionDocument(
          known.connection().id().value(),
          known.connection().network().id(),
          known.connection().name(),
          state,
          reason,
          since,
          known.connectedAt());
    }
  }

  @GetMapping
  @Operation(
      summary = "List connections",
      description = "The oldest first, also those that have ended. Needs the role admin.")
  Page<ConnectionDocument> list(Viewer viewer) {
    viewer.require(Role.ADMIN);
    return Page.of(
        workspaces.inWorkspace(viewer.workspace(), connections::listAll).stream()
            .map(ConnectionDocument::of)
            .toList());
  }

  @GetMapping("/{id}")
  @Operation(summary = "Show a connection", description = "Needs the role admin.")
  ConnectionDocument get(Viewer viewer, @PathVariable UUID id) {
    viewer.require(Role.ADMIN);
    return workspaces
        .inWorkspace(viewer.workspace(), () -> connections.known(new ConnectionId(id)))
        .map(ConnectionDocument::of)
        .orElseThrow(() -> ApiProblem.of(Problems.NOT_FOUND));
  }
}
