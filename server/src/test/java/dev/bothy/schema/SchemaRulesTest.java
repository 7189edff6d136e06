package dev.bothy.schema;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@Tag("real")
class SchemaRulesTest {
  static Stream<Arguments> rules() {
    return Stream.of(
        rule("every table forces its policy", SchemaRules::tablesWithoutForcedPolicy),
        rule("unique keys begin with the workspace", SchemaRules::uniqueKeysThatCrossWorkspaces),
        rule("every table says what it holds", SchemaRules::tablesThatDoNotSayWhatTheyHold),
        rule(
            "columns of bytes say what they are",
            SchemaRules::columnsOfBytesThatDoNotSayWhatTheyAre),
        rule("columns carry their unit", SchemaRules::columnsWithoutTheirUnit),
        rule("no foreign key crosses modules", SchemaRules::foreignKeysBetweenModules),
        rule("definer functions are narrow", SchemaRules::definerFunctionsThatAreNotNarrow),
        rule("roles can do no more than they must", SchemaRules::rolesThatCanDoTooMuch));
  }

  private static Arguments rule(String name, Function<SchemaRules, List<String>> rule) {
    return Arguments.of(name, rule);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("rules")
  void theSchemaKeepsTheRule(String name, Function<SchemaRules, List<String>> rule) {
    assertThat(rule.apply(new SchemaRules(Shared.MIGRATED))).as(name).isEmpty();
  }

  @Test
  void everyExceptionNamesATable() {
    assertThat(new SchemaRules(Shared.MIGRATED).exceptionsWithoutATable()).isEmpty();
    assertThat(Shared.MIGRATED.tables()).hasSizeGreaterThan(10);
  }

  /// What breaks each rule, and a word of the complaint.
  static Stream<Arguments> breakages() {
    return Stream.of(
        broken(
            "create table naked (workspace_id uuid not null, id uuid, primary key (workspace_id, id))",
            SchemaRules::tablesWithoutForcedPolicy,
            "naked does not force"),
        broken(
            "create policy anybody on lane to bothy_app using (true)",
            SchemaRules::tablesWithoutForcedPolicy,
            "lane has these policies"),
        broken(
            "create unique index global on inbox_item (delivery_id)",
            SchemaRules::uniqueKeysThatCrossWorkspaces,
            "global of inbox_item"),
        broken(
            "create table silent (workspace_id uuid primary key)",
            SchemaRules::tablesThatDoNotSayWhatTheyHold,
            "silent"),
        broken(
            "alter table lane add column note bytea",
            SchemaRules::columnsOfBytesThatDoNotSayWhatTheyAre,
            "lane.note"),
        broken(
            "alter table lane add column moment timestamptz",
            SchemaRules::columnsWithoutTheirUnit,
            "lane.moment"),
        broken(
            "create table rotation_fan (workspace_id uuid primary key references workspace (id))",
            SchemaRules::foreignKeysBetweenModules,
            "rotation_fan → workspace"),
        broken(
            "create function wide() returns int language sql security definer as 'select 1'",
            SchemaRules::definerFunctionsThatAreNotNarrow,
            "wide owned by"));
  }

  private static Arguments broken(
      String statement, Function<SchemaRules, List<String>> rule, String complaint) {
    return Arguments.of(statement, rule, complaint);
  }

  @ParameterizedTest
  @MethodSource("breakages")
  void theRuleFailsWhereItIsBroken(
      String statement, Function<SchemaRules, List<String>> rule, String complaint) {
    Shared.BROKEN.as("bothy_migrate").sql(statement).update();
    assertThat(rule.apply(new SchemaRules(Shared.BROKEN)))
        .anyMatch(line -> line.contains(complaint));
  }

  @Test
  void theRuleOnRolesFailsWhereARoleOwnsATable() {
    Shared.BROKEN.as("postgres").sql("alter table lane owner to bothy_app").update();
    assertThat(new SchemaRules(Shared.BROKEN).rolesThatCanDoTooMuch())
        .contains("bothy_app owns lane");
  }

  private static final class Shared {
    static final MigratedDatabase MIGRATED = new MigratedDatabase();
    static final MigratedDatabase BROKEN = new MigratedDatabase();
  }
}
