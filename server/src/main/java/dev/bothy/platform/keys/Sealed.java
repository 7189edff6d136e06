package dev.bothy.platform.keys;

import java.util.Arrays;

/// A ciphertext as it is stored: format byte, data-key version, IV, ciphertext with tag. Kept in a
/// `bytea` column. Says nothing of its content in [#toString].
///
/// @param bytes owned by this object; never empty
public record Sealed(byte[] bytes) {
  @Override
  public boolean equals(Object other) {
    return other instanceof Sealed sealed && Arrays.equals(bytes, sealed.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  @Override
  public String toString() {
    return "Sealed(" + bytes.length + " bytes)";
  }
}
