package dev.bothy.platform.dataexport;

import dev.bothy.platform.keys.CannotOpen;
import dev.bothy.platform.keys.Keys;
import dev.bothy.platform.keys.Sealed;
import dev.bothy.platform.keys.SealedColumn;
import dev.bothy.platform.privacy.HeldTable;
import dev.bothy.platform.privacy.Selection;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Reads the rows of any table that the modules declare, in pieces that fit into memory.
@Component
class TableReader {
  /// What a column shows whose ciphertext opens with no key.
  static final String UNREADABLE = "(cannot be read: its key is gone)";

  private static final int PAGE = 500;

  private final JdbcClient jdbc;
  private final Keys keys;
  private final List<SealedColumn> sealed;
  private final JsonMapper json;
  private final Map<String, TableShape> shapes = new ConcurrentHashMap<>();

  TableReader(JdbcClient jdbc, Keys keys, List<SealedColumn> sealed, JsonMapper json) {
    this.jdbc = jdbc;
    this.keys = keys;
    this.sealed = List.copyOf(sealed);
    this.json = json;
  }

  /// Some rows of a table.
  ///
  /// @param columns what each row has
  /// @param after where the next ones begin; null when these were the last
  record Rows(List<String> columns, List<ObjectNode> rows, @Nullable String after) {}

  /// The next rows: at most this many, and no more once they come to about this many characters.
  /// Called within a transaction that sees them.
  Rows read(
      HeldTable table, Selection which, @Nullable String after, int mostRows, long mostCharacters) {
    TableShape shape = shapes.computeIfAbsent(table.table(), name -> TableShape.of(jdbc, name));
    List<String> columns = new ArrayList<>(shape.columns());
    columns.addAll(table.opened());
    List<ObjectNode> rows = new ArrayList<>();
    String place = after;
    long characters = 0;
    while (rows.size() < mostRows && characters < mostCharacters) {
      int wanted = Math.min(PAGE, mostRows - rows.size());
      List<Found> page = page(table, shape, which, place, wanted);
      for (Found found : page) {
        rows.add(found.row());
        characters += found.characters();
        place = found.place();
      }
      if (page.size() < wanted) {
        return new Rows(columns, rows, null);
      }
    }
    return new Rows(columns, rows, place);
  }

  private record Found(String place, ObjectNode row, int characters) {}

  private List<Found> page(
      HeldTable table, TableShape shape, Selection which, @Nullable String after, int most) {
    String opened = table.opened().isEmpty() ? "" : ", id, " + String.join(", ", table.opened());
    String statement =
        "select %s as place, (select row_to_json(r) from (select %s) r)::text as line%s from %s"
                .formatted(shape.place(), shape.list(which), opened, table.table())
            + " where %s%s order by %s limit %d"
                .formatted(
                    which.condition(),
                    after == null ? "" : " and " + shape.later(),
                    shape.order(),
                    most);
    JdbcClient.StatementSpec query = jdbc.sql(statement).params(which.parameters());
    if (after != null) {
      query = query.param("after", after);
    }
    return query.query((row, _) -> toFound(table, row)).list();
  }

  private Found toFound(HeldTable table, ResultSet row) throws SQLException {
    String line = row.getString("line");
    ObjectNode node = (ObjectNode) json.readTree(line);
    int characters = line.length();
    for (String column : table.opened()) {
      byte @Nullable [] bytes = row.getBytes(column);
      String text =
          bytes == null ? null : open(table, column, row.getObject("id", UUID.class), bytes);
      node.put(column, text);
      characters += text == null ? 0 : text.length();
    }
    return new Found(row.getString("place"), node, characters);
  }

  private String open(HeldTable table, String column, UUID id, byte[] bytes) {
    SealedColumn known =
        sealed.stream()
            .filter(each -> each.table().equals(table.table()) && each.column().equals(column))
            .findFirst()
            .orElseThrow();
    try {
      return new String(keys.open(known.purpose(), id, new Sealed(bytes)), StandardCharsets.UTF_8);
    } catch (CannotOpen e) {
      return UNREADABLE;
    }
  }
}
