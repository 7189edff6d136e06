package dev.bothy.platform.dataexport;

import dev.bothy.platform.privacy.Selection;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.springframework.jdbc.core.simple.JdbcClient;

/// A table as the database's catalogue knows it.
///
/// @param columns those that an export can show: all but the ones of bytes
/// @param key the columns of its primary key, in order, without the workspace: with it beside the
///   policy's own condition PostgreSQL would begin each page at the workspace's first row
/// @param keyTypes the type of each
record TableShape(List<String> columns, List<String> key, List<String> keyTypes) {
  static TableShape of(JdbcClient jdbc, String table) {
    List<String> columns =
        jdbc.sql(
                "select attname from pg_attribute where attrelid = cast(? as regclass)"
                    + " and attnum > 0 and not attisdropped and atttypid <> 'bytea'::regtype"
                    + " and attname <> 'workspace_id' order by attnum")
            .param(table)
            .query((row, _) -> row.getString(1))
            .list();
    List<String[]> key =
        jdbc.sql(
                "select a.attname, format_type(a.atttypid, null) from pg_index i"
                    + " cross join unnest(i.indkey) with ordinality as k (number, place)"
                    + " join pg_attribute a on a.attrelid = i.indrelid and a.attnum = k.number"
                    + " where i.indrelid = cast(? as regclass) and i.indisprimary"
                    + " and (a.attname <> 'workspace_id' or i.indnatts = 1) order by k.place")
            .param(table)
            .query((row, _) -> new String[] {row.getString(1), row.getString(2)})
            .list();
    return new TableShape(
        columns,
        key.stream().map(column -> column[0]).toList(),
        key.stream().map(column -> column[1]).toList());
  }

  /// The columns as a list in SQL, each null where these rows do not show it.
  String list(Selection rows) {
    return columns.stream()
        .map(column -> {
          String where = rows.shownWhere().get(column);
          return where == null
              ? column
              : "case when %s then %s end as %s".formatted(where, column, column);
        })
        .collect(Collectors.joining(", "));
  }

  /// The key as a list in SQL.
  String order() {
    return String.join(", ", key);
  }

  /// The key's values as one text.
  String place() {
    return key.stream()
        .map(column -> column + "::text")
        .collect(Collectors.joining(", ", "json_build_array(", ")::text"));
  }

  /// What comes after the place in `:after`, whose last values count: servers of the version before
  /// wrote the workspace in front.
  String later() {
    return IntStream.range(0, key.size())
        .mapToObj(number ->
            "cast(cast(:after as json) ->> %d as %s)"
                .formatted(number - key.size(), keyTypes.get(number)))
        .collect(Collectors.joining(", ", "(" + order() + ") > (", ")"));
  }
}
