package dev.bothy.app.rotations.web;

import dev.bothy.app.rotations.Rotations;
import dev.bothy.platform.api.ApiScopes;
import dev.bothy.platform.chat.ChatConnection;
import dev.bothy.platform.chat.Connections;
import dev.bothy.platform.chat.Network;
import dev.bothy.platform.kernel.ConnectionId;
import dev.bothy.platform.kernel.WorkspaceId;
import dev.bothy.platform.people.ApiTokens;
import dev.bothy.platform.people.Role;
import dev.bothy.platform.people.TestPeople;
import dev.bothy.platform.workspace.Workspace;
import dev.bothy.platform.workspace.Workspaces;
import dev.bothy.testkit.Http;
import dev.bothy.testkit.Program;
import dev.bothy.testkit.TestWorkspaces;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

/// What the tests of the console and of the API begin with: a workspace of its own whose sandbox
/// has Ada Byron, Ben Okafor and Chen Wei (`ada`, `ben`, `chen`).
abstract class RoomOfThree {
  @Autowired Workspaces workspaces;
  @Autowired Connections connections;
  @Autowired Rotations rotations;
  @Autowired TestPeople people;
  @Autowired ApiTokens tokens;
  @Autowired ApiScopes scopes;
  @Autowired JdbcClient jdbc;
  @LocalServerPort int port;

  Workspace workspace = new Workspace(new WorkspaceId(new UUID(0, 0)), "", "");
  ConnectionId connection = new ConnectionId(new UUID(0, 0));
  Program admin = new Program(new Http(""), "", "");

  @BeforeEach
  void aRoomWithThreePeople() {
    workspace = TestWorkspaces.fresh(workspaces);
    connection = workspaces.inWorkspace(workspace.id(), this::room);
    admin = program(workspace, Role.ADMIN);
  }

  private ConnectionId room() {
    ChatConnection made = connections.create(Network.SANDBOX, "Sandbox", "bothy", new byte[1]);
    for (String name : List.of("Ada Byron", "Ben Okafor", "Chen Wei")) {
      jdbc.sql(
              "insert into chat_account (workspace_id, connection_id, account, name, zone, active,"
                  + " bot, looked_up_at)"
                  + " values (?, ?, ?, ?, 'Europe/Berlin', true, false, now())")
          .params(
              workspace.id().value(),
              made.id().value(),
              name.substring(0, name.indexOf(' ')).toLowerCase(Locale.ROOT),
              name)
          .update();
    }
    return made.id();
  }

  /// A program of somebody new with these roles.
  Program program(Workspace in, Role... roles) {
    return Program.of(port, in, people, tokens, scopes, roles);
  }
}
