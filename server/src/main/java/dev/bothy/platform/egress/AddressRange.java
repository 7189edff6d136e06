package dev.bothy.platform.egress;

import java.net.InetAddress;

/// A range of addresses in CIDR notation (RFC 4632, RFC 4291 §2.3).
///
/// @param base 4 or 16 bytes; bits past the prefix are ignored
record AddressRange(byte[] base, int prefixBits) {
  /// @throws IllegalArgumentException if it is not an address literal, a slash and a prefix length
  static AddressRange parse(String written) {
    int slash = written.indexOf('/');
    if (slash > 0) {
      byte[] base = bytesOf(written.substring(0, slash).strip());
      int prefix = number(written.substring(slash + 1).strip());
      if (base.length > 0 && prefix >= 0 && prefix <= base.length * 8) {
        return new AddressRange(base, prefix);
      }
    }
    throw new IllegalArgumentException(
        "'" + written + "' is not a range of addresses: write it like 10.0.0.0/8 or fd00::/8");
  }

  boolean contains(byte[] address) {
    if (address.length != base.length) {
      return false;
    }
    int wholeBytes = prefixBits / 8;
    for (int i = 0; i < wholeBytes; i++) {
      if (address[i] != base[i]) {
        return false;
      }
    }
    int restBits = prefixBits % 8;
    return restBits == 0
        || ((address[wholeBytes] ^ base[wholeBytes]) & (0xff << (8 - restBits)) & 0xff) == 0;
  }

  /// Empty for what is no full literal. `10` is one to the JDK, but it means 0.0.0.10; and an
  /// IPv4-mapped one, which the JDK turns into four bytes, stays the sixteen that were written.
  private static byte[] bytesOf(String literal) {
    boolean six = literal.contains(":");
    if (!six && literal.chars().filter(character -> character == '.').count() != 3) {
      return new byte[0];
    }
    try {
      byte[] bytes = InetAddress.ofLiteral(literal).getAddress();
      return six && bytes.length == 4 ? mapped(bytes) : bytes;
    } catch (IllegalArgumentException notALiteral) {
      return new byte[0];
    }
  }

  private static byte[] mapped(byte[] four) {
    byte[] sixteen = new byte[16];
    sixteen[10] = (byte) 0xff;
    sixteen[11] = (byte) 0xff;
    System.arraycopy(four, 0, sixteen, 12, 4);
    return sixteen;
  }

  private static int number(String text) {
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException notANumber) {
      return -1;
    }
  }
}
