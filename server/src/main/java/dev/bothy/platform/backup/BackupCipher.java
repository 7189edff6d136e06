package dev.bothy.platform.backup;

import dev.bothy.platform.backup.BackupFailure.Reason;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.KDF;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.HKDFParameterSpec;

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

  private static final SecureRandom RANDOM = new SecureRandom();

  private final BackupId backup;
  private final SecretKey objects;
  private final SecretKey manifest;

  BackupCipher(BackupId backup, byte[] key) {
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
      throw new IllegalStateException("AES-GCM does not work in this Java runtime", e);
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
      throw new IllegalStateException("AES-GCM does not work in this Java runtime", e);
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
