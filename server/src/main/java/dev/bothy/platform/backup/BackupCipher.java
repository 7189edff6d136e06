package dev.bothy.platform.backup;

import dev.bothy.platform.backup.BackupFailure.Reason;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.KDF;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.ShortBufferException;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.HKDFParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/// Encrypts the objects of one backup and proves its manifest, with two keys that are derived from
/// the backup's own (HKDF, RFC 5869).
///
/// Each object is one message of AES-256-GCM with a random 96-bit IV before it (NIST SP 800-38D
/// §8.2.2, which allows 2³² of them under one key) and its place as additional data: an object of
/// another backup, or at another place, does not open.
final class BackupCipher {
  static final int KEY_BYTES = 32;
  static final int IV_BYTES = 12;
  static final int TAG_BYTES = 16;

  /// What an object rarely exceeds: where it is cut, and a block of the compression.
  private static final int MOST_BYTES = (4 << 20) + (512 << 10);

  private static final String NO_GCM = "AES-GCM does not work in this Java runtime";
  private static final SecureRandom RANDOM = new SecureRandom();

  /// The runtime only uses the processor's own instructions for GCM after it has compiled what
  /// calls them, and it decides that by counting calls. Objects are few calls with much in each:
  /// without many small ones first, opening a hundred takes twenty times as long.
  private static final class WarmUp {
    private static final int CALLS = 8_000;
    private static final int BYTES = 256;

    static final boolean DONE = encrypted(new byte[BYTES]) == CALLS * BYTES;

    private static int encrypted(byte[] nothing) {
      try {
        Cipher cipher = cipher();
        cipher.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(newKey(), "AES"));
        byte[] sealed = new byte[2 * BYTES];
        int length = 0;
        for (int call = 0; call < CALLS; call++) {
          length += cipher.update(nothing, 0, BYTES, sealed);
        }
        return length;
      } catch (GeneralSecurityException e) {
        throw new IllegalStateException(NO_GCM, e);
      }
    }
  }

  private final BackupId backup;
  private final SecretKey objects;
  private final SecretKey manifest;

  BackupCipher(BackupId backup, byte[] key) {
    if (!WarmUp.DONE) {
      throw new IllegalStateException(NO_GCM);
    }
    this.backup = backup;
    this.objects = derived(key, "bothy backup objects", "AES");
    this.manifest = derived(key, "bothy backup manifest", "HmacSHA256");
  }

  static byte[] newKey() {
    byte[] key = new byte[KEY_BYTES];
    RANDOM.nextBytes(key);
    return key;
  }

  private static SecretKey derived(byte[] key, String use, String algorithm) {
    try {
      return KDF.getInstance("HKDF-SHA256")
          .deriveKey(
              algorithm,
              HKDFParameterSpec.ofExtract()
                  .addIKM(key)
                  .thenExpand(use.getBytes(StandardCharsets.UTF_8), KEY_BYTES));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("HKDF does not work in this Java runtime", e);
    }
  }

  /// @param place the object's key below the backup's folder
  byte[] seal(String place, byte[] plain, int length) {
    byte[] iv = new byte[IV_BYTES];
    RANDOM.nextBytes(iv);
    byte[] sealed = new byte[IV_BYTES + length + TAG_BYTES];
    System.arraycopy(iv, 0, sealed, 0, IV_BYTES);
    try {
      Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
      cipher.init(Cipher.ENCRYPT_MODE, objects, new GCMParameterSpec(TAG_BYTES * 8, iv));
      cipher.updateAAD(additional(place));
      cipher.doFinal(plain, 0, length, sealed, IV_BYTES);
      return sealed;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(NO_GCM, e);
    }
  }

  /// Encrypts what is written to it, so that nothing lies in memory as plain text and as ciphertext
  /// at once. One of these makes one object after the other, in the same memory.
  final class Sealing extends OutputStream {
    private static final int FIRST_BYTES = 64 << 10;

    private final Cipher cipher = cipher();
    private byte[] sealed = new byte[FIRST_BYTES];
    private int length;

    /// @param place the next object's key below the backup's folder
    void begin(String place) {
      byte[] iv = new byte[IV_BYTES];
      RANDOM.nextBytes(iv);
      System.arraycopy(iv, 0, sealed, 0, IV_BYTES);
      length = IV_BYTES;
      try {
        cipher.init(Cipher.ENCRYPT_MODE, objects, new GCMParameterSpec(TAG_BYTES * 8, iv));
        cipher.updateAAD(additional(place));
      } catch (GeneralSecurityException e) {
        throw new IllegalStateException(NO_GCM, e);
      }
    }

    @Override
    public void write(int b) {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] plain, int from, int count) {
      ensure(count);
      try {
        length += cipher.update(plain, from, count, sealed, length);
      } catch (ShortBufferException e) {
        throw new IllegalStateException(NO_GCM, e);
      }
    }

    /// So far.
    int length() {
      return length;
    }

    /// @return the object, as [#open] reads it
    byte[] end() {
      ensure(0);
      try {
        length += cipher.doFinal(sealed, length);
      } catch (GeneralSecurityException e) {
        throw new IllegalStateException(NO_GCM, e);
      }
      return Arrays.copyOf(sealed, length);
    }

    /// Room for the cipher's own remainder and the tag as well.
    private void ensure(int more) {
      int needed = length + more + 4 * TAG_BYTES;
      if (needed > sealed.length) {
        // Once it is large it is nearly as large as it becomes.
        sealed = Arrays.copyOf(sealed, Math.max(needed, Math.min(2 * sealed.length, MOST_BYTES)));
      }
    }
  }

  private static Cipher cipher() {
    try {
      return Cipher.getInstance("AES/GCM/NoPadding");
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(NO_GCM, e);
    }
  }

  /// @throws BackupFailure if it is not what [#seal] made for this place
  byte[] open(String place, byte[] sealed) {
    if (sealed.length < IV_BYTES + TAG_BYTES) {
      throw damaged(place);
    }
    try {
      Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
      cipher.init(
          Cipher.DECRYPT_MODE, objects, new GCMParameterSpec(TAG_BYTES * 8, sealed, 0, IV_BYTES));
      cipher.updateAAD(additional(place));
      return cipher.doFinal(sealed, IV_BYTES, sealed.length - IV_BYTES);
    } catch (AEADBadTagException e) {
      throw damaged(place);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(NO_GCM, e);
    }
  }

  /// HMAC-SHA-256 of the manifest as it is stored.
  byte[] mac(byte[] json) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(manifest);
      return mac.doFinal(json);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("HMAC does not work in this Java runtime", e);
    }
  }

  boolean proves(byte[] json, byte[] mac) {
    return MessageDigest.isEqual(mac(json), mac);
  }

  private byte[] additional(String place) {
    return (backup.value() + "\n" + place).getBytes(StandardCharsets.UTF_8);
  }

  private BackupFailure damaged(String place) {
    return new BackupFailure(
        Reason.DamagedObject,
        "%s%s does not open: it was changed, or is not of this backup. Choose another backup"
            .formatted(backup.folder(), place));
  }
}
