package dev.bothy.platform.backup;

import com.github.luben.zstd.ZstdInputStream;
import com.github.luben.zstd.ZstdOutputStream;
import dev.bothy.platform.backup.Manifest.Part;
import dev.bothy.platform.backup.Manifest.Stored;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;

/// Makes the objects of one chunk: rows as text, compressed (Zstandard, RFC 8878), cut between two
/// rows, encrypted. Each can be read without the others.
final class Parts {
  /// Above this the next row begins another object: it lies in memory until it is stored, and is
  /// what is lost when an upload breaks.
  private static final int CUT_BYTES = 8 << 20;

  /// Above this too, however well it compresses.
  private static final long CUT_RAW_BYTES = 256L << 20;

  /// The fastest of Zstandard's own levels: a backup waits for the processor before it waits for
  /// anything else.
  private static final int LEVEL = 1;

  private final String folder;
  private final String table;
  private final int chunk;
  private final BackupCipher cipher;
  private final Sink sink;
  private ByteArrayOutputStream compressed = new ByteArrayOutputStream();
  private ZstdOutputStream open;
  private int number;
  private long rows;
  private long raw;

  /// Gets each object when it is made.
  @FunctionalInterface
  interface Sink {
    void part(Part part, byte[] sealed);
  }

  Parts(Tables.Chunk chunk, BackupCipher cipher, Sink sink) {
    this.table = chunk.table().name();
    this.folder = Layout.DATA + table + "/";
    this.chunk = chunk.number();
    this.cipher = cipher;
    this.sink = sink;
    this.open = begin();
  }

  void row(byte[] line) {
    try {
      open.write(line);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    rows++;
    raw += line.length;
    if (compressed.size() >= CUT_BYTES || raw >= CUT_RAW_BYTES) {
      cut();
      open = begin();
    }
  }

  /// Stores what is left.
  void end() {
    if (rows > 0) {
      cut();
    } else {
      close();
    }
  }

  private ZstdOutputStream begin() {
    compressed = new ByteArrayOutputStream();
    rows = 0;
    raw = 0;
    try {
      return new ZstdOutputStream(compressed, LEVEL);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void close() {
    try {
      open.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void cut() {
    close();
    byte[] plain = compressed.toByteArray();
    compressed = new ByteArrayOutputStream();
    String key = String.format(Locale.ROOT, "%s%05d-%04d", folder, chunk, number++);
    byte[] sealed = cipher.seal(key, plain, plain.length);
    sink.part(new Part(table, stored(key, sealed), rows, raw), sealed);
  }

  static Stored stored(String key, byte[] sealed) {
    return new Stored(key, sealed.length, sha256(sealed));
  }

  static byte[] compressed(byte[] plain) {
    ByteArrayOutputStream target = new ByteArrayOutputStream();
    try (ZstdOutputStream stream = new ZstdOutputStream(target, LEVEL)) {
      stream.write(plain);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return target.toByteArray();
  }

  static InputStream uncompressed(byte[] compressed) throws IOException {
    return new ZstdInputStream(new ByteArrayInputStream(compressed));
  }

  static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java runtime has SHA-256", e);
    }
  }
}
