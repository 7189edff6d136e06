package dev.bothy.backuptool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bothy.command.BackupCommand;
import dev.bothy.platform.backup.BackupFailure.Reason;
import dev.bothy.platform.backup.Manifest;
import dev.bothy.platform.backup.Retention.BackupClass;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// `docs/reference/backups.md` names every reason, command, argument and field that there is, and
/// no other.
class BackupsPageTest {
  private static final Path PAGE = Path.of("..", "docs", "reference", "backups.md");

  @Test
  void everyReasonIsOnThePageWithWhetherItMayPass() throws IOException {
    Set<String> onPage =
        Pattern.compile("^\\| `([A-Z]\\w+)` \\| (yes|no) \\|", Pattern.MULTILINE)
            .matcher(Files.readString(PAGE))
            .results()
            .map(row -> row.group(1) + " " + row.group(2))
            .collect(Collectors.toCollection(TreeSet::new));
    assertThat(onPage)
        .containsExactlyInAnyOrderElementsOf(
            Arrays.stream(Reason.values())
                .map(reason -> reason + (reason.mayPass() ? " yes" : " no"))
                .toList());
  }

  @Test
  void everyCommandHasItsRow() throws IOException {
    List<String> onPage = rows("[a-z]+", "\\| [a-z]");
    assertThat(onPage).containsAll(BackupCommand.NAMES);
  }

  /// An argument is a component of a command; `undo` is a command of its own that `restore` leads
  /// to.
  @Test
  void everyArgumentHasItsRow() throws IOException {
    Set<String> arguments =
        Stream.of(
                BackupCommand.Backup.class,
                BackupCommand.ListAll.class,
                BackupCommand.Verify.class,
                BackupCommand.Restore.class,
                BackupCommand.Undo.class,
                BackupCommand.Drill.class,
                BackupCommand.Release.class)
            .flatMap(command -> Arrays.stream(command.getRecordComponents()))
            .map(RecordComponent::getName)
            .filter(name -> !name.equals("settings"))
            .map(name -> "--" + name.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT))
            .collect(Collectors.toCollection(TreeSet::new));
    arguments.add("--undo");
    assertThat(rows("(--[a-z-]+)[^`]*", "\\|")).containsExactlyInAnyOrderElementsOf(arguments);
  }

  @Test
  void everyFieldOfTheManifestAndEveryClassIsExplained() throws IOException {
    String page = Files.readString(PAGE);
    assertThat(Manifest.class.getRecordComponents())
        .extracting(RecordComponent::getName)
        .allSatisfy(field -> assertThat(page).contains("`" + field + "`"));
    assertThat(ToolReport.class.getRecordComponents())
        .extracting(RecordComponent::getName)
        .allSatisfy(field -> assertThat(page).containsAnyOf("\"" + field + "\"", "`" + field));
    assertThat(BackupClass.values())
        .allSatisfy(each -> assertThat(page).contains("\n| " + each + " | "));
  }

  /// What the first cells of rows hold.
  private static List<String> rows(String cell, String then) throws IOException {
    return Pattern.compile("^\\| `(" + cell + ")` " + then, Pattern.MULTILINE)
        .matcher(Files.readString(PAGE))
        .results()
        .map(row -> row.group(row.groupCount()))
        .toList();
  }
}
