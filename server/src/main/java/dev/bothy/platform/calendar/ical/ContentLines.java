package dev.bothy.platform.calendar.ical;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/// Goes through a file's lines and puts together what is folded (RFC 5545 §3.1): in bytes, since
/// some writers fold within a character. Lines end with CRLF, LF or CR, whatever the writer took.
final class ContentLines {
  private final byte[] file;
  private int at;
  private int nextNumber = 1;
  private int number;

  ContentLines(byte[] file) {
    this.file = file;
    boolean marked =
        file.length >= 3
            && file[0] == (byte) 0xEF
            && file[1] == (byte) 0xBB
            && file[2] == (byte) 0xBF;
    this.at = marked ? 3 : 0;
  }

  boolean hasNext() {
    return at < file.length;
  }

  /// The next line, unfolded; may be blank.
  String next() {
    number = nextNumber;
    ByteArrayOutputStream line = new ByteArrayOutputStream(80);
    do {
      while (at < file.length && file[at] != '\n' && file[at] != '\r') {
        line.write(file[at++]);
      }
      skipLineEnd();
      nextNumber++;
    } while (folded());
    return line.toString(StandardCharsets.UTF_8);
  }

  /// Of the line that [#next] gave: where it begins, from 1.
  int number() {
    return number;
  }

  private void skipLineEnd() {
    if (at < file.length && file[at] == '\r') {
      at++;
    }
    if (at < file.length && file[at] == '\n') {
      at++;
    }
  }

  private boolean folded() {
    if (at < file.length && (file[at] == ' ' || file[at] == '\t')) {
      at++;
      return true;
    }
    return false;
  }
}
