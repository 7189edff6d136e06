package dev.bothy.platform.erasure;

import dev.bothy.platform.audit.Actor;
import dev.bothy.platform.chat.Connections;
import dev.bothy.platform.kernel.PersonId;
import dev.bothy.platform.kernel.WorkspaceId;
import dev.bothy.platform.people.Member;
import dev.bothy.platform.people.MemberFilter;
import dev.bothy.platform.people.Members;
import dev.bothy.platform.privacy.Selection;
import dev.bothy.platform.storage.StorageException;
import dev.bothy.platform.workspace.Workspaces;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// Erases a workspace. Its connections end, then go the rows of each module, people's places with
/// the sessions of those who have no other, the keys, and whatever table the catalogue knows
/// besides; at last the workspace's own row, and a receipt takes its place.
@Component
class WorkspaceSteps implements Steps {
  private static final Logger LOG = LoggerFactory.getLogger(WorkspaceSteps.class);

  static final String CONNECTIONS = "connections";
  static final String PLACES = "places";
  static final String KEYS = "keys";
  static final String REST = "rest";
  static final String END = "end";

  /// What the work itself stands on, and the receipt.
  private static final Set<String> LAST =
      Set.of("erasure", "lane", "scheduled_item", "key_change", "key_destruction");

  /// Emptied in steps of their own, or by the last ones.
  private static final Set<String> LATER =
      Set.of("people", "audit", "keymanagement", "erasure", "bin");

  private static final int PLACES_AT_ONCE = 50;
  private static final String SENDING =
      "What the end of the places has to tell others, such as Keycloak, is sent first; that is"
          + " waited for two minutes at most.";
  private static final String FORGETTING =
      "Every server lets go of the keys first, which takes a few seconds.";

  private final ModuleRows rows;
  private final WorkspaceTables tables;
  private final RowEraser eraser;
  private final KeysOfErased keys;
  private final InstallationEraser installation;
  private final ErasureTable table;
  private final ErasureReceipts receipts;
  private final ErasedWorkspaces erased;
  private final ErasureLedger ledger;
  private final Members members;
  private final Connections connections;
  private final Workspaces workspaces;
  private final JdbcClient jdbc;

  WorkspaceSteps(
      ModuleRows rows,
      WorkspaceTables tables,
      RowEraser eraser,
      KeysOfErased keys,
      InstallationEraser installation,
      ErasureTable table,
      ErasureReceipts receipts,
      ErasedWorkspaces erased,
      ErasureLedger ledger,
      Members members,
      Connections connections,
      Workspaces workspaces,
      JdbcClient jdbc) {
    this.rows = rows;
    this.tables = tables;
    this.eraser = eraser;
    this.keys = keys;
    this.installation = installation;
    this.table = table;
    this.receipts = receipts;
    this.erased = erased;
    this.ledger = ledger;
    this.members = members;
    this.connections = connections;
    this.workspaces = workspaces;
    this.jdbc = jdbc;
  }

  @Override
  public String kind() {
    return "workspace";
  }

  @Override
  public List<String> names(ErasureTarget target) {
    return Stream.of(
            Stream.of(CONNECTIONS),
            rows.modules().stream()
                .filter(module -> !LATER.contains(module))
                .map(module -> PersonSteps.ROWS + module),
            Stream.of(PLACES, PersonSteps.ROWS + "people", KEYS, REST, END))
        .flatMap(steps -> steps)
        .toList();
  }

  @Override
  public void prepare(WorkspaceId workspace, ErasureRow row) {
    switch (row.step()) {
      case KEYS -> keys.prepare(workspace, null);
      case PLACES ->
          workspaces
              .inWorkspace(workspace, this::somePeople)
              .forEach(person -> forget(row, person));
      default -> {}
    }
  }

  @Override
  public Progress run(ErasureRow row, Instant now) {
    return switch (row.step()) {
      case CONNECTIONS -> connections();
      case PLACES -> places(row);
      case KEYS -> isSending() ? new Progress.Wait(SENDING) : keys.run(row, null);
      case REST -> rest(row);
      case END -> end(row, now);
      default -> rows.batch(row, row.step().substring(PersonSteps.ROWS.length()));
    };
  }

  private Progress connections() {
    connections.list().forEach(each -> connections.end(each.id(), "erased"));
    return new Progress.Next();
  }

  private List<PersonId> somePeople() {
    return members.page(MemberFilter.ALL, 0, PLACES_AT_ONCE).members().stream()
        .map(Member::person)
        .toList();
  }

  /// What the installation knows of somebody who is here alone, before their place is gone: after a
  /// crash they are still found by it.
  private void forget(ErasureRow row, PersonId person) {
    InstallationEraser.Outcome outcome = installation.eraseBut(person, row.workspace());
    workspaces.inWorkspace(
        row.workspace(), () -> outcome.notes().forEach(note -> table.note(row.id(), note)));
  }

  private Progress places(ErasureRow row) {
    List<PersonId> some = somePeople();
    some.forEach(person -> members.erase(person, new Actor.System(), true));
    if (some.isEmpty()) {
      return new Progress.Next();
    }
    table.count(row.id(), Map.of("member", (long) some.size()));
    return new Progress.More();
  }

  private Progress rest(ErasureRow row) {
    tables.batch("scheduled_item", "kind <> '" + ErasureWork.KIND + "'");
    for (String each : tables.inOrder()) {
      if (!LAST.contains(each)) {
        int gone = tables.batch(each);
        if (gone > 0) {
          table.count(row.id(), Map.of(each, (long) gone));
          return new Progress.More();
        }
      }
    }
    return new Progress.Next();
  }

  private Progress end(ErasureRow row, Instant now) {
    if (rest(row) instanceof Progress.More) {
      return new Progress.More();
    }
    if (isBeingForgotten()) {
      return new Progress.Wait(FORGETTING);
    }
    Signed receipt = receipts.sign(row, now);
    erased.add(row, receipt, now);
    String document = receipts.document(receipt);
    workspaces.afterCommit(() -> keep(row, document));
    for (String each : List.of("key_destruction", "key_change", "erasure")) {
      while (tables.batch(each) > 0) {
        workspaces.flush();
      }
    }
    tables.batch("lane", "not (queue = 'schedule' and kind = '" + ErasureWork.KIND + "')");
    tables.batch("workspace", "id = '" + row.workspace() + "'");
    return new Progress.Gone();
  }

  /// The database has it in any case.
  private void keep(ErasureRow row, String receipt) {
    try {
      ledger.keep(LedgerEntry.of(row), receipt);
    } catch (StorageException e) {
      LOG.warn("The receipt of the workspace {} is in the database alone", row.workspace(), e);
    }
  }

  /// Without its keys nothing could be sent any more.
  private boolean isSending() {
    return eraser.count(
            "outbox_item",
            new Selection(
                "(state in ('waiting', 'sending')"
                    + " and added_at > clock_timestamp() - interval '2 minutes')",
                Map.of()))
        > 0;
  }

  /// By the database's time, as the servers look.
  private boolean isBeingForgotten() {
    return jdbc.sql(
            "select exists (select from key_changes_since(clock_timestamp() - interval '5 seconds')"
                + " changed where changed.workspace_id = ?)")
        .param(workspaces.current().value())
        .query(Boolean.class)
        .single();
  }
}
