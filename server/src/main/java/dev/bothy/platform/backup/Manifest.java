package dev.bothy.platform.backup;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.bothy.platform.keys.NeededKey;
import java.time.Instant;
import java.util.List;
import java.util.SortedMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/// What a backup says of itself. It is readable by anybody who may read the store, and holds no
/// content: names of tables, counts, sizes and checksums. [BackupCipher#mac] proves it.
///
/// @param format 1
/// @param name what whoever asked for it calls it; null for none
/// @param installation whose it is
/// @param takenAt the moment that its snapshot shows, by PostgreSQL's clock
/// @param version the product's
/// @param postgres the version of PostgreSQL
/// @param schema the newest migration of each module
/// @param keys what the key provider must have for its content to be readable
/// @param documents what is beside the tables: the configuration, what the realm needs
/// @param parts the list of all parts
/// @param storedBytes how much it takes in the store, this file apart
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Manifest(
    int format,
    String id,
    @Nullable String name,
    UUID installation,
    Instant takenAt,
    Instant completedAt,
    String version,
    String postgres,
    SortedMap<String, String> schema,
    List<Table> tables,
    List<NeededKey> keys,
    List<Stored> documents,
    Stored parts,
    long storedBytes) {
  static final int FORMAT = 1;

  private static final JsonMapper JSON = JsonMapper.shared();

  public Manifest {
    // It is shown before anything proves it.
    List.of(id, installation, takenAt, completedAt, version, postgres, schema, parts);
    tables = List.copyOf(tables);
    keys = List.copyOf(keys);
    documents = List.copyOf(documents);
  }

  /// A table's content.
  ///
  /// @param columns those that are copied, in this order; generated ones are not
  /// @param checksum as [TableSum] has it
  /// @param bytes as text, uncompressed
  public record Table(String name, List<String> columns, long rows, String checksum, long bytes) {
    public Table {
      columns = List.copyOf(columns);
    }
  }

  /// An object in the store.
  ///
  /// @param key below the backup's folder
  /// @param sha256 of what is stored, in hexadecimal
  public record Stored(String key, long bytes, String sha256) {}

  /// An object with rows of a table.
  ///
  /// @param rawBytes as text, uncompressed
  public record Part(String table, Stored stored, long rows, long rawBytes) {}

  public long rows() {
    return tables.stream().mapToLong(Table::rows).sum();
  }

  /// As text, uncompressed.
  public long bytes() {
    return tables.stream().mapToLong(Table::bytes).sum();
  }

  public BackupId backup() {
    return new BackupId(id);
  }

  byte[] json() {
    return JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(this);
  }

  /// @throws BackupFailure if it is no manifest of a format that this version knows
  static Manifest read(BackupId id, byte[] json) {
    try {
      int format = JSON.readTree(json).path("format").asInt();
      if (format > FORMAT) {
        throw new BackupFailure(
            BackupFailure.Reason.NewerSchema,
            "The backup %s has format %d, and this version knows formats up to %d. Use the version"
                    .formatted(id, format, FORMAT)
                + " that made it, or a later one");
      }
      Manifest read = JSON.readValue(json, Manifest.class);
      if (read.id().equals(id.value())) {
        return read;
      }
    } catch (JacksonException | NullPointerException e) {
      // Said below.
    }
    throw new BackupFailure(
        BackupFailure.Reason.DamagedObject,
        "%s%s is not the manifest of this backup. Choose another backup"
            .formatted(id.folder(), Layout.MANIFEST));
  }

  static byte[] json(List<Part> parts) {
    return JSON.writeValueAsBytes(parts);
  }

  static List<Part> parts(byte[] json) {
    return List.of(JSON.readValue(json, Part[].class));
  }
}
