package dev.bothy.testkit;

import dev.bothy.platform.api.ApiScopes;
import dev.bothy.platform.chat.Connections;
import dev.bothy.platform.keys.Keys;
import dev.bothy.platform.people.ApiTokens;
import dev.bothy.platform.people.Role;
import dev.bothy.platform.people.TestPeople;
import dev.bothy.platform.work.Inbox;
import dev.bothy.platform.workspace.Workspace;
import dev.bothy.platform.workspace.Workspaces;
import java.util.Objects;
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
  final Keys keys;
  private final ServletWebServerApplicationContext server;

  ApiWorlds(
      Workspaces workspaces,
      Connections connections,
      Inbox inbox,
      TestPeople people,
      ApiTokens tokens,
      ApiScopes scopes,
      JdbcClient jdbc,
      Keys keys,
      ServletWebServerApplicationContext server) {
    this.workspaces = workspaces;
    this.connections = connections;
    this.inbox = inbox;
    this.people = people;
    this.tokens = tokens;
    this.scopes = scopes;
    this.jdbc = jdbc;
    this.keys = keys;
    this.server = server;
  }

  /// A new workspace with two owners: one who is signed in and one whose program has a token.
  public ApiWorld fresh() {
    Workspace workspace = TestWorkspaces.fresh(workspaces);
    return world(workspace, people.signedIn(workspace, "Olga", Role.OWNER));
  }

  /// The same where the one who is signed in has a place elsewhere as well.
  public ApiWorld freshOf(TestPeople.Someone someone) {
    Workspace workspace = TestWorkspaces.fresh(workspaces);
    people.assign(workspace, someone.id(), Role.OWNER);
    return world(workspace, someone);
  }

  private ApiWorld world(Workspace workspace, TestPeople.Someone signedIn) {
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
    return Objects.requireNonNull(server.getWebServer()).getPort();
  }
}
