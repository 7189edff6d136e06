package dev.bothy.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bothy.command.BackupCommand;
import dev.bothy.command.Command;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OptionsTest {
  @Test
  void nothingSaidMeansTheDataFolderHereAndThePortUsedBefore() {
    assertThat(Options.parse())
        .isEqualTo(new Options.Run(Path.of("data"), OptionalInt.empty(), List.of()));
  }

  @Test
  void theLastWordOnAnOptionCounts() {
    assertThat(
            Options.parse(
                "--data", "a", "--data", "b", "--port", "9000", "--logging.level.root=debug"))
        .isEqualTo(
            new Options.Run(
                Path.of("b"), OptionalInt.of(9000), List.of("--logging.level.root=debug")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "65536", "80a", "", "-1"})
  void aWrongPortIsRefusedWithWhatIsAllowed(String port) {
    assertThat(Options.parse("--port", port))
        .isEqualTo(
            new Options.Wrong("--port must be followed by a number from 10 to 65535, not " + port));
  }

  @ParameterizedTest
  @ValueSource(strings = {"--data", "--prot", "9000"})
  void anUnknownArgumentIsNamed(String argument) {
    assertThat(Options.parse(argument))
        .isInstanceOfSatisfying(
            Options.Wrong.class, wrong -> assertThat(wrong.why()).contains(argument, "--data"));
  }

  @Test
  void aCommandTakesWhatFollowsItAndWhatItIsGivenHolds() {
    assertThat(Options.parse("--data", "a", "verify", "--backup=newest-good", "--data", "b"))
        .isEqualTo(new Options.Backups(Path.of("b"), "verify", List.of("--backup=newest-good")));
    assertThat(
            new Options.Backups(Path.of("b"), "backup", List.of("--x.y=given", "--name=n"))
                .with(List.of("--x.y=usual")))
        .isEqualTo(
            new Command.OfBackup(
                new BackupCommand.Backup("n", null, List.of("--x.y=usual", "--x.y=given"))));
  }

  @ParameterizedTest
  @ValueSource(strings = {"--at=today", "--wrong", "again"})
  void aWrongArgumentOfACommandIsNamed(String argument) {
    assertThat(Options.parse("--data", "a", "restore", argument, "--backup=newest"))
        .isInstanceOf(Options.Wrong.class);
  }
}
