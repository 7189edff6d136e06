package dev.bothy.platform.calendar.web;

import dev.bothy.platform.chat.Connections;
import dev.bothy.platform.chat.Network;
import dev.bothy.platform.kernel.ConnectionId;
import dev.bothy.platform.kernel.PersonId;
import dev.bothy.platform.workspace.Workspace;
import dev.bothy.platform.workspace.Workspaces;
import dev.bothy.testkit.TestWorkspaces;
import java.util.List;
import java.util.Locale;
import org.springframework.jdbc.core.simple.JdbcClient;

/// A fresh workspace with a connection of three people, all in Berlin: `ada`, `ben` and `chen`.
record CalendarWorld(
    Workspaces workspaces, JdbcClient jdbc, Workspace workspace, ConnectionId connection) {
  static CalendarWorld fresh(Workspaces workspaces, Connections connections, JdbcClient jdbc) {
    Workspace workspace = TestWorkspaces.fresh(workspaces);
    ConnectionId connection =
        workspaces.inWorkspace(
            workspace.id(),
            () -> {
              ConnectionId made =
                  connections.create(Network.SANDBOX, "Sandbox", "bothy", new byte[1]).id();
              for (String name : List.of("Ada Byron", "Ben Okafor", "Chen Wei")) {
                jdbc.sql(
                        "insert into chat_account (workspace_id, connection_id, account, name,"
                            + " zone, active, bot, looked_up_at)"
                            + " values (?, ?, ?, ?, 'Europe/Berlin', true, false, now())")
                    .params(
                        workspace.id().value(),
                        made.value(),
                        name.substring(0, name.indexOf(' ')).toLowerCase(Locale.ROOT),
                        name)
                    .update();
              }
              return made;
            });
    return new CalendarWorld(workspaces, jdbc, workspace, connection);
  }

  void link(String account, PersonId person) {
    workspaces.inWorkspace(
        workspace.id(),
        () ->
            jdbc.sql(
                    "insert into chat_link (workspace_id, connection_id, account, person_id,"
                        + " linked_by, linked_at) values (?, ?, ?, ?, 'ADMIN', now())")
                .params(workspace.id().value(), connection.value(), account, person.value())
                .update());
  }
}
