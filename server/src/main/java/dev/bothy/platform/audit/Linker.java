package dev.bothy.platform.audit;

import dev.bothy.platform.kernel.WorkspaceId;
import dev.bothy.platform.workspace.Workspaces;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/// Links what waits, in the order in which it was written. One of all servers does so for a
/// workspace at a time: the others pass it over.
@Component
class Linker {
  private static final Logger LOG = LoggerFactory.getLogger(Linker.class);

  private static final int WORKSPACES = 200;
  private static final int BATCH = 500;

  /// What a chain begins with in place of a hash before.
  static final byte[] BEGINNING = new byte[Sha256.BYTES];

  private final JdbcClient jdbc;
  private final Workspaces workspaces;
  private final AuditRows rows;
  private final ApplicationEventPublisher events;
  private final Clock clock;

  Linker(
      JdbcClient jdbc,
      Workspaces workspaces,
      AuditRows rows,
      ApplicationEventPublisher events,
      Clock clock) {
    this.jdbc = jdbc;
    this.workspaces = workspaces;
    this.rows = rows;
    this.events = events;
    this.clock = clock;
  }

  /// Often enough that an entry is linked within seconds; nothing waiting costs one statement.
  @Scheduled(fixedDelayString = "PT1S")
  void linkAll() {
    List<WorkspaceId> waiting =
        workspaces.forInstallation(() ->
            jdbc.sql("select audit_to_link(?)")
                .param(WORKSPACES)
                .query((row, _) -> new WorkspaceId(row.getObject(1, UUID.class)))
                .list());
    for (WorkspaceId workspace : waiting) {
      try {
        link(workspace);
      } catch (RuntimeException e) {
        // The next one's entries do not wait for this one's fault; the age of what waits tells.
        LOG.warn("The audit log of {} could not be linked; it is tried again", workspace, e);
      }
    }
  }

  /// Links all that waits in a workspace.
  ///
  /// @return how many entries were linked here
  int link(WorkspaceId workspace) {
    int linked = 0;
    int batch;
    do {
      batch = workspaces.inWorkspace(workspace, () -> linkBatch(workspace));
      linked += batch;
    } while (batch == BATCH);
    return linked;
  }

  private int linkBatch(WorkspaceId workspace) {
    if (!tryLock(workspace)) {
      return 0;
    }
    List<AuditEntry> waiting = waiting();
    if (waiting.isEmpty()) {
      return 0;
    }
    End end = end();
    List<AuditEntry> linked = new ArrayList<>();
    for (AuditEntry entry : waiting) {
      end = new End(end.position() + 1, Sha256.of(end.hash(), EntryBytes.of(workspace, entry)));
      linked.add(
          entry.linked(new AuditEntry.Link(end.position(), HexFormat.of().formatHex(end.hash()))));
    }
    write(workspace, linked);
    for (AuditEntry entry : linked) {
      AuditEntry.Link link = Objects.requireNonNull(entry.link());
      events.publishEvent(new AuditLinked(workspace, entry, link.position(), link.hash()));
    }
    return linked.size();
  }

  /// Held until the transaction ends, so it passes a pooler of transactions.
  private boolean tryLock(WorkspaceId workspace) {
    return jdbc.sql("select pg_try_advisory_xact_lock(hashtextextended(?, 0))")
        .param("audit-chain/" + workspace)
        .query(Boolean.class)
        .single();
  }

  /// An entry that somebody took away before it was linked stays in the queue, where the
  /// verification finds it.
  private List<AuditEntry> waiting() {
    return jdbc.sql(
            "select "
                + AuditRows.COLUMNS
                + " from audit_unlinked u"
                + " join audit_entry e on e.workspace_id = u.workspace_id and e.id = u.entry_id"
                + " left join audit_link l on l.workspace_id = e.workspace_id and l.entry_id = e.id"
                + " where l.position is null order by u.number limit ?")
        .param(BATCH)
        .query((row, _) -> rows.entry(row))
        .list();
  }

  private record End(long position, byte[] hash) {}

  private End end() {
    return jdbc.sql("select position, hash from audit_link order by position desc limit 1")
        .query((row, _) -> new End(row.getLong("position"), row.getBytes("hash")))
        .optional()
        .orElse(new End(0, BEGINNING));
  }

  private void write(WorkspaceId workspace, List<AuditEntry> linked) {
    UUID[] ids = linked.stream().map(AuditEntry::id).toArray(UUID[]::new);
    long first = Objects.requireNonNull(linked.getFirst().link()).position();
    String[] hashes =
        linked.stream()
            .map(entry -> Objects.requireNonNull(entry.link()).hash())
            .toArray(String[]::new);
    jdbc.sql(
            "insert into audit_link (workspace_id, position, entry_id, hash)"
                + " select ?, ? + place - 1, id, decode(hash, 'hex')"
                + " from unnest(?::uuid[], ?::text[]) with ordinality as batch (id, hash, place)")
        .params(workspace.value(), first, ids, hashes)
        .update();
    jdbc.sql("delete from audit_unlinked where entry_id = any (?)").param(ids).update();
    if (first == 1) {
      jdbc.sql(
              "insert into audit_check (workspace_id, due_at) values (?, ?)"
                  + " on conflict (workspace_id) do nothing")
          .params(workspace.value(), AuditRows.column(clock.instant().plus(ChainCare.INTERVAL)))
          .update();
    }
  }
}
