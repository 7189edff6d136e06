package dev.bothy.platform.bin;

import dev.bothy.platform.kernel.PersonId;
import dev.bothy.platform.workspace.Workspaces;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// The rows of the bin. Called within a transaction of the workspace.
@Component
class BinTable {
  private final JdbcClient jdbc;
  private final Workspaces workspaces;

  BinTable(JdbcClient jdbc, Workspaces workspaces) {
    this.jdbc = jdbc;
    this.workspaces = workspaces;
  }

  /// @return false if it is in already
  boolean insert(BinItem item) {
    return jdbc.sql(
                "insert into bin_item (workspace_id, id, kind, subject, app, uninstalled,"
                    + " deleted_by, deleted_at, goes_at) values (?, ?, ?, ?, ?, ?, ?, ?, ?)"
                    + " on conflict (workspace_id, kind, subject) do nothing")
            .param(workspaces.current().value())
            .param(item.id())
            .param(item.kind())
            .param(item.subject())
            .param(item.app())
            .param(item.uninstalled())
            .param(item.deletedBy() == null ? null : item.deletedBy().value())
            .param(utc(item.deletedAt()))
            .param(utc(item.goesAt()))
            .update()
        > 0;
  }

  /// What goes first comes first.
  List<BinItem> all() {
    return jdbc.sql("select * from bin_item order by goes_at, id").query(BinTable::toItem).list();
  }

  Optional<BinItem> find(UUID id) {
    return jdbc.sql("select * from bin_item where id = ?")
        .param(id)
        .query(BinTable::toItem)
        .optional();
  }

  Optional<BinItem> find(String kind, String subject) {
    return jdbc.sql("select * from bin_item where kind = ? and subject = ?")
        .params(kind, subject)
        .query(BinTable::toItem)
        .optional();
  }

  /// Lets nobody else bring it back or end it until the transaction ends.
  Optional<BinItem> lock(UUID id) {
    return jdbc.sql("select * from bin_item where id = ? for update")
        .param(id)
        .query(BinTable::toItem)
        .optional();
  }

  /// The apps that are in the bin, and the workspace: kinds and subjects.
  List<BinItem> resting() {
    return jdbc.sql("select * from bin_item where kind in (?, ?)")
        .params(Bin.APP, Bin.WORKSPACE)
        .query(BinTable::toItem)
        .list();
  }

  /// @return the id of what was taken out; empty if it is not in, or its end has begun
  Optional<UUID> takeOut(String kind, String subject) {
    return jdbc.sql(
            "delete from bin_item where kind = ? and subject = ? and begun_at is null returning id")
        .params(kind, subject)
        .query(UUID.class)
        .optional();
  }

  void delete(UUID id) {
    jdbc.sql("delete from bin_item where id = ?").param(id).update();
  }

  void setGoesAt(UUID id, Instant goesAt) {
    jdbc.sql("update bin_item set goes_at = ? where id = ?").params(utc(goesAt), id).update();
  }

  void setWarned(UUID id, Instant now) {
    jdbc.sql("update bin_item set warned_at = ? where id = ?").params(utc(now), id).update();
  }

  void setBegun(UUID id, Instant now) {
    jdbc.sql("update bin_item set begun_at = coalesce(begun_at, ?) where id = ?")
        .params(utc(now), id)
        .update();
  }

  private static OffsetDateTime utc(Instant time) {
    return time.atOffset(ZoneOffset.UTC);
  }

  private static BinItem toItem(ResultSet row, int number) throws SQLException {
    UUID by = row.getObject("deleted_by", UUID.class);
    return new BinItem(
        row.getObject("id", UUID.class),
        row.getString("kind"),
        row.getString("subject"),
        row.getString("app"),
        row.getBoolean("uninstalled"),
        by == null ? null : new PersonId(by),
        row.getObject("deleted_at", OffsetDateTime.class).toInstant(),
        row.getObject("goes_at", OffsetDateTime.class).toInstant(),
        instant(row, "warned_at"),
        instant(row, "begun_at"));
  }

  private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
    OffsetDateTime at = row.getObject(column, OffsetDateTime.class);
    return at == null ? null : at.toInstant();
  }
}
