package dev.bothy.platform.erasure;

import dev.bothy.platform.keymanagement.ReceiptSigner;
import dev.bothy.platform.privacy.PrivacySettings;
import dev.bothy.platform.storage.ObjectStore;
import dev.bothy.platform.storage.Storage;
import dev.bothy.platform.storage.StorageException;
import dev.bothy.platform.storage.StoredObject;
import dev.bothy.platform.workspace.Workspaces;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// Writes down, outside of the database and its backups, what is about to be erased:
/// `erasures/<year>/<id>.json` in the ledger's folder, or else in the store for backups. A database
/// that was restored from before finds there what must go again.
@Component
class ErasureLedger {
  private static final String BELOW = "erasures/";
  private static final String ENDING = ".json";
  private static final String RECEIPT = ".receipt.json";
  private static final Pattern ENTRY = Pattern.compile("erasures/[^/]+/[0-9a-f-]{36}\\.json");

  private final @Nullable ObjectStore store;
  private final ReceiptSigner signer;
  private final Workspaces workspaces;

  ErasureLedger(
      PrivacySettings settings, Storage storage, ReceiptSigner signer, Workspaces workspaces) {
    this.store = storage.orFolder(settings.ledger()).orElse(null);
    this.signer = signer;
    this.workspaces = workspaces;
  }

  boolean isConfigured() {
    return store != null;
  }

  /// Writes the entry, unless it stands there already; it stays there once this returns. Called
  /// outside of any transaction.
  ///
  /// @throws StorageException if it cannot be written
  void write(LedgerEntry entry) {
    if (store == null || stands(store, entry)) {
      return;
    }
    String statement = entry.statement();
    SignedDocument document =
        workspaces.inWorkspace(
            entry.workspace(),
            () ->
                new SignedDocument(
                    new Signed(statement, signer.sign(statement.getBytes(StandardCharsets.UTF_8))),
                    signer.publicKey().orElseThrow()));
    store.put(key(entry, ENDING), bytes(document.text()));
  }

  /// Keeps the receipt beside the entry, where nobody in Bothy could be shown it any more.
  ///
  /// @throws StorageException if it cannot be written
  void keep(LedgerEntry entry, String receipt) {
    if (store != null) {
      store.put(key(entry, RECEIPT), bytes(receipt));
    }
  }

  private static boolean stands(ObjectStore store, LedgerEntry entry) {
    try {
      return SignedDocument.read(text(store, key(entry, ENDING)))
          .signed()
          .statement()
          .equals(entry.statement());
    } catch (StorageException | IllegalArgumentException e) {
      return false;
    }
  }

  /// Its entries, in the order of the erasures, each as [#read] and [#name] take it.
  ///
  /// @throws StorageException if they cannot be listed
  List<String> entries() {
    if (store == null) {
      return List.of();
    }
    // The ids begin with their time.
    return store.list(BELOW).stream()
        .map(StoredObject::key)
        .filter(key -> ENTRY.matcher(key).matches())
        .toList();
  }

  /// The document of one of [#entries].
  ///
  /// @throws StorageException if it cannot be read
  String read(String entry) {
    if (store == null) {
      throw new IllegalStateException("Without a ledger there is no entry");
    }
    return text(store, entry);
  }

  /// What one of [#entries] is called below `erasures`: `2026/….json`.
  static String name(String entry) {
    return entry.substring(BELOW.length());
  }

  private static String key(LedgerEntry entry, String ending) {
    int year = entry.requestedAt().atZone(ZoneOffset.UTC).getYear();
    return BELOW + year + "/" + entry.id() + ending;
  }

  private static byte[] bytes(String text) {
    return (text + "\n").getBytes(StandardCharsets.UTF_8);
  }

  private static String text(ObjectStore store, String key) {
    return new String(store.get(key), StandardCharsets.UTF_8);
  }
}
