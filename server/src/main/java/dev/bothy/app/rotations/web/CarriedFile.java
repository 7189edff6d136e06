package dev.bothy.app.rotations.web;

import dev.bothy.app.rotations.exchange.ScheduleFiles;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Base64;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/// A file that a form carries from step to step, so that nothing of it is kept here in between.
final class CarriedFile {
  /// A form of text takes up to 2 MB; packed files are far shorter.
  private static final int LONGEST = 1_500_000;

  private CarriedFile() {}

  /// The file as a field of a form; empty if it is too long for one.
  static String pack(byte[] file) {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
      gzip.write(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    String text = Base64.getEncoder().encodeToString(packed.toByteArray());
    return text.length() > LONGEST ? "" : text;
  }

  /// The file again; one that is longer than is taken, or was tampered with, is cut or empty, and
  /// refused by whoever reads it.
  static byte[] unpack(String field) {
    try (GZIPInputStream gzip =
        new GZIPInputStream(new ByteArrayInputStream(Base64.getDecoder().decode(field)))) {
      return gzip.readNBytes(ScheduleFiles.MOST_BYTES + 1);
    } catch (IOException | IllegalArgumentException _) {
      return new byte[0];
    }
  }
}
