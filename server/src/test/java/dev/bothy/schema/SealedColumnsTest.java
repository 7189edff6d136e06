package dev.bothy.schema;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bothy.platform.keys.SealedColumn;
import dev.bothy.platform.workspace.Workspaces;
import dev.bothy.testkit.BothyTest;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/// What a new data key seals anew is what the schema says is sealed: a column that somebody forgot
/// would be unreadable a day after.
@BothyTest
class SealedColumnsTest {
  @Autowired List<SealedColumn> columns;
  @Autowired Workspaces workspaces;
  @Autowired JdbcClient jdbc;

  @Test
  void everyColumnThatTheSchemaCallsSealedIsDeclaredWithItsPurposeAndNoOther() {
    List<String> schema =
        workspaces.forInstallation(() ->
            jdbc.sql(
                    """
                    select c.relname || '.' || a.attname || ' '
                      || regexp_replace(col_description(c.oid, a.attnum), '^Sealed: (.*?)\\.( Under the installation''s keys\\.)?$', '\\1\\2')
                    from pg_attribute a join pg_class c on c.oid = a.attrelid
                    where c.relnamespace = 'bothy'::regnamespace and c.relkind = 'r'
                      and col_description(c.oid, a.attnum) like 'Sealed:%'
                    """)
                .query(String.class)
                .list());
    assertThat(columns)
        .extracting(column ->
            column
                + " "
                + column.purpose().name()
                + (column.keys() == SealedColumn.Sealer.INSTALLATION
                    ? " Under the installation's keys."
                    : ""))
        .containsExactlyInAnyOrderElementsOf(schema);
  }
}
