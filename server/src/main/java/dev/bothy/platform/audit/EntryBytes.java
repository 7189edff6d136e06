package dev.bothy.platform.audit;

import dev.bothy.platform.kernel.WorkspaceId;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HexFormat;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// An entry as the chain hashes it. `docs/reference/audit.md` writes the format down, so that an
/// auditor can make the same bytes from an export; a change of it is a new format.
final class EntryBytes {
  private static final String FORMAT = "bothy-audit-1";
  private static final int ABSENT = -1;

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  private EntryBytes() {}

  /// Fields one after the other, each with its length before it, so that no two entries have the
  /// same bytes.
  static byte[] of(WorkspaceId workspace, AuditEntry entry) {
    EntryBytes fields = new EntryBytes();
    fields.add(FORMAT);
    fields.add(workspace.toString());
    fields.add(entry.id().toString());
    fields.add(String.valueOf(micros(entry.at())));
    fields.add(entry.actorKind());
    fields.add(entry.actor());
    fields.add(entry.origin().via());
    String digest = entry.origin().digest();
    fields.addBytes(digest == null ? null : HexFormat.of().parseHex(digest));
    fields.add(entry.action());
    fields.add(entry.subject().kind());
    fields.add(entry.subject().id());
    fields.add(String.valueOf(entry.details().size()));
    new TreeMap<>(entry.details())
        .forEach((name, value) -> {
          fields.add(name);
          fields.add(value);
        });
    return fields.bytes.toByteArray();
  }

  /// What the database keeps of a time: microseconds since 1970.
  static long micros(Instant at) {
    return Math.addExact(
        Math.multiplyExact(at.getEpochSecond(), 1_000_000L), at.getNano() / 1_000L);
  }

  private void add(@Nullable String text) {
    addBytes(text == null ? null : text.getBytes(StandardCharsets.UTF_8));
  }

  private void addBytes(byte @Nullable [] field) {
    int length = field == null ? ABSENT : field.length;
    bytes.writeBytes(ByteBuffer.allocate(Integer.BYTES).putInt(length).array());
    if (field != null) {
      bytes.writeBytes(field);
    }
  }
}
