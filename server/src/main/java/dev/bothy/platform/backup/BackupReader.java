package dev.bothy.platform.backup;

import dev.bothy.platform.backup.BackupFailure.Reason;
import dev.bothy.platform.backup.Manifest.Part;
import dev.bothy.platform.backup.Manifest.Stored;
import dev.bothy.platform.keys.BackupKeys;
import dev.bothy.platform.storage.ObjectStore;
import dev.bothy.platform.storage.StorageException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;

/// Reads a backup, and believes nothing that its key does not prove.
public final class BackupReader {
  private final ObjectStore store;
  private final BackupCipher cipher;
  private final Manifest manifest;
  private final List<Part> parts;

  private BackupReader(
      ObjectStore store, BackupCipher cipher, Manifest manifest, List<Part> parts) {
    this.store = store;
    this.cipher = cipher;
    this.manifest = manifest;
    this.parts = parts;
  }

  /// Unwraps its key and proves the manifest and the list of its parts.
  ///
  /// @throws BackupFailure if it is not there, not whole, or its key does not unwrap
  public static BackupReader open(ObjectStore store, BackupKeys keys, BackupId id) {
    try {
      byte[] json = manifest(store, id);
      Manifest manifest = Manifest.read(id, json);
      BackupKeys.Wrapped wrapped =
          KeyFile.read(get(store, id, Layout.KEY))
              .orElseThrow(() -> damaged(id, Layout.KEY, "is not the key as it was written"))
              .key();
      byte[] key =
          keys.unwrap(wrapped)
              .filter(unwrapped -> unwrapped.length == BackupCipher.KEY_BYTES)
              .orElseThrow(() -> wrongKey(id, wrapped.provider()));
      BackupCipher cipher = new BackupCipher(id, key);
      Arrays.fill(key, (byte) 0);
      if (!cipher.proves(json, get(store, id, Layout.PROOF))) {
        throw damaged(
            id,
            Layout.MANIFEST,
            "is not what manifest.proof proves: one of them was changed after the backup");
      }
      byte[] list = checked(store, id, manifest.parts());
      List<Part> parts =
          Manifest.parts(Parts.uncompressed(cipher.open(Layout.PARTS, list)).readAllBytes());
      return new BackupReader(store, cipher, manifest, parts);
    } catch (IOException | RuntimeException e) {
      throw BackupFailure.of(e);
    }
  }

  private static byte[] manifest(ObjectStore store, BackupId id) {
    try {
      return store.get(id.folder() + Layout.MANIFEST);
    } catch (StorageException e) {
      if (e.reason() == StorageException.Reason.MISSING) {
        throw new BackupFailure(
            Reason.NoBackup,
            "There is no backup %s in %s. The command backups lists those that are there"
                .formatted(id, store.describe()));
      }
      throw e;
    }
  }

  public Manifest manifest() {
    return manifest;
  }

  public List<Part> parts() {
    return parts;
  }

  /// The rows of a part, as text.
  ///
  /// @throws BackupFailure if it is not what the manifest says
  InputStream rows(Part part) throws IOException {
    return Parts.uncompressed(
        cipher.open(part.stored().key(), checked(store, manifest.backup(), part.stored())));
  }

  /// A document that goes with the tables.
  ///
  /// @throws BackupFailure if it is not what the manifest says
  public byte[] document(Stored document) throws IOException {
    return Parts.uncompressed(
            cipher.open(document.key(), checked(store, manifest.backup(), document)))
        .readAllBytes();
  }

  private static byte[] checked(ObjectStore store, BackupId id, Stored stored) {
    byte[] content = get(store, id, stored.key());
    if (content.length != stored.bytes()) {
      throw damaged(
          id, stored.key(), "has %d bytes instead of %d".formatted(content.length, stored.bytes()));
    }
    if (!Parts.sha256(content).equals(stored.sha256())) {
      throw damaged(id, stored.key(), "has another SHA-256 than the manifest says");
    }
    return content;
  }

  private static byte[] get(ObjectStore store, BackupId id, String key) {
    try {
      return store.get(id.folder() + key);
    } catch (StorageException e) {
      if (e.reason() == StorageException.Reason.MISSING) {
        throw new BackupFailure(
            Reason.MissingPart,
            "%s%s is not there any more. Choose another backup".formatted(id.folder(), key),
            e);
      }
      throw e;
    }
  }

  private static BackupFailure damaged(BackupId id, String key, String what) {
    return new BackupFailure(
        Reason.DamagedObject, "%s%s %s. Choose another backup".formatted(id.folder(), key, what));
  }

  private static BackupFailure wrongKey(BackupId id, String provider) {
    return new BackupFailure(
        Reason.WrongKey,
        "The key of the backup %s does not unwrap at %s: it was made with other keys. Give the"
                .formatted(id, provider.equals("vault") ? "Vault" : "the key file")
            + " settings of the keys that it was made with (with Vault the key bothy-backup)");
  }
}
