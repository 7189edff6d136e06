package dev.bothy.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/// Looks for a text where it may have been left: the files of PostgreSQL with the indexes, what its
/// planner remembers, folders, and what the server answers.
public final class Traces {
  private Traces() {}

  /// The files of tables, indexes and long values that have these bytes, also where PostgreSQL
  /// regards the place as free.
  public static List<String> databaseFilesWith(String text) {
    return names(
        "select c.oid::regclass::text from pg_class c where c.relkind in ('r', 'i', 't')"
            + " and c.relnamespace in ('bothy'::regnamespace, 'pg_toast'::regnamespace)"
            + " and position(? in pg_read_binary_file(pg_relation_filepath(c.oid), true)) > 0"
            + " order by 1",
        text.getBytes(StandardCharsets.UTF_8));
  }

  /// The columns of which the planner remembers this text as an example.
  public static List<String> statisticsWith(String text) {
    return names(
        "select distinct s.starelid::regclass || '.' || a.attname from pg_statistic s"
            + " join pg_attribute a on a.attrelid = s.starelid and a.attnum = s.staattnum"
            + " where strpos(concat(stavalues1::text, stavalues2::text, stavalues3::text,"
            + " stavalues4::text, stavalues5::text), ?) > 0",
        text);
  }

  /// Writes tables and their indexes anew and looks at their columns again, as a DBA does who wants
  /// nothing left in free places.
  public static void rewrite(Set<String> tables) {
    try (Connection superuser = TestDatabase.shared().connect("postgres");
        Statement statement = superuser.createStatement()) {
      for (String table : tables) {
        statement.execute(
            "select pg_clear_attribute_stats('bothy', c.relname, a.attname, false)"
                + " from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0"
                + " and not a.attisdropped where c.oid = 'bothy.%1$s'::regclass or c.oid in"
                    .formatted(table)
                + " (select indexrelid from pg_index where indrelid = 'bothy.%s'::regclass)"
                    .formatted(table));
        statement.execute("vacuum (full, analyze) bothy." + table);
      }
      statement.execute("vacuum (full) pg_catalog.pg_statistic");
      statement.execute("checkpoint");
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /// Has the planner look at all columns, as it does by itself now and then, and writes all to
  /// disk.
  public static void analyze(Set<String> tables) {
    try (Connection superuser = TestDatabase.shared().connect("postgres");
        Statement statement = superuser.createStatement()) {
      for (String table : tables) {
        statement.execute("analyze bothy." + table);
      }
      statement.execute("checkpoint");
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static List<String> names(String query, Object value) {
    List<String> found = new ArrayList<>();
    try (Connection superuser = TestDatabase.shared().connect("postgres");
        PreparedStatement look = superuser.prepareStatement(query)) {
      look.setObject(1, value);
      try (ResultSet row = look.executeQuery()) {
        while (row.next()) {
          found.add(row.getString(1));
        }
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
    return found;
  }

  /// The files below the folder that have the text; none if there is no such folder.
  public static List<Path> filesWith(Path folder, String text) {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(Files::isRegularFile).filter(file -> has(file, text)).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean has(Path file, String text) {
    try {
      return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1).contains(text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// The reading operations of the API that answer the text to an owner who may see all.
  ///
  /// @param own what stands in the paths
  public static List<String> answersWith(ApiThings own, JsonNode document, String text) {
    List<String> found = new ArrayList<>();
    for (ApiOperation operation : ApiOperation.of(document)) {
      if (operation.method().equals("GET")) {
        String path = operation.path(own, own, Set.of()) + operation.query();
        ApiWorld world = own.world();
        if (world.send(world.signedIn(), "GET", path, "").body().contains(text)) {
          found.add(path);
        }
      }
    }
    return found;
  }
}
