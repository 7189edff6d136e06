package dev.bothy.platform.audit;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// One page of the audit log, newest first.
///
/// @param older where the next page starts; null when this is the last
public record AuditPage(List<AuditEntry> entries, @Nullable Place older) {
  public AuditPage {
    entries = List.copyOf(entries);
  }

  /// A place in the log: what is older than this entry comes after it. Stable while new entries
  /// arrive.
  public record Place(Instant at, UUID id) {
    /// For an address: microseconds since 1970 (what the database keeps), a dot, the id.
    public String text() {
      return (at.getEpochSecond() * 1_000_000 + at.getNano() / 1_000) + "." + id;
    }

    /// The place that [#text] wrote; null if it is none, as from an address that was typed.
    public static @Nullable Place of(String text) {
      int dot = text.indexOf('.');
      if (dot < 0) {
        return null;
      }
      try {
        long micros = Long.parseLong(text.substring(0, dot));
        Instant at =
            Instant.ofEpochSecond(
                Math.floorDiv(micros, 1_000_000L), Math.floorMod(micros, 1_000_000L) * 1_000L);
        return new Place(at, UUID.fromString(text.substring(dot + 1)));
      } catch (IllegalArgumentException e) {
        return null;
      }
    }
  }
}
