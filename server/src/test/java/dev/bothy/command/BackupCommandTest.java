package dev.bothy.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BackupCommandTest {
  private static final String ID = "20261127t021500z-3f9a1c";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          restore                                             | one of --backup
          restore --backup=newest --at=2026-11-27T08:00:00Z   | one of --backup
          restore --at=yesterday                              | --at must be a time in UTC
          restore --at=2026-11-27                             | --at must be a time in UTC
          restore --backup=newest --safety-backup=no          | --safety-backup must be true or false
          restore --backup=newest --installation=mine         | --installation must be the id
          restore --backup=newest --safetybackup=false        | Unknown argument --safetybackup=false
          restore --backup=newest --chek                      | Unknown argument --chek
          restore --undo --backup=newest                      | Unknown argument --backup=newest
          restore --undo --check                              | Unknown argument --check
          backup newest                                       | Unknown argument newest
          backup --backup=newest                              | Unknown argument --backup=newest
          backups --name=x                                    | Unknown argument --name=x
          verify --undo                                       | Unknown argument --undo
          drill --at=2026-11-27T08:00:00Z                     | Unknown argument --at
          release --backup=newest                             | Unknown argument --backup=newest
          """)
  void whatCannotBeUnderstoodIsNotPassedOver(String line, String why) {
    assertThat(Command.parse(line.split(" +")))
        .isInstanceOfSatisfying(
            Command.Wrong.class, wrong -> assertThat(wrong.why()).contains(why));
  }

  @Test
  void aRestoreHasItsArgumentsAndTheSettingsStay() {
    UUID installation = UUID.randomUUID();

    assertThat(
            Command.parse(
                "restore",
                "--bothy.storage.kind=folder",
                "--backup=" + ID,
                "--safety-backup=false",
                "--check",
                "--installation=" + installation,
                "--report=/dev/termination-log"))
        .isEqualTo(
            new Command.OfBackup(
                new BackupCommand.Restore(
                    ID,
                    null,
                    true,
                    false,
                    installation,
                    false,
                    Path.of("/dev/termination-log"),
                    List.of("--bothy.storage.kind=folder"))));
  }

  @Test
  void aTimePicksInsteadOfAName() {
    assertThat(Command.parse("restore", "--at=2026-11-27T08:00:00Z"))
        .isEqualTo(
            new Command.OfBackup(
                new BackupCommand.Restore(
                    "",
                    Instant.parse("2026-11-27T08:00:00Z"),
                    false,
                    true,
                    null,
                    false,
                    null,
                    List.of())));
  }

  @Test
  void whatIsVerifiedOrDrilledIsTheNewestUnlessItIsNamed() {
    assertThat(Command.parse("verify"))
        .isEqualTo(new Command.OfBackup(new BackupCommand.Verify("newest", null, List.of())));
    assertThat(Command.parse("drill", "--backup=" + ID))
        .isEqualTo(new Command.OfBackup(new BackupCommand.Drill(ID, null, List.of())));
    assertThat(Command.parse("backup", "--name=Before the move = today"))
        .isEqualTo(
            new Command.OfBackup(
                new BackupCommand.Backup("Before the move = today", null, List.of())));
  }
}
