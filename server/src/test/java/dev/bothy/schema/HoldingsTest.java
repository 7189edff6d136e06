package dev.bothy.schema;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bothy.platform.kernel.ConnectionId;
import dev.bothy.platform.kernel.PersonId;
import dev.bothy.platform.privacy.Change;
import dev.bothy.platform.privacy.ChatAccount;
import dev.bothy.platform.privacy.DataSubject;
import dev.bothy.platform.privacy.Expiry;
import dev.bothy.platform.privacy.Held;
import dev.bothy.platform.privacy.HeldTable;
import dev.bothy.platform.privacy.OnErasure;
import dev.bothy.platform.privacy.RetentionClock;
import dev.bothy.platform.privacy.Selection;
import dev.bothy.platform.workspace.Workspaces;
import dev.bothy.testkit.BothyTest;
import dev.bothy.testkit.TestWorkspaces;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/// What the modules say they hold is what the schema says is held.
@BothyTest
class HoldingsTest {
  private static final DataSubject SOMEBODY =
      new DataSubject(
          new PersonId(UUID.randomUUID()),
          List.of(
              new ChatAccount(new ConnectionId(UUID.randomUUID()), "U1"),
              new ChatAccount(new ConnectionId(UUID.randomUUID()), "U2")));

  private static final Pattern CLOCK = Pattern.compile("\\bthe clock ([a-z]+(?:-[a-z]+)*)");

  @Autowired Held held;
  @Autowired Workspaces workspaces;
  @Autowired JdbcClient jdbc;

  @Test
  void everyTableWithPersonalDataIsDeclaredOnceByTheModuleThatOwnsIt() {
    List<String> declared =
        held.all().stream()
            .flatMap(module ->
                module.tables().stream().map(table -> module.module() + "." + table.table()))
            .toList();
    assertThat(declared).doesNotHaveDuplicates();
    Set<String> owned =
        MigratedDatabase.moduleOfTable().entrySet().stream()
            .map(table -> table.getValue() + "." + table.getKey())
            .collect(Collectors.toSet());
    assertThat(owned).containsAll(declared);
    assertThat(tablesOf("Personal data: (?!none\\.)")).isSubsetOf(namesOf(declared));
  }

  @Test
  void whoseRowsHoldNothingAboutAPersonSaysSoInTheSchemaToo() {
    assertThat(
            held.tables().filter(table -> !table.people().isEmpty()).map(HeldTable::table).toList())
        .isSubsetOf(tablesOf("Personal data: (?!none\\.)"));
  }

  @Test
  void aTableWithAPersonsRowsSaysWhatAnErasureDoesWithThem() {
    assertThat(
            held.tables()
                .filter(table ->
                    !table.people().isEmpty() && table.onErasure() instanceof OnErasure.Nothing))
        .isEmpty();
  }

  /// A comment says `the clock message-text` where rows go by that clock, and nothing of clocks
  /// that the table does not have.
  @Test
  void aTablesCommentNamesTheClocksThatItsRowsGoBy() {
    Map<String, String> comments = comments();
    held.tables()
        .forEach(table ->
            assertThat(clocksIn(Objects.requireNonNull(comments.remove(table.table()))))
                .as(table.table())
                .isEqualTo(clocksOf(table)));
    comments.forEach((table, comment) -> assertThat(clocksIn(comment)).as(table).isEmpty());
  }

  /// What holds something about people goes by a clock, after a fixed time, or with something that
  /// its comment names.
  @Test
  void aTableWithPersonalDataSaysByWhatItsRowsGo() {
    Map<String, String> comments = comments();
    assertThat(
            held.tables()
                .filter(table -> table.expiries().isEmpty())
                .filter(table -> !table.people().isEmpty())
                .map(HeldTable::table)
                .filter(table ->
                    !Objects.requireNonNull(comments.get(table))
                        .matches("(?s).*; kept: (until|as long as) .*")))
        .isEmpty();
  }

  private static Set<String> clocksIn(String comment) {
    return CLOCK
        .matcher(comment)
        .results()
        .map(found -> found.group(1))
        .collect(Collectors.toSet());
  }

  private static Set<String> clocksOf(HeldTable table) {
    return table.expiries().stream()
        .map(Expiry::after)
        .flatMap(after ->
            after instanceof Expiry.After.OfClock(RetentionClock clock)
                ? Stream.of(clock.id())
                : Stream.empty())
        .collect(Collectors.toSet());
  }

  private Map<String, String> comments() {
    return workspaces.forInstallation(() ->
        jdbc
            .sql(
                "select relname, obj_description(oid) as comment from pg_class"
                    + " where relnamespace = 'bothy'::regnamespace and relkind = 'r'"
                    + " and relname not like 'flyway%'")
            .query((row, _) -> Map.entry(row.getString("relname"), row.getString("comment")))
            .list()
            .stream()
            .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)));
  }

  @Test
  void everyConditionAndEveryChangeIsSqlThatTheDatabaseUnderstands() {
    workspaces.inWorkspace(
        TestWorkspaces.fresh(workspaces).id(),
        () -> held.tables().filter(table -> !table.installation()).forEach(this::understands));
    workspaces.forInstallation(
        () -> held.tables().filter(HeldTable::installation).forEach(this::understands));
  }

  private void understands(HeldTable table) {
    table
        .rowsOf(SOMEBODY)
        .ifPresent(rows -> {
          explain("select from " + table.table() + " where " + rows.condition(), rows.parameters());
          switch (table.onErasure()) {
            case OnErasure.AtOnce(Change change) -> explain(table, change, rows);
            case OnErasure.InSteps(Change change) -> explain(table, change, rows);
            case OnErasure.Nothing _, OnErasure.ByItself _, OnErasure.Kept _ -> {}
          }
        });
    for (Expiry expiry : table.expiries()) {
      String old = expiry.since() + " < now()";
      explain(
          table,
          expiry.change(),
          new Selection(expiry.only() == null ? old : old + " and " + expiry.only(), Map.of()));
    }
    table
        .opened()
        .forEach(column -> explain("select " + column + " from " + table.table(), Map.of()));
  }

  private void explain(HeldTable table, Change change, Selection rows) {
    String statement =
        switch (change) {
          case Change.Delete _ -> "delete from " + table.table();
          case Change.Assign(String assignments) ->
              "update " + table.table() + " set " + assignments;
        };
    explain(statement + " where " + rows.condition(), rows.parameters());
  }

  private void explain(String statement, Map<String, Object> parameters) {
    jdbc.sql("explain " + statement).params(parameters).query(String.class).list();
  }

  private List<String> tablesOf(String comment) {
    return workspaces.forInstallation(() ->
        jdbc.sql(
                "select relname from pg_class where relnamespace = 'bothy'::regnamespace"
                    + " and relkind = 'r' and obj_description(oid) ~ ?")
            .param(comment)
            .query(String.class)
            .list());
  }

  private static Set<String> namesOf(List<String> declared) {
    return declared.stream()
        .map(name -> name.substring(name.indexOf('.') + 1))
        .collect(Collectors.toSet());
  }
}
