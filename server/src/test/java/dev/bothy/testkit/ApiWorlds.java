package dev.bothy.testkit;

import dev.bothy.platform.api.ApiScopes;
import dev.bothy.platform.chat.Connections;
import dev.bothy.platform.people.ApiTokens;
import dev.bothy.platform.people.Role;
import dev.bothy.platform.people.TestPeople;
import dev.bothy.platform.work.Inbox;
import dev.bothy.platform.workspace.Workspace;
import dev.bothy.platform.workspace.Workspaces;
import org.springframework.boot.test.context.TestComponent;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/// Makes workspaces that can be filled with one of each thing that the API knows.
@TestComponent
public class ApiWorlds {
  final Workspaces workspaces;
  final Connections connections;
  final Inbox inbox;
  final TestPeople people;
  final ApiTokens tokens;
  final ApiScopes scopes;
  final JdbcClient jdbc;
  private final ServletWebServerApplicationContext server;

  ApiWorlds(
      Workspaces workspaces,
      Connections connections,
      Inbox inbox,
      TestPeople people,
      ApiTokens tokens,
      ApiScopes scopes,
      JdbcClient jdbc,
      ServletWebServerApplicationContext server) {
    this.workspaces = workspaces;
    this.connections = connections;
    this.inbox = inbox;
    this.people = people;
    this.tokens = tokens;
    this.scopes = scopes;
    this.jdbc = jdbc;
    this.server = server;
  }

  /// A new workspace with two owners: one who is signed in and one whose program has a token.
  public ApiWorld fresh() {
    return with(TestWorkspaces.fresh(workspaces));
  }

  /// The same for a workspace that exists.
  public ApiWorld with(Workspace workspace) {
    TestPeople.Someone signedIn = people.signedIn(workspace, "Olga", Role.OWNER);
    return new ApiWorld(
        this,
        workspace,
        signedIn,
        Program.of(port(), workspace, people, tokens, scopes, Role.OWNER));
  }

  /// The server.
  public Http http() {
    return Http.onPort(port());
  }

  /// Where the server listens.
  int port() {
    return server.getWebServer().getPort();
  }
}
