package dev.bothy.platform.work;

import dev.bothy.platform.workspace.Workspaces;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;

/// What only one replica may do at a time, such as holding a connection to a network. Leases are on
/// the database's time.
@Service
public class Leases {
  private final JdbcClient jdbc;
  private final Workspaces workspaces;
  private final UUID self = UUID.randomUUID();

  Leases(JdbcClient jdbc, Workspaces workspaces) {
    this.jdbc = jdbc;
    this.workspaces = workspaces;
  }

  /// A lease that this process holds.
  ///
  /// @param fence rises whenever the lease changes hands, so that what an earlier holder does late
  ///   can be told from what the present one does
  public record Lease(String name, long fence) {}

  /// Takes the lease, or prolongs it if this process holds it already. Empty while another process
  /// holds it.
  ///
  /// @param length after which it is free if it is not prolonged
  public Optional<Lease> take(String name, Duration length) {
    return workspaces.forInstallation(() ->
        jdbc.sql(
                "insert into lease as held (name, holder, fence, ends_at)"
                    + " values (:name, :self, 1, clock_timestamp() + make_interval(secs => :secs))"
                    + " on conflict (name) do update set holder = :self,"
                    + " fence = case when held.holder = :self and held.ends_at >= clock_timestamp()"
                    + " then held.fence else held.fence + 1 end,"
                    + " ends_at = excluded.ends_at"
                    + " where held.holder = :self or held.ends_at < clock_timestamp()"
                    + " returning fence")
            .param("name", name)
            .param("self", self)
            .param("secs", (double) length.toMillis() / 1000)
            .query(Long.class)
            .optional()
            .map(fence -> new Lease(name, fence)));
  }

  /// Gives the lease back at once; nothing happens if it was lost meanwhile. The row stays, so that
  /// the fence goes on rising.
  public void giveBack(Lease lease) {
    workspaces.forInstallation(() ->
        jdbc.sql(
                "update lease set ends_at = '-infinity' where name = ? and holder = ?"
                    + " and fence = ?")
            .params(lease.name(), self, lease.fence())
            .update());
  }
}
