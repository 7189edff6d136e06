package dev.bothy.platform.backup;

import java.util.HexFormat;
import java.util.zip.CRC32;
import java.util.zip.CRC32C;

/// Counts and sums up the rows of a table, in any order and from any number of threads' sums put
/// together. Each row is a line as `COPY … TO` writes it as text: its CRC-32C and CRC-32 side by
/// side are spread over 64 bits (the finalizer of SplitMix64, Steele et al. 2014) and added.
///
/// It shows that rows were lost, doubled or changed by accident. Against intent stand AES-GCM and
/// SHA-256 of each object.
final class TableSum {
  private final CRC32C first = new CRC32C();
  private final CRC32 second = new CRC32();
  private long rows;
  private long bytes;
  private long sum;

  /// @param row a line; its end does not count
  void add(byte[] row, int from, int to) {
    int end = to > from && row[to - 1] == '\n' ? to - 1 : to;
    first.reset();
    second.reset();
    first.update(row, from, end - from);
    second.update(row, from, end - from);
    add();
    bytes += to - from;
  }

  /// Lines that come in pieces.
  void addAll(byte[] text, int length) {
    int from = 0;
    for (int at = 0; at < length; at++) {
      if (text[at] == '\n') {
        first.update(text, from, at - from);
        second.update(text, from, at - from);
        add();
        first.reset();
        second.reset();
        from = at + 1;
      }
    }
    first.update(text, from, length - from);
    second.update(text, from, length - from);
    bytes += length;
  }

  private void add() {
    long spread = first.getValue() << 32 | second.getValue();
    spread = (spread ^ spread >>> 30) * 0xBF58476D1CE4E5B9L;
    spread = (spread ^ spread >>> 27) * 0x94D049BB133111EBL;
    sum += spread ^ spread >>> 31;
    rows++;
  }

  synchronized void add(TableSum other) {
    rows += other.rows;
    bytes += other.bytes;
    sum += other.sum;
  }

  long rows() {
    return rows;
  }

  long bytes() {
    return bytes;
  }

  /// 16 hexadecimal digits.
  String checksum() {
    return HexFormat.of().toHexDigits(sum);
  }
}
