package dev.bothy.platform.chat;

import dev.bothy.platform.kernel.ConnectionId;
import dev.bothy.platform.workspace.Workspaces;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;

/// What apps may use of a network only where somebody wants it so: an admin switches it on, for all
/// of the workspace's connections to the network, and the network grants it to each connection.
/// Called within a transaction of the workspace.
@Service
public class Abilities {
  private final JdbcClient jdbc;
  private final Workspaces workspaces;

  Abilities(JdbcClient jdbc, Workspaces workspaces) {
    this.jdbc = jdbc;
    this.workspaces = workspaces;
  }

  /// Those that are switched on, granted or not.
  public Set<Capability> switchedOn(Network network) {
    return known(
        jdbc.sql("select capability from chat_ability where network = ?")
            .param(network.id())
            .query((row, _) -> row.getString("capability"))
            .list());
  }

  /// Switches one on or off.
  ///
  /// @return false when it was so already
  public boolean change(Network network, Capability capability, boolean on) {
    String sql =
        on
            ? "insert into chat_ability (workspace_id, network, capability) values (?, ?, ?)"
                + " on conflict (workspace_id, network, capability) do nothing"
            : "delete from chat_ability where workspace_id = ? and network = ? and capability = ?";
    return jdbc.sql(sql)
            .params(workspaces.current().value(), network.id(), capability.name())
            .update()
        == 1;
  }

  /// Keeps what the network grants to a connection, in place of what it granted before.
  ///
  /// @param capabilities of [ChatConnector#optional]; others are of no account
  public void grant(ConnectionId connection, Set<Capability> capabilities) {
    jdbc.sql("update chat_connection set abilities = ? where id = ?")
        .param(capabilities.stream().map(Capability::name).sorted().toArray(String[]::new))
        .param(connection.value())
        .update();
  }

  /// Those that are both switched on and granted to the connection.
  Set<Capability> usable(ConnectionId connection) {
    return jdbc.sql(
            "select array(select a.capability from chat_ability a where a.network = c.network"
                + " and a.capability = any (c.abilities)) as usable"
                + " from chat_connection c where c.id = ?")
        .param(connection.value())
        .query(Abilities::toSet)
        .optional()
        .orElseGet(() -> EnumSet.noneOf(Capability.class));
  }

  /// What it does, as the name of its switch.
  public static String title(Capability capability) {
    return switch (capability) {
      case HEAR -> "Read messages in channels";
      case JOIN -> "Join public channels";
      case POST_ANYWHERE -> "Post in public channels without joining";
      case TOPIC -> "Set the topic of channels";
      case GROUP -> "Say who is in a user group";
      case POST,
          THREAD,
          DIRECT,
          UPDATE,
          DELETE,
          EPHEMERAL,
          ACTIONS,
          FORM,
          HOME,
          COMMAND,
          LOOKUP,
          EMAIL ->
          capability.name();
    };
  }

  private static Set<Capability> toSet(ResultSet row, int number) throws SQLException {
    Array names = row.getArray("usable");
    return known(Arrays.asList((String[]) names.getArray()));
  }

  /// A name that a newer server has written is not ours to use.
  private static Set<Capability> known(List<String> names) {
    Set<Capability> known = EnumSet.allOf(Capability.class);
    known.removeIf(each -> !names.contains(each.name()));
    return known;
  }
}
