package dev.bothy.platform.dataexport;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/// Pieces of a ZIP archive that are made one by one, each at a time of its own: the JDK's
/// `ZipOutputStream` must make all of an archive in one go, and could not continue after a crash.
/// The format is PKWARE's APPNOTE.TXT 6.3.10, without ZIP64: at most 4 GiB and 65,535 files.
final class ZipPart {
  /// What an archive can hold without ZIP64 (APPNOTE 4.4.24).
  static final long MOST_BYTES = 0xFFFF_FFFEL;

  /// The same, of files (APPNOTE 4.4.22).
  static final int MOST_FILES = 0xFFFE;

  private static final int LOCAL_HEADER = 0x04034b50;
  private static final int CENTRAL_HEADER = 0x02014b50;
  private static final int END = 0x06054b50;
  private static final int LOCAL_HEADER_BYTES = 30;
  private static final int CENTRAL_HEADER_BYTES = 46;
  private static final int END_BYTES = 22;
  private static final short VERSION = 20;

  /// Bit 11: names are UTF-8.
  private static final short FLAGS = 0x0800;

  private static final short DEFLATED = 8;

  private ZipPart() {}

  /// A file of the archive, packed.
  ///
  /// @param crc as an unsigned 32-bit number
  /// @param bytes its header and its content, as they stand in the archive
  record Packed(String name, long size, long compressed, long crc, byte[] bytes) {
    @Override
    public String toString() {
      return "Packed(" + name + ")";
    }
  }

  /// A file as the archive's directory lists it.
  ///
  /// @param offset where its header begins
  record Listed(String name, long size, long compressed, long crc, long offset) {}

  static Packed pack(String name, byte[] content, Instant at) {
    CRC32 crc = new CRC32();
    crc.update(content);
    byte[] compressed = deflate(content);
    byte[] nameBytes = name.getBytes(StandardCharsets.UTF_8);
    byte[] bytes =
        littleEndian(LOCAL_HEADER_BYTES + nameBytes.length + compressed.length)
            .putInt(LOCAL_HEADER)
            .putShort(VERSION)
            .putShort(FLAGS)
            .putShort(DEFLATED)
            .putInt(dosTime(at))
            .putInt((int) crc.getValue())
            .putInt(compressed.length)
            .putInt(content.length)
            .putShort((short) nameBytes.length)
            .putShort((short) 0)
            .put(nameBytes)
            .put(compressed)
            .array();
    return new Packed(name, content.length, compressed.length, crc.getValue(), bytes);
  }

  /// The directory with which an archive ends.
  ///
  /// @param offset where it begins
  static byte[] directory(List<Listed> files, long offset, Instant at) {
    ByteArrayOutputStream directory = new ByteArrayOutputStream();
    for (Listed file : files) {
      byte[] name = file.name().getBytes(StandardCharsets.UTF_8);
      directory.writeBytes(
          littleEndian(CENTRAL_HEADER_BYTES + name.length)
              .putInt(CENTRAL_HEADER)
              .putShort(VERSION)
              .putShort(VERSION)
              .putShort(FLAGS)
              .putShort(DEFLATED)
              .putInt(dosTime(at))
              .putInt((int) file.crc())
              .putInt((int) file.compressed())
              .putInt((int) file.size())
              .putShort((short) name.length)
              // No extra field, no comment, the first disk, no attributes.
              .put(new byte[12])
              .putInt((int) file.offset())
              .put(name)
              .array());
    }
    int size = directory.size();
    directory.writeBytes(
        littleEndian(END_BYTES)
            .putInt(END)
            .putInt(0)
            .putShort((short) files.size())
            .putShort((short) files.size())
            .putInt(size)
            .putInt((int) offset)
            .putShort((short) 0)
            .array());
    return directory.toByteArray();
  }

  private static ByteBuffer littleEndian(int bytes) {
    return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static byte[] deflate(byte[] content) {
    ByteArrayOutputStream compressed = new ByteArrayOutputStream(content.length / 4 + 64);
    byte[] buffer = new byte[16 * 1024];
    try (Deflater deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, true)) {
      deflater.setInput(content);
      deflater.finish();
      while (!deflater.finished()) {
        compressed.write(buffer, 0, deflater.deflate(buffer));
      }
    }
    return compressed.toByteArray();
  }

  /// Time and date as MS-DOS kept them (APPNOTE 4.4.6): in steps of two seconds, from 1980 on.
  private static int dosTime(Instant at) {
    ZonedDateTime time = at.atZone(ZoneOffset.UTC);
    return Math.max(0, time.getYear() - 1980) << 25
        | time.getMonthValue() << 21
        | time.getDayOfMonth() << 16
        | time.getHour() << 11
        | time.getMinute() << 5
        | time.getSecond() >> 1;
  }
}
