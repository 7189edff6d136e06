package dev.bothy.schema;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ModuleSqlTest {
  private static final Path SOURCES = Path.of("src/main/java/dev/bothy");
  private static final Pattern MODULE = Pattern.compile("id = \"([a-z]+)\"");

  private final ModuleSql rule = new ModuleSql(MigratedDatabase.moduleOfTable());

  @Test
  void codeTouchesItsOwnModulesTablesAlone() throws IOException {
    List<Path> files;
    try (Stream<Path> all = Files.walk(SOURCES)) {
      files = all.filter(file -> file.toString().endsWith(".java")).toList();
    }
    assertThat(files).hasSizeGreaterThan(100);
    assertThat(
            files.stream()
                .flatMap(file ->
                    rule.foreignTables(moduleOf(file), file, MigratedDatabase.read(file)).stream()))
        .isEmpty();
  }

  @Test
  void migrationsTouchTheirOwnModulesTablesAlone() {
    assertThat(
            MigratedDatabase.migrationFiles().stream()
                .flatMap(file ->
                    rule
                        .foreignTables(
                            MigratedDatabase.module(file), file, MigratedDatabase.read(file))
                        .stream()))
        .isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "jdbc.sql(\"select 1 from lane where true\")",
        "jdbc.sql(\"update\" + \" lane set kind = 'x'\")",
        "create table mine (id uuid references lane (id))",
        "@Table(name = \"lane\")"
      })
  void theRuleFailsWhereItIsBroken(String text) {
    assertThat(rule.foreignTables("rotations", Path.of("Broken"), text))
        .containsExactly("Broken of rotations touches lane of work");
    assertThat(rule.foreignTables("work", Path.of("Fine"), text)).isEmpty();
  }

  /// The id in the nearest package-info above the file that declares a module.
  private static String moduleOf(Path file) {
    for (Path folder = file.getParent(); folder != null; folder = folder.getParent()) {
      Path packageInfo = folder.resolve("package-info.java");
      if (Files.exists(packageInfo)) {
        Matcher module = MODULE.matcher(MigratedDatabase.read(packageInfo));
        if (module.find()) {
          return module.group(1);
        }
      }
    }
    return "";
  }
}
