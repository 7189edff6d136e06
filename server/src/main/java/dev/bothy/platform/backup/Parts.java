package dev.bothy.platform.backup;

import com.github.luben.zstd.ZstdInputStream;
import com.github.luben.zstd.ZstdOutputStream;
import dev.bothy.platform.backup.Manifest.Part;
import dev.bothy.platform.backup.Manifest.Stored;
import java.io.BufferedOutputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
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
  private static final int CUT_BYTES = 4 << 20;

  /// Above this too, however well it compresses.
  private static final long CUT_RAW_BYTES = 256L << 20;

  /// Rows are short, and each call of the compression costs as much as a row.
  private static final int GATHERED = 64 << 10;

  /// The fastest of Zstandard's own levels: a backup waits for the processor before it waits for
  /// anything else.
  private static final int LEVEL = 1;

  private final String folder;
  private final String table;
  private final int chunk;
  private final BackupCipher.Sealing sealing;
  private final Sink sink;
  private OutputStream open;
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
    this.sealing = cipher.new Sealing();
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
    if (sealing.length() >= CUT_BYTES || raw >= CUT_RAW_BYTES) {
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

  private OutputStream begin() {
    sealing.begin(key());
    rows = 0;
    raw = 0;
    try {
      return new BufferedOutputStream(new ZstdOutputStream(sealing, LEVEL), GATHERED);
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
    byte[] sealed = sealing.end();
    sink.part(new Part(table, stored(key(), sealed), rows, raw), sealed);
    number++;
  }

  private String key() {
    return String.format(Locale.ROOT, "%s%05d-%04d", folder, chunk, number);
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
