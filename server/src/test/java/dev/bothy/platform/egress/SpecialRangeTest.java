package dev.bothy.platform.egress;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.util.HexFormat;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SpecialRangeTest {
  @ParameterizedTest(name = "{0} is {1}")
  @CsvSource({
    "0.0.0.0,          this network,                   RFC 791 §3.2",
    "0.255.255.255,    this network,                   RFC 791 §3.2",
    "10.0.0.0,         private,                        RFC 1918",
    "10.255.255.255,   private,                        RFC 1918",
    "100.64.0.1,       carrier-grade NAT,              RFC 6598",
    "100.127.255.255,  carrier-grade NAT,              RFC 6598",
    "127.0.0.1,        loopback,                       RFC 1122 §3.2.1.3",
    "127.255.255.255,  loopback,                       RFC 1122 §3.2.1.3",
    "169.254.169.254,  link-local and cloud metadata,  RFC 3927",
    "169.254.0.1,      link-local and cloud metadata,  RFC 3927",
    "172.16.0.0,       private,                        RFC 1918",
    "172.31.255.255,   private,                        RFC 1918",
    "192.0.0.192,      protocol assignments,           RFC 6890 §2.1",
    "192.0.2.1,        documentation,                  RFC 5737",
    "192.88.99.1,      6to4 relay,                     RFC 7526",
    "192.168.255.255,  private,                        RFC 1918",
    "198.18.0.1,       benchmarking,                   RFC 2544",
    "198.19.255.255,   benchmarking,                   RFC 2544",
    "198.51.100.1,     documentation,                  RFC 5737",
    "203.0.113.1,      documentation,                  RFC 5737",
    "224.0.0.1,        multicast,                      RFC 5771",
    "239.255.255.255,  multicast,                      RFC 5771",
    "240.0.0.1,        reserved and broadcast,         'RFC 1112 §4, RFC 919'",
    "255.255.255.255,  reserved and broadcast,         'RFC 1112 §4, RFC 919'",
    "100.100.100.200,  cloud metadata,                 'Alibaba Cloud, instance metadata'",
    "168.63.129.16,    cloud platform,                 'Azure, what is IP address 168.63.129.16'",
    "::,               unspecified,                    RFC 4291 §2.5.2",
    "::1,              loopback,                       RFC 4291 §2.5.3",
    "::127.0.0.1,      IPv4-compatible,                RFC 4291 §2.5.5.1",
    "64:ff9b::7f00:1,  NAT64,                          RFC 6052",
    "64:ff9b::808:808, NAT64,                          RFC 6052",
    "64:ff9b:1::1,     local NAT64,                    RFC 8215",
    "100::1,           discard-only,                   RFC 6666",
    "2001::1,          Teredo,                         RFC 4380",
    "2001:20::1,       protocol assignments,           RFC 2928",
    "2001:db8::1,      documentation,                  RFC 3849",
    "2002:7f00:1::,    6to4,                           RFC 3056",
    "3fff:fff::1,      documentation,                  RFC 9637",
    "fc00::1,          unique local,                   RFC 4193",
    "fdff::1,          unique local,                   RFC 4193",
    "fd00:ec2::254,    cloud metadata,                 'AWS, instance metadata over IPv6'",
    "fd20:ce::254,     cloud metadata,                 'Google Cloud, metadata server over IPv6'",
    "fe80::1,          link-local,                     RFC 4291 §2.5.6",
    "febf::1,          link-local,                     RFC 4291 §2.5.6",
    "fec0::1,          site-local,                     RFC 3879",
    "ff02::1,          multicast,                      RFC 4291 §2.7",
    "1fff::1,          not global unicast,             RFC 4291 §2.4",
    "4000::1,          not global unicast,             RFC 4291 §2.4",
    "5f00::1,          not global unicast,             RFC 4291 §2.4",
    "8000::1,          not global unicast,             RFC 4291 §2.4",
    "c000::1,          not global unicast,             RFC 4291 §2.4",
  })
  void anAddressThatIsNotPublicIsSpecial(String literal, String name, String source) {
    assertThat(SpecialRange.of(InetAddress.ofLiteral(literal).getAddress()))
        .hasValueSatisfying(special -> {
          assertThat(special.name()).isEqualTo(name);
          assertThat(special.source()).isEqualTo(source);
        });
  }

  /// The JDK makes four bytes of these before anybody sees them, so they are written as bytes.
  @ParameterizedTest(name = "::ffff:{0}")
  @CsvSource({"7f000001", "a9fea9fe", "08080808", "0a000001"})
  void anIpv4MappedAddressIsSpecialWhateverItCarries(String four) {
    byte[] mapped = HexFormat.of().parseHex("00000000000000000000ffff" + four);

    assertThat(SpecialRange.of(mapped))
        .hasValueSatisfying(special -> assertThat(special.name()).isEqualTo("IPv4-mapped"));
  }

  @ParameterizedTest(name = "{0} is public")
  @CsvSource({
    "1.0.0.1",
    "1.2.3.4",
    "8.8.8.8",
    "9.255.255.255",
    "11.0.0.0",
    "100.63.255.255",
    "100.128.0.0",
    "126.255.255.255",
    "128.0.0.1",
    "169.253.255.255",
    "169.255.0.0",
    "172.15.255.255",
    "172.32.0.0",
    "192.0.1.1",
    "192.167.255.255",
    "192.169.0.0",
    "198.17.255.255",
    "198.20.0.0",
    "223.255.255.255",
    "2000::1",
    "2001:200::1",
    "2606:4700::1111",
    "2a00:1450::1",
    "3ffe::1",
  })
  void aPublicAddressIsNot(String literal) {
    assertThat(SpecialRange.of(InetAddress.ofLiteral(literal).getAddress())).isEmpty();
  }
}
