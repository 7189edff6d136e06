package dev.bothy.platform.egress;

import java.util.List;
import java.util.Optional;

/// The ranges of addresses that are not the public internet: the IANA special-purpose registries
/// (RFC 6890 and its updates) and the addresses at which clouds answer questions about the machine.
/// What a range is reserved by is its `source`.
///
/// For IPv6 everything outside of global unicast (2000::/3) is special, known or not. A range that
/// carries an IPv4 address inside (mapped, translated, 6to4, Teredo) is special as a whole, so that
/// no inner address can hide.
///
/// @param openOnPremises whether a host that IT lists as on-premises may have such an address
record SpecialRange(AddressRange range, String name, String source, boolean openOnPremises) {
  /// The more precise range comes first: a cloud's metadata address is never open, though it lies
  /// in a range that is.
  private static final List<SpecialRange> ALL =
      List.of(
          closed("100.100.100.200/32", "cloud metadata", "Alibaba Cloud, instance metadata"),
          closed("168.63.129.16/32", "cloud platform", "Azure, what is IP address 168.63.129.16"),
          closed("fd00:ec2::/32", "cloud metadata", "AWS, instance metadata over IPv6"),
          closed("fd20:ce::254/128", "cloud metadata", "Google Cloud, metadata server over IPv6"),
          closed("0.0.0.0/8", "this network", "RFC 791 §3.2"),
          open("10.0.0.0/8", "private", "RFC 1918"),
          open("100.64.0.0/10", "carrier-grade NAT", "RFC 6598"),
          open("127.0.0.0/8", "loopback", "RFC 1122 §3.2.1.3"),
          closed("169.254.0.0/16", "link-local and cloud metadata", "RFC 3927"),
          open("172.16.0.0/12", "private", "RFC 1918"),
          closed("192.0.0.0/24", "protocol assignments", "RFC 6890 §2.1"),
          closed("192.0.2.0/24", "documentation", "RFC 5737"),
          closed("192.88.99.0/24", "6to4 relay", "RFC 7526"),
          open("192.168.0.0/16", "private", "RFC 1918"),
          closed("198.18.0.0/15", "benchmarking", "RFC 2544"),
          closed("198.51.100.0/24", "documentation", "RFC 5737"),
          closed("203.0.113.0/24", "documentation", "RFC 5737"),
          closed("224.0.0.0/4", "multicast", "RFC 5771"),
          closed("240.0.0.0/4", "reserved and broadcast", "RFC 1112 §4, RFC 919"),
          closed("::/128", "unspecified", "RFC 4291 §2.5.2"),
          open("::1/128", "loopback", "RFC 4291 §2.5.3"),
          closed("::ffff:0:0/96", "IPv4-mapped", "RFC 4291 §2.5.5.2"),
          closed("::/96", "IPv4-compatible", "RFC 4291 §2.5.5.1"),
          closed("64:ff9b::/96", "NAT64", "RFC 6052"),
          closed("64:ff9b:1::/48", "local NAT64", "RFC 8215"),
          closed("100::/64", "discard-only", "RFC 6666"),
          closed("2001::/32", "Teredo", "RFC 4380"),
          closed("2001::/23", "protocol assignments", "RFC 2928"),
          closed("2001:db8::/32", "documentation", "RFC 3849"),
          closed("2002::/16", "6to4", "RFC 3056"),
          closed("3fff::/20", "documentation", "RFC 9637"),
          open("fc00::/7", "unique local", "RFC 4193"),
          closed("fe80::/10", "link-local", "RFC 4291 §2.5.6"),
          closed("fec0::/10", "site-local", "RFC 3879"),
          closed("ff00::/8", "multicast", "RFC 4291 §2.7"),
          closed("::/3", "not global unicast", "RFC 4291 §2.4"),
          closed("4000::/2", "not global unicast", "RFC 4291 §2.4"),
          closed("8000::/1", "not global unicast", "RFC 4291 §2.4"));

  /// The range that this address lies in; empty for an address of the public internet.
  ///
  /// @param address 4 or 16 bytes, as the network has them
  static Optional<SpecialRange> of(byte[] address) {
    return ALL.stream().filter(special -> special.range.contains(address)).findFirst();
  }

  private static SpecialRange open(String range, String name, String source) {
    return new SpecialRange(AddressRange.parse(range), name, source, true);
  }

  private static SpecialRange closed(String range, String name, String source) {
    return new SpecialRange(AddressRange.parse(range), name, source, false);
  }
}
