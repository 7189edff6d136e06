package dev.bothy.platform.audit;

import dev.bothy.platform.audit.Verification.Broken;
import dev.bothy.platform.audit.Verification.Fault;
import dev.bothy.platform.audit.Verification.Intact;
import dev.bothy.platform.kernel.WorkspaceId;
import dev.bothy.platform.workspace.Workspaces;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Service;

/// Looks after each workspace's chain once a day: verifies it, keeps its head outside of the
/// database, and takes away what is older than the log's clock.
///
/// It is no work of the schedule: a chain of a million entries takes longer than a lane may be
/// held.
@Service
public class ChainCare {
  /// Details: `fault`, and `position` where it is known.
  static final String BROKEN = "audit.chain-broken";

  static final Duration INTERVAL = Duration.ofDays(1);

  private static final Logger LOG = LoggerFactory.getLogger(ChainCare.class);

  /// How long one has for a chain before another server may begin with it.
  private static final Duration TURN = Duration.ofHours(2);

  private static final int WORKSPACES = 100;

  /// By how much the clocks of a server and of its database may differ.
  private static final Duration CLOCKS_DIFFER = Duration.ofMinutes(5);

  private final AuditChain chain;
  private final AuditHeads heads;
  private final AuditSweep sweep;
  private final Linker linker;
  private final Audit audit;
  private final JdbcClient jdbc;
  private final Workspaces workspaces;
  private final Clock clock;

  ChainCare(
      AuditChain chain,
      AuditHeads heads,
      AuditSweep sweep,
      Linker linker,
      Audit audit,
      JdbcClient jdbc,
      Workspaces workspaces,
      Clock clock) {
    this.chain = chain;
    this.heads = heads;
    this.sweep = sweep;
    this.linker = linker;
    this.audit = audit;
    this.jdbc = jdbc;
    this.workspaces = workspaces;
    this.clock = clock;
  }

  @Scheduled(initialDelayString = "PT2M", fixedDelayString = "PT5M")
  void careForAll() {
    Instant now = clock.instant();
    List<WorkspaceId> due =
        workspaces.forInstallation(() ->
            jdbc.sql("select audit_to_check(?, ?)")
                .params(AuditRows.column(now), WORKSPACES)
                .query((row, _) -> new WorkspaceId(row.getObject(1, UUID.class)))
                .list());
    for (WorkspaceId workspace : due) {
      try {
        if (takeTurn(workspace, now)) {
          careFor(workspace);
        }
      } catch (RuntimeException e) {
        LOG.warn("The audit chain of {} could not be looked after", workspace, e);
      }
    }
  }

  /// Looks after one workspace's chain now.
  Verification careFor(WorkspaceId workspace) {
    Verification found = verify(workspace);
    boolean headHolds =
        switch (found) {
          case Intact intact -> true;
          // Kept now, it would be what the next look compares with, and the fault would be
          // forgiven.
          case Broken broken ->
              switch (broken.fault()) {
                case END_CUT, HEAD_DIFFERS, EMPTIED -> false;
                case ENTRY_CHANGED, ENTRY_MISSING, LINK_MISSING, REORDERED, NOT_LINKED, START_CUT ->
                    true;
              };
        };
    if (headHolds) {
      workspaces.inWorkspace(workspace, chain::head).ifPresent(head -> heads.keep(workspace, head));
    }
    sweep.sweep(workspace);
    return found;
  }

  /// The head that a restore left behind: it was kept after the backup's snapshot, and the chain
  /// that came back does not go that far. Empty where the chain has the newest head, and where a
  /// restore does not explain that it has not: the next verification says so then. Called outside
  /// of any transaction.
  ///
  /// @param backup when the backup's snapshot was taken
  public Optional<AuditHeads.Head> leftBehind(WorkspaceId workspace, Instant backup) {
    Instant sure = backup.minus(CLOCKS_DIFFER);
    Optional<AuditHeads.Head> newest = heads.newestKept(workspace);
    Optional<AuditHeads.Head> before = heads.newestKept(workspace, sure);
    return workspaces.inWorkspace(
        workspace,
        () ->
            newest
                .filter(head -> head.at().isAfter(sure))
                .filter(head -> !chain.has(head))
                .filter(_ -> before.map(chain::has).orElse(true)));
  }

  /// Goes on from the end of a chain that a restore put back: the heads that it left behind are put
  /// aside, and the present one is kept. Called outside of any transaction, for a workspace that
  /// has [#leftBehind] any.
  ///
  /// @param label names what was put aside, of `a-z`, `0-9` and `-`
  public void goOnFromHere(WorkspaceId workspace, Instant backup, String label) {
    linker.link(workspace);
    heads.putAside(workspace, backup.minus(CLOCKS_DIFFER), label);
    workspaces.inWorkspace(workspace, chain::head).ifPresent(head -> heads.keep(workspace, head));
  }

  /// Takes away what is older than the log's clock. Called outside of any transaction.
  ///
  /// @return how many entries went
  public long sweep(WorkspaceId workspace) {
    return sweep.sweep(workspace);
  }

  /// Verifies a workspace's chain and notes what was found, for the page and the alert. Called
  /// outside of any transaction. A fault that was not there at the look before is an entry of the
  /// log.
  public Verification verify(WorkspaceId workspace) {
    Verification found = chain.verify(workspace);
    workspaces.inWorkspace(
        workspace,
        () -> {
          switch (found) {
            case Intact intact -> note(workspace, intact.at(), intact.last(), null);
            case Broken broken -> {
              boolean known = note(workspace, broken.at(), 0, broken);
              if (!known) {
                LOG.error("The audit chain of {} is broken: {}", workspace, broken);
              }
              // A log that was emptied takes no entry any more.
              if (!known && broken.fault() != Fault.EMPTIED) {
                audit.record(
                    new Actor.System(),
                    BROKEN,
                    Subject.of("audit.log", workspace.value()),
                    Map.of(
                        "fault",
                        broken.fault().name().toLowerCase(Locale.ROOT).replace('_', '-'),
                        "position",
                        broken.position() == null ? "none" : "" + broken.position()));
              }
            }
          }
        });
    return found;
  }

  /// The last look at a chain.
  ///
  /// @param links how far the chain went; 0 when it was broken
  /// @param fault null if it held
  /// @param position of the fault; null where it has none
  /// @param entry that the fault is about; null where it is about none
  public record Look(
      Instant at,
      long links,
      @Nullable Fault fault,
      @Nullable Long position,
      @Nullable UUID entry) {}

  /// The last look at the chain of the transaction's workspace; empty before the first.
  public Optional<Look> lastLook() {
    return jdbc.sql(
            "select checked_at, links, fault, position, entry_id from audit_check"
                + " where checked_at is not null")
        .query((row, _) -> {
          String fault = row.getString("fault");
          return new Look(
              row.getObject("checked_at", OffsetDateTime.class).toInstant(),
              row.getLong("links"),
              fault == null ? null : Fault.valueOf(fault),
              row.getObject("position", Long.class),
              row.getObject("entry_id", UUID.class));
        })
        .optional();
  }

  private boolean takeTurn(WorkspaceId workspace, Instant now) {
    return workspaces.inWorkspace(
        workspace,
        () ->
            jdbc.sql("update audit_check set due_at = ? where due_at <= ?")
                    .params(AuditRows.column(now.plus(TURN)), AuditRows.column(now))
                    .update()
                == 1);
  }

  /// Whether the fault was known.
  private boolean note(WorkspaceId workspace, Instant at, long links, @Nullable Broken broken) {
    String fault = broken == null ? null : broken.fault().name();
    boolean known =
        jdbc.sql("select exists (select from audit_check where fault = ?)")
            .param(fault)
            .query(Boolean.class)
            .single();
    jdbc.sql(
            "insert into audit_check (workspace_id, due_at, checked_at, links, fault, position,"
                + " entry_id) values (?, ?, ?, ?, ?, ?, ?) on conflict (workspace_id) do update set"
                + " due_at = excluded.due_at, checked_at = excluded.checked_at,"
                + " links = excluded.links, fault = excluded.fault, position = excluded.position,"
                + " entry_id = excluded.entry_id")
        .param(workspace.value())
        .param(AuditRows.column(at.plus(INTERVAL)))
        .param(AuditRows.column(at))
        .param(links)
        .param(fault)
        .param(broken == null ? null : broken.position())
        .param(broken == null ? null : broken.entry())
        .update();
    return known;
  }
}
