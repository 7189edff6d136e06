package dev.bothy.platform.keys;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;

/// Seals rows anew under the key that seals now. Called within a transaction of the workspace.
@Service
public class Reencryption {
  private static final Logger LOG = LoggerFactory.getLogger(Reencryption.class);

  private final List<SealedColumn> columns;
  private final Keys keys;
  private final JdbcClient jdbc;

  Reencryption(List<SealedColumn> columns, Keys keys, JdbcClient jdbc) {
    this.columns =
        columns.stream()
            .filter(column -> column.keys() == SealedColumn.Sealer.WORKSPACE)
            .sorted(Comparator.comparing(SealedColumn::toString))
            .toList();
    this.keys = keys;
    this.jdbc = jdbc;
  }

  /// What a batch has done.
  ///
  /// @param resealed rows that are sealed under the new key now
  /// @param unreadable rows that do not open and stay as they are
  /// @param last the last row that was looked at; null when there was none left
  public record Batch(int resealed, int unreadable, @Nullable UUID last) {}

  /// The columns that a workspace's keys seal, in an order that does not change.
  public List<SealedColumn> columns() {
    return columns;
  }

  /// The columns that this owner's keys seal, in an order that does not change.
  public List<SealedColumn> columnsOf(String owner) {
    return columns.stream().filter(column -> column.purpose().owner().equals(owner)).toList();
  }

  /// How many rows keys below this version have sealed.
  public long remaining(SealedColumn column, int version) {
    return jdbc.sql(
            "select count(*) from %s where %s < ?".formatted(column.table(), column.column()))
        .param(Envelope.lowest(version))
        .query(Long.class)
        .single();
  }

  /// Seals the next rows anew. A row that somebody else changes at the same time is left to the
  /// next pass, and so is one that does not open, which is logged.
  ///
  /// @param version the version of the key that seals now
  /// @param after the row that the batch before ended with; null for the first
  /// @param limit how many rows are looked at
  public Batch batch(SealedColumn column, int version, @Nullable UUID after, int limit) {
    List<UUID> ids = new ArrayList<>();
    List<byte[]> old = new ArrayList<>();
    jdbc.sql(
            "select id, %2$s from %1$s where id > ? and %2$s < ? order by id limit ?"
                .formatted(column.table(), column.column()))
        .params(after == null ? new UUID(0, 0) : after, Envelope.lowest(version), limit)
        .query(row -> {
          ids.add(row.getObject(1, UUID.class));
          old.add(row.getBytes(2));
        });
    if (ids.isEmpty()) {
      return new Batch(0, 0, null);
    }
    byte[][] fresh = new byte[ids.size()][];
    int unreadable = 0;
    for (int place = 0; place < fresh.length; place++) {
      byte[] resealed = reseal(column, ids.get(place), old.get(place));
      if (resealed == null) {
        unreadable++;
      }
      // Put back as it was, a row changes nothing.
      fresh[place] = resealed == null ? old.get(place) : resealed;
    }
    int changed =
        jdbc.sql(
                "update %1$s t set %2$s = n.fresh from unnest(?, ?, ?) as n (id, old, fresh)"
                        .formatted(column.table(), column.column())
                    + " where t.id = n.id and t.%1$s = n.old and n.old <> n.fresh"
                        .formatted(column.column()))
            .params(ids.toArray(UUID[]::new), old.toArray(byte[][]::new), fresh)
            .update();
    return new Batch(changed, unreadable, ids.getLast());
  }

  private byte @Nullable [] reseal(SealedColumn column, UUID row, byte[] sealed) {
    byte @Nullable [] plain = null;
    try {
      plain = keys.open(column.purpose(), row, new Sealed(sealed));
      return keys.seal(column.purpose(), row, plain).bytes();
    } catch (CannotOpen e) {
      LOG.warn("{} of {} stays as it is: {}", column, row, e.getMessage());
      return null;
    } finally {
      if (plain != null) {
        Arrays.fill(plain, (byte) 0);
      }
    }
  }
}
