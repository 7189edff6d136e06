package dev.bothy.platform.erasure;

import dev.bothy.platform.keymanagement.ReceiptSigner;
import dev.bothy.platform.privacy.PrivacySettings;
import dev.bothy.platform.workspace.Workspaces;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// Writes down, in files outside of the database and its backups, what is about to be erased:
/// `erasures/<year>/<id>.json`. A database that was restored from before finds there what must go
/// again.
@Component
class ErasureLedger {
  private static final String ENDING = ".json";
  private static final String RECEIPT = ".receipt.json";

  private final @Nullable Path folder;
  private final ReceiptSigner signer;
  private final Workspaces workspaces;

  ErasureLedger(PrivacySettings settings, ReceiptSigner signer, Workspaces workspaces) {
    Path ledger = settings.ledger();
    this.folder = ledger == null || ledger.toString().isBlank() ? null : ledger.resolve("erasures");
    this.signer = signer;
    this.workspaces = workspaces;
  }

  boolean isConfigured() {
    return folder != null;
  }

  /// Writes the entry, unless it stands there already; it is on disk when this returns. Called
  /// outside of any transaction.
  ///
  /// @throws UncheckedIOException if it cannot be written
  void write(LedgerEntry entry) {
    if (folder == null || holds(entry)) {
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
    try {
      Path file = file(folder, entry);
      write(file, document.text() + "\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Keeps the receipt beside the entry, where nobody in Bothy could be shown it any more.
  ///
  /// @throws UncheckedIOException if it cannot be written
  void keep(LedgerEntry entry, String receipt) {
    if (folder == null) {
      return;
    }
    try {
      write(file(folder, entry).resolveSibling(entry.id() + RECEIPT), receipt + "\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Whether the entry stands there as it is; true also where there is no ledger.
  boolean holds(LedgerEntry entry) {
    if (folder == null) {
      return true;
    }
    try {
      Path file = file(folder, entry);
      return Files.isRegularFile(file)
          && SignedDocument.read(Files.readString(file))
              .signed()
              .statement()
              .equals(entry.statement());
    } catch (IOException | IllegalArgumentException e) {
      return false;
    }
  }

  /// Its files, in the order of the erasures.
  ///
  /// @throws UncheckedIOException if they cannot be listed
  List<Path> files() {
    if (folder == null || !Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> found = Files.walk(folder, 2)) {
      // The ids begin with their time.
      return found
          .filter(file -> file.getFileName().toString().matches("[0-9a-f-]{36}\\.json"))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path file(Path folder, LedgerEntry entry) {
    int year = entry.requestedAt().atZone(ZoneOffset.UTC).getYear();
    return folder.resolve(String.valueOf(year)).resolve(entry.id() + ENDING);
  }

  private static void write(Path file, String text) throws IOException {
    Path year = Files.createDirectories(file.resolveSibling(""));
    Path begun = year.resolve("." + UUID.randomUUID());
    try {
      try (FileChannel channel =
          FileChannel.open(begun, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
        ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
        while (bytes.hasRemaining()) {
          channel.write(bytes);
        }
        channel.force(true);
      }
      Files.move(begun, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(begun);
    }
    // A name is on disk once the folder that has it is, and so is the folder's own.
    for (Path each : List.of(year, year.resolveSibling(""))) {
      try (FileChannel names = FileChannel.open(each, StandardOpenOption.READ)) {
        names.force(true);
      }
    }
  }
}
