package dev.bothy.platform.backup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bothy.platform.storage.FolderStore;
import dev.bothy.platform.storage.ObjectStore;
import dev.bothy.platform.workspace.ModuleMigrations;
import dev.bothy.testkit.TestDatabase;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a restore makes is what the migrations make, down to grants, policies and triggers.
@Tag("real")
class RestoredSchemaTest {
  /// Everything that the catalogue knows of the schema but its rows, one thing a row.
  private static final String CATALOGUE =
      """
      select 'schema ' || nspowner::regrole || ' ' || coalesce(nspacl::text, '')
          || coalesce(obj_description(oid, 'pg_namespace'), '')
        from pg_namespace where nspname = 'bothy'
      union all
      select concat_ws(' ', 'class', relkind, relname, relowner::regrole, relacl, relrowsecurity,
          relforcerowsecurity, reloptions, relreplident, relpersistence,
          obj_description(oid, 'pg_class'))
        from pg_class where relnamespace = 'bothy'::regnamespace and relkind <> 'c'
      union all
      select concat_ws(' ', 'column', c.relname, a.attnum, a.attname, format_type(a.atttypid,
          a.atttypmod), a.attnotnull, a.attidentity, a.attgenerated, a.attacl, a.attisdropped,
          pg_get_expr(d.adbin, d.adrelid), col_description(c.oid, a.attnum))
        from pg_attribute a join pg_class c on c.oid = a.attrelid
        left join pg_attrdef d on d.adrelid = c.oid and d.adnum = a.attnum
       where c.relnamespace = 'bothy'::regnamespace and a.attnum > 0 and c.relkind = 'r'
      union all
      select concat_ws(' ', 'constraint', conrelid::regclass, conname, contype, condeferrable,
          condeferred, convalidated, pg_get_constraintdef(oid),
          obj_description(oid, 'pg_constraint'))
        from pg_constraint where connamespace = 'bothy'::regnamespace
      union all
      select concat_ws(' ', 'index', pg_get_indexdef(indexrelid), indisprimary, indisvalid,
          indimmediate, indnullsnotdistinct, indisclustered,
          obj_description(indexrelid, 'pg_class'))
        from pg_index x join pg_class c on c.oid = x.indrelid
       where c.relnamespace = 'bothy'::regnamespace
      union all
      select concat_ws(' ', 'policy', polrelid::regclass, polname, polcmd, polpermissive,
          polroles::regrole[], pg_get_expr(polqual, polrelid), pg_get_expr(polwithcheck, polrelid))
        from pg_policy
      union all
      select concat_ws(' ', 'trigger', tgenabled, pg_get_triggerdef(t.oid))
        from pg_trigger t join pg_class c on c.oid = t.tgrelid
       where c.relnamespace = 'bothy'::regnamespace and not tgisinternal
      union all
      select concat_ws(' ', 'function', proowner::regrole, proacl, pg_get_functiondef(oid),
          obj_description(oid, 'pg_proc'))
        from pg_proc where pronamespace = 'bothy'::regnamespace and prokind <> 'a'
      union all
      select concat_ws(' ', 'default', defaclrole::regrole, defaclnamespace::regnamespace,
          defaclobjtype, defaclacl) from pg_default_acl
      """;

  @TempDir static Path folder;

  private static BackupWorld world;
  private static TestDatabase source;
  private static ObjectStore store;

  @BeforeAll
  static void fill() {
    world = new BackupWorld(folder.resolve("key"));
    source = BackupWorld.filled();
    store = FolderStore.of(folder.resolve("store"));
  }

  @AfterAll
  static void close() {
    world.close();
  }

  @Test
  void whateverIsTakenAwayForTheLoadIsThereAgain() {
    TestDatabase target = BackupWorld.migrated();

    // Every table counts as large here, so that every index is made anew.
    world
        .restoration(target, BackupProgress.silent(), 0)
        .restore(
            BackupReader.open(store, world.keys(), world.backup(store, source).backup()),
            connection -> {});

    assertThat(catalogue(target)).containsExactlyElementsOf(catalogue(source));
    assertThat(BackupWorld.contents(target)).isEqualTo(BackupWorld.contents(source));
    assertThat(
            BackupWorld.one(target, "select count(*) from pg_namespace where nspname ~ '^bothy_'"))
        .isEqualTo("0");
  }

  @Test
  void countersGoOnAfterWhatIsThere() {
    TestDatabase target = TestDatabase.create();
    BackupWorld.run(
        source,
        """
        set session_replication_role = replica;
        insert into bothy.audit_unlinked (workspace_id, entry_id)
          select workspace_id, id from bothy.audit_entry
           where id not in (select entry_id from bothy.audit_unlinked) limit 1
        """);
    world
        .restoration(target)
        .restore(
            BackupReader.open(store, world.keys(), world.backup(store, source).backup()),
            connection -> {});

    String next =
        """
        with highest as (select max(number) as number from bothy.audit_unlinked)
        select nextval(pg_get_serial_sequence('bothy.audit_unlinked', 'number')) - number from highest
        """;
    assertThat(BackupWorld.one(target, next)).isEqualTo("1");
  }

  @Test
  void aBackupOfAnOlderVersionIsLoadedAsItWasAndMigratedForward() {
    TestDatabase old = TestDatabase.create();
    SortedMap<String, String> versions = ModuleMigrations.newest();
    // One migration fewer here, and none at all there.
    versions.put("rotations", "6");
    versions.remove("recovery");
    versions.remove("bin");
    Flyway flyway = BackupWorld.flyway(old);
    ModuleMigrations.migrateTo(flyway, versions);
    BackupWorld.run(
        old,
        """
        insert into bothy.workspace (id, slug, name, created_at)
          values ('00000000-0000-7000-8000-000000000007', 'seven', 'Seven', now())
        """);
    Manifest manifest = world.backup(store, old);
    TestDatabase target = TestDatabase.create();

    world
        .restoration(target)
        .restore(BackupReader.open(store, world.keys(), manifest.backup()), connection -> {});

    assertThat(manifest.schema()).isEqualTo(versions);
    assertThat(BackupWorld.one(target, "select slug from bothy.workspace")).isEqualTo("seven");
    assertThat(BackupWorld.one(target, "select id from bothy.installation"))
        .isEqualTo(manifest.installation().toString());
    try (Connection connection = target.connect("postgres")) {
      assertThat(ModuleMigrations.applied(connection)).isEqualTo(ModuleMigrations.newest());
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
    Map<String, String> filled = new HashMap<>(BackupWorld.contents(target));
    assertThat(filled).containsAllEntriesOf(unchanged(old, filled));
  }

  /// Of the tables that no later migration touches.
  private static Map<String, String> unchanged(TestDatabase old, Map<String, String> now) {
    Map<String, String> contents = new HashMap<>(BackupWorld.contents(old));
    contents.keySet().retainAll(now.keySet());
    return contents;
  }

  private static List<String> catalogue(TestDatabase database) {
    List<String> things = new ArrayList<>();
    try (Connection connection = database.connect("postgres");
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(CATALOGUE)) {
      while (rows.next()) {
        things.add(rows.getString(1));
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
    things.sort(null);
    return things;
  }
}
