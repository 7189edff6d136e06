package dev.bothy.platform.audit;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/// Reads entries from rows.
@Component
class AuditRows {
  /// What a query selects, of `audit_entry e left join audit_link l`.
  static final String COLUMNS =
      "e.id, e.occurred_at, e.actor_kind, e.actor, e.via, e.address, e.address_salt,"
          + " e.address_digest, e.action, e.subject_kind, e.subject_id, e.details, l.position, l.hash";

  private static final TypeReference<Map<String, String>> DETAILS = new TypeReference<>() {};

  private final JsonMapper json;

  AuditRows(JsonMapper json) {
    this.json = json;
  }

  /// The entry of a row.
  ///
  /// @throws IllegalArgumentException if it is none that Bothy could have written
  AuditEntry entry(ResultSet row) throws SQLException {
    return new AuditEntry(
        row.getObject("id", UUID.class),
        row.getObject("occurred_at", OffsetDateTime.class).toInstant(),
        row.getString("actor_kind"),
        row.getString("actor"),
        new Origin(
            row.getString("via"),
            row.getString("address"),
            hex(row.getBytes("address_salt")),
            hex(row.getBytes("address_digest"))),
        row.getString("action"),
        new Subject(row.getString("subject_kind"), row.getString("subject_id")),
        details(row.getString("details")),
        link(row));
  }

  /// The entry of a row as [#entry] reads it; null if somebody made it into one that is none.
  @Nullable AuditEntry entryOrNull(ResultSet row) throws SQLException {
    try {
      return entry(row);
    } catch (IllegalArgumentException changed) {
      return null;
    }
  }

  String text(Map<String, String> details) {
    return json.writeValueAsString(details);
  }

  static OffsetDateTime column(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }

  static byte @Nullable [] bytes(@Nullable String hex) {
    return hex == null ? null : HexFormat.of().parseHex(hex);
  }

  private Map<String, String> details(String text) {
    try {
      return json.readValue(text, DETAILS);
    } catch (JacksonException e) {
      throw new IllegalArgumentException("These are no details of an entry", e);
    }
  }

  private static AuditEntry.@Nullable Link link(ResultSet row) throws SQLException {
    byte @Nullable [] hash = row.getBytes("hash");
    return hash == null
        ? null
        : new AuditEntry.Link(row.getLong("position"), HexFormat.of().formatHex(hash));
  }

  private static @Nullable String hex(byte @Nullable [] bytes) {
    return bytes == null ? null : HexFormat.of().formatHex(bytes);
  }
}
