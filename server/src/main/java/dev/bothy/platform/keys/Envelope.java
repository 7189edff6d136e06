package dev.bothy.platform.keys;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/// The stored format: 1 byte format (1), 4 bytes key version (big-endian), 12 bytes IV, ciphertext
/// with its 16-byte tag. AES-256-GCM; the IV is random, which NIST SP 800-38D §8.3 allows for up to
/// 2^32 records under one key.
final class Envelope {
  static final byte FORMAT = 1;
  static final int KEY_BYTES = 32;

  private static final int IV_BYTES = 12;
  private static final int TAG_BYTES = 16;
  private static final int HEADER_BYTES = 1 + Integer.BYTES + IV_BYTES;
  private static final SecureRandom RANDOM = new SecureRandom();

  private Envelope() {}

  static byte[] newKey() {
    byte[] key = new byte[KEY_BYTES];
    RANDOM.nextBytes(key);
    return key;
  }

  static SecretKey toKey(byte[] key) {
    return new SecretKeySpec(key, "AES");
  }

  static byte[] seal(SecretKey key, int version, byte[] additional, byte[] plaintext) {
    byte[] iv = new byte[IV_BYTES];
    RANDOM.nextBytes(iv);
    byte[] encrypted = encrypt(key, iv, additional, plaintext);
    return ByteBuffer.allocate(HEADER_BYTES + encrypted.length)
        .put(FORMAT)
        .putInt(version)
        .put(iv)
        .put(encrypted)
        .array();
  }

  /// A key of this version or a later one seals to no less than these bytes, one of an earlier
  /// version to less, in PostgreSQL's order of `bytea`.
  static byte[] lowest(int version) {
    return ByteBuffer.allocate(1 + Integer.BYTES).put(FORMAT).putInt(version).array();
  }

  /// The version of the key that opens it.
  ///
  /// @throws CannotOpen if this is not our format
  static int version(byte[] sealed) {
    if (sealed.length < HEADER_BYTES + TAG_BYTES) {
      throw new CannotOpen("Too short to be a ciphertext: " + sealed.length + " bytes");
    }
    if (sealed[0] != FORMAT) {
      throw new CannotOpen("Unknown format of a ciphertext: " + sealed[0]);
    }
    return ByteBuffer.wrap(sealed).getInt(1);
  }

  /// @throws CannotOpen if anything of it was changed or it was sealed with other additional data
  static byte[] open(SecretKey key, byte[] additional, byte[] sealed) {
    try {
      Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
      cipher.init(
          Cipher.DECRYPT_MODE,
          key,
          new GCMParameterSpec(TAG_BYTES * 8, sealed, HEADER_BYTES - IV_BYTES, IV_BYTES));
      cipher.updateAAD(additional);
      return cipher.doFinal(sealed, HEADER_BYTES, sealed.length - HEADER_BYTES);
    } catch (AEADBadTagException e) {
      throw new CannotOpen(
          "The ciphertext was made for another workspace, purpose or row, or was changed");
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("AES-GCM does not work in this Java runtime", e);
    }
  }

  static byte[] encrypt(SecretKey key, byte[] iv, byte[] additional, byte[] plaintext) {
    try {
      Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
      cipher.init(Cipher.ENCRYPT_MODE, key, new GCMParameterSpec(TAG_BYTES * 8, iv));
      cipher.updateAAD(additional);
      return cipher.doFinal(plaintext);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("AES-GCM does not work in this Java runtime", e);
    }
  }

  /// The parts, each after its length in 4 bytes: two lists of parts never make the same bytes.
  static byte[] lengthPrefixed(byte[]... parts) {
    int total = 0;
    for (byte[] part : parts) {
      total += Integer.BYTES + part.length;
    }
    ByteBuffer joined = ByteBuffer.allocate(total);
    for (byte[] part : parts) {
      joined.putInt(part.length).put(part);
    }
    return joined.array();
  }
}
