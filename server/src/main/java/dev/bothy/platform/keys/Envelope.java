package dev.bothy.platform.keys;

import java.nio.ByteBuffer;
import java.security.SecureRandom;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/// The stored format: 1 byte format (1), 4 bytes key version (big-endian), 12 bytes IV, ciphertext
/// with its 16-byte tag. AES-256-GCM; the IV is random, which NIST SP 800-38D §8.3 allows for up to
/// 2^32 records under one key.
final class Envelope {
  static final byte FORMAT = 1;
  static final int KEY_BYTES = 32;

  private static final int TAG_BYTES = Ciphers.TAG_BYTES;
  private static final int IV_AT = 1 + Integer.BYTES;
  private static final int HEADER_BYTES = IV_AT + Ciphers.IV_BYTES;
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
    byte[] sealed = new byte[HEADER_BYTES + plaintext.length + TAG_BYTES];
    ByteBuffer.wrap(sealed).put(FORMAT).putInt(version);
    Ciphers ciphers = Ciphers.take(key);
    ciphers.iv(sealed, IV_AT);
    ciphers.seal(key, additional, plaintext, sealed, IV_AT);
    Ciphers.giveBack(key, ciphers);
    return sealed;
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
    Ciphers ciphers = Ciphers.take(key);
    byte[] plaintext =
        ciphers.open(
            key,
            additional,
            sealed,
            IV_AT,
            "The ciphertext was made for another workspace, purpose or row, or was changed");
    Ciphers.giveBack(key, ciphers);
    return plaintext;
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
