package dev.bothy.platform.erasure;

import dev.bothy.platform.kernel.WorkspaceId;
import dev.bothy.platform.keymanagement.ReceiptSigner;
import dev.bothy.platform.storage.StorageException;
import dev.bothy.platform.workspace.Workspaces;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Service;

/// Does again what the ledger says was erased and the database does not know of, as after a restore
/// from a backup that is older. A restored service serves only after it.
@Service
public class ErasureReplay {
  private static final Logger LOG = LoggerFactory.getLogger(ErasureReplay.class);

  private final ErasureLedger ledger;
  private final ErasureTable table;
  private final ErasedWorkspaces erased;
  private final ErasureWork work;
  private final ReceiptSigner signer;
  private final Workspaces workspaces;

  ErasureReplay(
      ErasureLedger ledger,
      ErasureTable table,
      ErasedWorkspaces erased,
      ErasureWork work,
      ReceiptSigner signer,
      Workspaces workspaces) {
    this.ledger = ledger;
    this.table = table;
    this.erased = erased;
    this.work = work;
    this.signer = signer;
    this.workspaces = workspaces;
  }

  /// What became of an entry.
  public sealed interface Replayed {
    /// The ledger's entry, below `erasures`: `2026/….json`.
    String file();

    /// It was done again, and is done.
    record Again(String file) implements Replayed {}

    /// The database knew of it: it is done, or was under way and is done now.
    record Known(String file) implements Replayed {}

    /// What was erased is not here: the workspace is unknown to this database.
    record NotHere(String file) implements Replayed {}

    /// It could not be finished now; it goes on by itself once the server runs.
    ///
    /// @param why in words
    record Waits(String file, String why) implements Replayed {}

    /// The file is no entry, or not signed by this installation: nothing was done.
    ///
    /// @param why in words
    record Refused(String file, String why) implements Replayed {}
  }

  /// Reads the whole ledger, oldest first, and erases again. Twice is as good as once. Called
  /// outside of any transaction.
  ///
  /// @return one for each file; a restore must not serve while one is refused or waits
  /// @throws StorageException if the ledger cannot be read
  public List<Replayed> replay() {
    // A database from before anything was signed has no key to compare with, and the first erasure
    // makes one.
    Optional<String> own = workspaces.forInstallation(signer::publicKey);
    List<Replayed> all = ledger.entries().stream().map(written -> check(written, own)).toList();
    all.forEach(each -> LOG.info("Erasure ledger: {}", each));
    return all;
  }

  /// @param own the key that signs; empty to believe any that the entry itself names
  private Replayed check(String written, Optional<String> own) {
    String file = ErasureLedger.name(written);
    LedgerEntry entry;
    try {
      SignedDocument document = SignedDocument.read(ledger.read(written));
      if (!document.holds()) {
        return new Replayed.Refused(file, "the signature does not hold");
      }
      if (own.isPresent() && !own.get().equals(document.publicKey())) {
        return new Replayed.Refused(file, "it is signed by another installation");
      }
      entry = LedgerEntry.read(document.signed().statement());
    } catch (IllegalArgumentException e) {
      return new Replayed.Refused(file, "it is no entry of the ledger");
    }
    return replay(file, entry);
  }

  private Replayed replay(String file, LedgerEntry entry) {
    if (isGone(entry)) {
      return new Replayed.NotHere(file);
    }
    // The same may be under way by another id, as when it was asked for twice. That one comes
    // first: both have accounts that the other one may not know.
    Optional<UUID> other = workspaces.inWorkspace(entry.workspace(), () -> otherRunning(entry));
    if (other.isPresent()) {
      Optional<String> why = finish(entry.workspace(), other.get());
      if (why.isPresent()) {
        return new Replayed.Waits(file, why.get());
      }
      if (isGone(entry)) {
        return new Replayed.NotHere(file);
      }
    }
    boolean known = !workspaces.inWorkspace(entry.workspace(), () -> insert(entry));
    return finish(entry.workspace(), entry.id())
        .<Replayed>map(why -> new Replayed.Waits(file, why))
        .orElseGet(() -> known ? new Replayed.Known(file) : new Replayed.Again(file));
  }

  private Optional<UUID> otherRunning(LedgerEntry entry) {
    return table
        .running(entry.target(), entry.workspace())
        .map(ErasureRow::id)
        .filter(id -> !id.equals(entry.id()));
  }

  /// Goes on with one until it is done.
  ///
  /// @return what it waits for, in words; empty when it is done
  private Optional<String> finish(WorkspaceId workspace, UUID id) {
    while (true) {
      switch (work.advance(workspace, id)) {
        case ErasureWork.Advance.More _ -> {}
        case ErasureWork.Advance.Done _ -> {
          return Optional.empty();
        }
        case ErasureWork.Advance.Waits(String why) -> {
          return Optional.of(why);
        }
      }
    }
  }

  private boolean isGone(LedgerEntry entry) {
    return workspaces.byIds(List.of(entry.workspace())).isEmpty()
        || workspaces.forInstallation(() -> erased.signed(entry.workspace()).isPresent());
  }

  /// Also in the schedule, so that what waits goes on.
  private boolean insert(LedgerEntry entry) {
    ErasureRow row =
        new ErasureRow(
            entry.workspace(),
            entry.id(),
            entry.target(),
            entry.requestedBy(),
            entry.requestedAt(),
            entry.accounts(),
            work.steps(entry.target()).getFirst(),
            new TreeMap<>(),
            List.of("Done again after the database was restored from a backup."),
            null,
            null,
            null);
    boolean inserted = table.insert(row);
    if (inserted) {
      work.schedule(row);
    }
    return inserted;
  }
}
