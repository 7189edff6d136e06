package dev.bothy.platform.work;

import dev.bothy.platform.workspace.Workspaces;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;

/// What only one replica may do at a time, such as holding a connection to a network. Leases are on
/// the database's time. What is held for long is best held through a [LeasedConnection], which
/// prolongs the lease and knows when it must let go.
///
/// ## Fencing
///
/// A holder may be paused without knowing it and wake up when another holds the lease. What it then
/// does in the database is refused if its transaction calls [#confirm].
@Service
public class Leases {
  private static final String STILL_OURS =
      "held.holder = :self and held.ends_at >= clock_timestamp()";

  private final JdbcClient jdbc;
  private final Workspaces workspaces;
  private final List<WorkGate> gates;
  private final UUID self = UUID.randomUUID();

  @Autowired
  Leases(JdbcClient jdbc, Workspaces workspaces, List<WorkGate> gates) {
    this.jdbc = jdbc;
    this.workspaces = workspaces;
    this.gates = List.copyOf(gates);
  }

  /// Leases of a process that nothing holds up.
  Leases(JdbcClient jdbc, Workspaces workspaces) {
    this(jdbc, workspaces, List.of());
  }

  /// Whether connections to networks may be held now.
  boolean mayConnect() {
    return gates.stream().allMatch(WorkGate::isOpen);
  }

  /// A lease that this process holds.
  ///
  /// @param fence rises whenever the lease changes hands, so that what an earlier holder does late
  ///   can be told from what the present one does
  public record Lease(String name, long fence) {}

  /// What is known of a lease that somebody holds.
  ///
  /// @param here whether this process is the holder
  /// @param said what the holder said last; null when it said nothing yet
  public record Holding(Instant since, boolean here, @Nullable String said) {}

  /// Takes the lease, or prolongs it if this process holds it already. Empty while another process
  /// holds it.
  ///
  /// @param name 1 to 200 characters
  /// @param length after which it is free if it is not prolonged
  public Optional<Lease> take(String name, Duration length) {
    return workspaces.forInstallation(() ->
        jdbc.sql(
                "insert into lease as held (name, holder, fence, ends_at)"
                    + " values (:name, :self, 1, clock_timestamp() + make_interval(secs => :secs))"
                    + " on conflict (name) do update set holder = :self,"
                    + " fence = case when "
                    + STILL_OURS
                    + " then held.fence else held.fence + 1 end,"
                    + " taken_at = case when "
                    + STILL_OURS
                    + " then held.taken_at else clock_timestamp() end,"
                    + " said = case when "
                    + STILL_OURS
                    + " then held.said end,"
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

  /// Makes the current transaction, of a workspace or of the installation, depend on the lease:
  /// until it ends nobody else can take the lease.
  ///
  /// @throws LeaseOutdated when this process does not hold the lease any more; the transaction
  ///   rolls back
  public void confirm(Lease lease) {
    // Shared, so that several transactions of the holder run side by side; taking waits for all.
    Optional<Long> held =
        jdbc.sql(
                "select fence from lease where name = ? and holder = ? and fence = ?"
                    + " and ends_at >= clock_timestamp() for share")
            .params(lease.name(), self, lease.fence())
            .query(Long.class)
            .optional();
    if (held.isEmpty()) {
      throw new LeaseOutdated(lease);
    }
  }

  /// Keeps what the holder says of what it holds, for [#look]; false, and nothing is kept, when it
  /// is the holder no more.
  ///
  /// @param words up to 1000 characters, nothing secret and nothing of people
  public boolean say(Lease lease, String words) {
    return workspaces.forInstallation(() ->
        jdbc.sql(
                    "update lease set said = ? where name = ? and holder = ? and fence = ?"
                        + " and ends_at >= clock_timestamp()")
                .params(words, lease.name(), self, lease.fence())
                .update()
            == 1);
  }

  /// Who holds the lease now; empty when nobody does.
  public Optional<Holding> look(String name) {
    return workspaces.forInstallation(() ->
        jdbc.sql(
                "select taken_at, holder, said from lease"
                    + " where name = ? and ends_at >= clock_timestamp()")
            .param(name)
            .query((row, number) ->
                new Holding(
                    row.getObject("taken_at", OffsetDateTime.class).toInstant(),
                    row.getObject("holder", UUID.class).equals(self),
                    row.getString("said")))
            .optional());
  }
}
