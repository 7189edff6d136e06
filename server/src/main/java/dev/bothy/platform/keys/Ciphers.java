package dev.bothy.platform.keys;

import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.concurrent.atomic.AtomicReferenceArray;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;

/// AES-GCM ciphers that are used again, since finding one and expanding a key cost more than
/// sealing a short text. A key finds the one that it was used with last, as a rule; there are no
/// more than [#KEPT] of them, however many keys there are.
final class Ciphers {
  static final int IV_BYTES = 12;
  static final int TAG_BYTES = 16;

  private static final int KEPT = 64;
  private static final int IVS = 64;
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final AtomicReferenceArray<Ciphers> IDLE = new AtomicReferenceArray<>(KEPT);

  private final Cipher sealing = find();
  private final Cipher opening = find();

  /// Random bytes for the next IVs: fetched for many at a time, each used once.
  private final byte[] ivs = new byte[IVS * IV_BYTES];

  private int nextIv = ivs.length;

  private Ciphers() {}

  /// Whoever has one has it alone until it is given back.
  static Ciphers take(SecretKey key) {
    Ciphers idle = IDLE.getAndSet(placeOf(key), null);
    return idle == null ? new Ciphers() : idle;
  }

  static void giveBack(SecretKey key, Ciphers used) {
    IDLE.set(placeOf(key), used);
  }

  /// Forgets them all, and what they know of keys.
  static void forget() {
    for (int place = 0; place < KEPT; place++) {
      IDLE.set(place, null);
    }
  }

  private static int placeOf(SecretKey key) {
    return System.identityHashCode(key) % KEPT;
  }

  /// Writes a fresh IV.
  void iv(byte[] target, int offset) {
    if (nextIv == ivs.length) {
      RANDOM.nextBytes(ivs);
      nextIv = 0;
    }
    System.arraycopy(ivs, nextIv, target, offset, IV_BYTES);
    nextIv += IV_BYTES;
  }

  /// Writes ciphertext and tag behind the IV that stands at the offset.
  void seal(SecretKey key, byte[] additional, byte[] plaintext, byte[] target, int iv) {
    try {
      sealing.init(
          Cipher.ENCRYPT_MODE, key, new GCMParameterSpec(TAG_BYTES * 8, target, iv, IV_BYTES));
      sealing.updateAAD(additional);
      sealing.doFinal(plaintext, 0, plaintext.length, target, iv + IV_BYTES);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("AES-GCM does not work in this Java runtime", e);
    }
  }

  /// Opens what stands behind the IV at the offset.
  ///
  /// @throws CannotOpen with these words if it does not open
  byte[] open(SecretKey key, byte[] additional, byte[] sealed, int iv, String otherwise) {
    try {
      opening.init(
          Cipher.DECRYPT_MODE, key, new GCMParameterSpec(TAG_BYTES * 8, sealed, iv, IV_BYTES));
      opening.updateAAD(additional);
      return opening.doFinal(sealed, iv + IV_BYTES, sealed.length - iv - IV_BYTES);
    } catch (AEADBadTagException e) {
      throw new CannotOpen(otherwise);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("AES-GCM does not work in this Java runtime", e);
    }
  }

  private static Cipher find() {
    try {
      return Cipher.getInstance("AES/GCM/NoPadding");
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("AES-GCM does not work in this Java runtime", e);
    }
  }
}
