package dev.bothy.platform.audit;

import dev.bothy.platform.audit.Verification.Broken;
import dev.bothy.platform.audit.Verification.Fault;
import dev.bothy.platform.kernel.WorkspaceId;
import dev.bothy.platform.workspace.Workspaces;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;

/// The chain over a workspace's audit log: nothing in it can be changed, taken out, put in or moved
/// without the hashes after it telling.
///
/// ## What it cannot tell
///
/// Who owns the database can make the whole chain anew, or cut off its end. That shows against a
/// head that was kept elsewhere ([AuditHeads]), up to the time of that head.
@Service
public class AuditChain {
  private static final int FETCHED = 500;

  private static final String LINKS =
      "select l.entry_id, e.id is null as gone, "
          + AuditRows.COLUMNS
          + " from audit_link l left join audit_entry e"
          + " on e.workspace_id = l.workspace_id and e.id = l.entry_id"
          + " where l.position > ? order by l.position";

  private final JdbcClient jdbc;
  private final Workspaces workspaces;
  private final AuditRows rows;
  private final AuditHeads heads;
  private final Clock clock;

  AuditChain(
      JdbcClient jdbc, Workspaces workspaces, AuditRows rows, AuditHeads heads, Clock clock) {
    this.jdbc = jdbc;
    this.workspaces = workspaces;
    this.rows = rows;
    this.heads = heads;
    this.clock = clock;
  }

  /// Looks at the whole chain of a workspace, in memory for some hundred entries. Called outside of
  /// any transaction. What is written or swept meanwhile does not disturb it.
  public Verification verify(WorkspaceId workspace) {
    Optional<AuditHeads.Head> kept = heads.newestKept(workspace);
    return workspaces.inWorkspace(
        workspace,
        () -> {
          Instant now = clock.instant();
          @Nullable Broken broken =
              isEmptied(workspace)
                  ? new Broken(now, Fault.EMPTIED, null, null)
                  : kept.map(head -> against(head, now)).orElse(null);
          ChainWalk walk = new ChainWalk(workspace, now, this::sweptTo, this::stoodElsewhere);
          if (broken == null) {
            jdbc.sql(LINKS)
                .param(0L)
                .withFetchSize(FETCHED)
                .query(row -> {
                  walk.step(linked(row));
                });
            broken = walk.broken();
          }
          if (broken == null) {
            broken = notLinked(now).orElse(null);
          }
          return broken != null
              ? broken
              : new Verification.Intact(
                  now, walk.first(), walk.last(), kept.orElse(null), count("audit_unlinked"));
        });
  }

  /// The chain's end; empty when nothing was linked yet. Called in a transaction of the workspace.
  Optional<AuditHeads.Head> head() {
    Instant now = clock.instant();
    return jdbc.sql("select position, hash from audit_link order by position desc limit 1")
        .query((row, _) ->
            new AuditHeads.Head(
                row.getLong("position"), HexFormat.of().formatHex(row.getBytes("hash")), now))
        .optional();
  }

  /// Whether the chain has this head, or had it before the log's clock took it away. Called in a
  /// transaction of the workspace.
  boolean has(AuditHeads.Head head) {
    return against(head, clock.instant()) == null;
  }

  /// A link with its entry.
  ///
  /// @param gone whether there is no such entry
  /// @param entry null if it is gone, or is nothing that Bothy could have written
  record Linked(long position, byte[] hash, UUID id, boolean gone, @Nullable AuditEntry entry) {}

  private Linked linked(ResultSet row) throws SQLException {
    boolean gone = row.getBoolean("gone");
    return new Linked(
        row.getLong("position"),
        row.getBytes("hash"),
        row.getObject("entry_id", UUID.class),
        gone,
        gone ? null : rows.entryOrNull(row));
  }

  private boolean isEmptied(WorkspaceId workspace) {
    return jdbc.sql("select exists (select from audit_emptied_alive() alive where alive = ?)")
        .param(workspace.value())
        .query(Boolean.class)
        .single();
  }

  private @Nullable Broken against(AuditHeads.Head kept, Instant now) {
    Optional<String> hash =
        jdbc.sql("select encode(hash, 'hex') from audit_link where position = ?")
            .param(kept.position())
            .query(String.class)
            .optional();
    if (hash.isPresent()) {
      return hash.get().equals(kept.hash())
          ? null
          : new Broken(now, Fault.HEAD_DIFFERS, kept.position(), null);
    }
    long last =
        jdbc.sql("select coalesce(max(position), 0) from audit_link").query(Long.class).single();
    // Else it was swept, or is missing between others, which the walk finds.
    return last < kept.position() ? new Broken(now, Fault.END_CUT, last + 1, null) : null;
  }

  /// Whether Bothy took away all up to this link, and said so in the log.
  private boolean sweptTo(long position, String hash) {
    return jdbc.sql(
            "select exists (select from audit_entry where action = ?"
                + " and details->>'position' = ? and details->>'hash' = ?)")
        .params(AuditSweep.SWEPT, String.valueOf(position), hash)
        .query(Boolean.class)
        .single();
  }

  /// Whether an entry from this position on belongs after a hash: what is wrong there is then the
  /// order. Reads on through the chain, which only a broken one costs.
  private boolean stoodElsewhere(WorkspaceId workspace, Linked at, byte[] before) {
    boolean[] found = {false};
    jdbc.sql(LINKS)
        .param(at.position() - 1)
        .withFetchSize(FETCHED)
        .query(row -> {
          Linked later = linked(row);
          if (!found[0] && later.entry() != null) {
            byte[] hash = Sha256.of(before, EntryBytes.of(workspace, later.entry()));
            found[0] = Arrays.equals(hash, at.hash()) || Arrays.equals(hash, later.hash());
          }
        });
    return found[0];
  }

  /// One statement, so that an entry which is being linked is either still in the queue or already
  /// in the chain.
  private Optional<Broken> notLinked(Instant now) {
    return jdbc.sql(
            """
            select e.id, false as gone from audit_entry e
              where not exists (select from audit_link l where l.workspace_id = e.workspace_id and l.entry_id = e.id)
                and not exists (select from audit_unlinked u where u.workspace_id = e.workspace_id and u.entry_id = e.id)
            union all
            select u.entry_id, true from audit_unlinked u
              where not exists (select from audit_entry e where e.workspace_id = u.workspace_id and e.id = u.entry_id)
            order by 1 limit 1
            """)
        .query((row, _) ->
            new Broken(
                now,
                row.getBoolean("gone") ? Fault.ENTRY_MISSING : Fault.NOT_LINKED,
                null,
                row.getObject("id", UUID.class)))
        .optional();
  }

  private long count(String table) {
    return jdbc.sql("select count(*) from " + table).query(Long.class).single();
  }
}
