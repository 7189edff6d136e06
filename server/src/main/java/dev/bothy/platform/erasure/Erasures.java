package dev.bothy.platform.erasure;

import dev.bothy.platform.kernel.Ids;
import dev.bothy.platform.kernel.PersonId;
import dev.bothy.platform.kernel.WorkspaceId;
import dev.bothy.platform.keys.Purpose;
import dev.bothy.platform.keys.SealedColumn;
import dev.bothy.platform.people.Ended;
import dev.bothy.platform.people.Member;
import dev.bothy.platform.people.MemberFilter;
import dev.bothy.platform.people.Members;
import dev.bothy.platform.people.Role;
import dev.bothy.platform.privacy.AccountsOfPerson;
import dev.bothy.platform.privacy.ChatAccount;
import dev.bothy.platform.workspace.Workspaces;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/// Erases, for good. What is asked for begins at once and goes on by itself, also after a crash;
/// when all is gone there is a signed receipt. Called within a transaction of the workspace; who
/// may ask, and the line in the audit log, is the caller's.
@Service
public class Erasures {
  private final ErasureTable table;
  private final ErasureWork work;
  private final ErasureReceipts receipts;
  private final ErasureLedger ledger;
  private final ErasedWorkspaces erased;
  private final Members members;
  private final AccountsOfPerson accounts;
  private final List<SealedColumn> sealed;
  private final Workspaces workspaces;
  private final Clock clock;

  Erasures(
      ErasureTable table,
      ErasureWork work,
      ErasureReceipts receipts,
      ErasureLedger ledger,
      ErasedWorkspaces erased,
      Members members,
      AccountsOfPerson accounts,
      List<SealedColumn> sealed,
      Workspaces workspaces,
      Clock clock) {
    this.table = table;
    this.work = work;
    this.receipts = receipts;
    this.ledger = ledger;
    this.erased = erased;
    this.members = members;
    this.accounts = accounts;
    this.sealed = sealed;
    this.workspaces = workspaces;
    this.clock = clock;
  }

  /// What became of asking for one.
  public sealed interface Outcome {
    /// It has begun.
    record Begun(Erasure erasure) implements Outcome {}

    /// It had begun already.
    record UnderWay(Erasure erasure) implements Outcome {}

    /// There is nothing here of this id.
    record Unknown() implements Outcome {}

    /// The workspace would have no owner; this is so for oneself too.
    record LastOwner() implements Outcome {}

    /// The workspace's directory still sends them, and would make them again.
    record InDirectory() implements Outcome {}
  }

  /// Erases a person from the current workspace.
  ///
  /// @param requestedBy null for Bothy itself
  public Outcome ofPerson(PersonId person, @Nullable PersonId requestedBy) {
    ErasureTarget target = new ErasureTarget.OfPerson(person);
    Optional<Erasure> running = running(target);
    if (running.isPresent()) {
      return new Outcome.UnderWay(running.get());
    }
    Optional<Member> found = members.find(person);
    if (found.isEmpty()) {
      return new Outcome.Unknown();
    }
    Member member = found.get();
    if (member.active() && member.isOwner() && isOnlyOwner(person)) {
      return new Outcome.LastOwner();
    }
    if (members.isHeldByDirectory(person)) {
      return new Outcome.InDirectory();
    }
    return begin(
        target,
        requestedBy,
        accounts.everyAccountOf(person),
        member.endings().contains(Ended.DIRECTORY)
            ? List.of(
                "The directory described this person and has let them go. If it sends them again"
                    + " they are a new person here.")
            : List.of());
  }

  /// Erases all that an app holds in the current workspace, and its keys.
  ///
  /// @param app its module id, such as `rotations`
  /// @param requestedBy null for Bothy itself
  public Outcome ofApp(String app, @Nullable PersonId requestedBy) {
    return apps().contains(app)
        ? beginOnce(new ErasureTarget.OfApp(app), requestedBy)
        : new Outcome.Unknown();
  }

  /// Erases the current workspace with everything in it, and its keys.
  ///
  /// @param requestedBy null for Bothy itself
  public Outcome ofWorkspace(@Nullable PersonId requestedBy) {
    return beginOnce(new ErasureTarget.OfWorkspace(), requestedBy);
  }

  /// The module ids of the apps, by name.
  public List<String> apps() {
    return sealed.stream()
        .map(column -> column.purpose().owner())
        .filter(owner -> !owner.equals(Purpose.PLATFORM))
        .distinct()
        .sorted()
        .toList();
  }

  /// One of the current workspace.
  public Optional<Erasure> find(UUID id) {
    return table.find(id).map(this::toErasure);
  }

  /// The last 200 of the current workspace, newest first.
  public List<Erasure> list() {
    return table.list().stream().map(this::toErasure).toList();
  }

  /// The receipt as a JSON document, with the statement as it was signed; empty if there is no such
  /// erasure in the current workspace, or it is not done yet.
  public Optional<String> receipt(UUID id) {
    return receipts.document(id);
  }

  /// Whether a restored database can be told what was erased.
  public boolean hasLedger() {
    return ledger.isConfigured();
  }

  /// The receipt of a workspace that is gone; called outside of any transaction.
  public Optional<String> receiptOf(WorkspaceId workspace) {
    return workspaces.forInstallation(() -> erased.signed(workspace).map(receipts::document));
  }

  private Outcome beginOnce(ErasureTarget target, @Nullable PersonId requestedBy) {
    return running(target)
        .<Outcome>map(Outcome.UnderWay::new)
        .orElseGet(() -> begin(target, requestedBy, List.of(), List.of()));
  }

  private Outcome begin(
      ErasureTarget target,
      @Nullable PersonId requestedBy,
      List<ChatAccount> known,
      List<String> notes) {
    Instant now = clock.instant();
    UUID id = Ids.next(clock);
    ErasureRow row =
        new ErasureRow(
            workspaces.current(),
            id,
            target,
            requestedBy,
            now,
            known,
            work.steps(target).getFirst(),
            new TreeMap<>(),
            notes,
            null,
            null,
            null);
    if (!table.insert(row)) {
      return new Outcome.UnderWay(running(target).orElseThrow());
    }
    work.schedule(row);
    return new Outcome.Begun(find(id).orElseThrow());
  }

  private boolean isOnlyOwner(PersonId person) {
    MemberFilter owners = new MemberFilter("", Role.OWNER, MemberFilter.State.ACTIVE);
    return members.page(owners, 0, 2).members().stream()
        .allMatch(owner -> owner.person().equals(person));
  }

  private Optional<Erasure> running(ErasureTarget target) {
    return table.running(target, workspaces.current()).map(this::toErasure);
  }

  private Erasure toErasure(ErasureRow row) {
    List<String> steps = work.steps(row.target());
    Erasure.State state =
        row.finishedAt() != null
            ? new Erasure.State.Done(row.finishedAt())
            : row.waitsFor() != null
                ? new Erasure.State.Waiting(row.step(), row.waitsFor())
                : new Erasure.State.Running(
                    row.step(), Math.max(0, steps.indexOf(row.step())) + 1, steps.size());
    return new Erasure(
        row.id(),
        row.target(),
        row.requestedBy(),
        row.requestedAt(),
        state,
        row.counts(),
        row.notes());
  }
}
