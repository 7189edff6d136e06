package dev.bothy.command;

import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What is asked for of backups. Every case carries the settings that were given beside it, each
/// `--name=value`, and the file that gets the result as JSON; null writes none.
public sealed interface BackupCommand {
  /// Settings have a dot in their name, and arguments have none: a mistyped one is not passed over.
  Pattern SETTING = Pattern.compile("--[^=.]+\\.[^=]+=(?s:.*)");

  /// The words that begin one.
  List<String> NAMES = List.of("backup", "backups", "verify", "restore", "drill", "release");

  /// Those that need the store and nothing of a server.
  sealed interface OfStore extends BackupCommand {}

  @Nullable Path report();

  List<String> settings();

  /// Make one.
  ///
  /// @param name what whoever asks for it calls it; null for none
  record Backup(@Nullable String name, @Nullable Path report, List<String> settings)
      implements OfStore {
    public Backup {
      settings = List.copyOf(settings);
    }
  }

  /// List those that are there.
  record ListAll(@Nullable Path report, List<String> settings) implements OfStore {
    public ListAll {
      settings = List.copyOf(settings);
    }
  }

  /// Read every object of one and check it.
  ///
  /// @param backup an id, `newest` or `newest-good`
  record Verify(String backup, @Nullable Path report, List<String> settings) implements OfStore {
    public Verify {
      settings = List.copyOf(settings);
    }
  }

  /// Put one in the place of what the database holds.
  ///
  /// @param backup an id, `newest` or `newest-good`; not looked at if `at` is given
  /// @param at the newest that is not later than this; null for the one named
  /// @param check only look whether it could be done
  /// @param safetyBackup whether what is there is backed up first
  /// @param installation whose backup it may be, if not this database's own; null for none
  /// @param acceptMissingKeys whether to do it without keys that the provider has not
  record Restore(
      String backup,
      @Nullable Instant at,
      boolean check,
      boolean safetyBackup,
      @Nullable UUID installation,
      boolean acceptMissingKeys,
      @Nullable Path report,
      List<String> settings)
      implements OfStore {
    public Restore {
      settings = List.copyOf(settings);
    }
  }

  /// Put back what an unfinished restore had put aside.
  record Undo(@Nullable Path report, List<String> settings) implements OfStore {
    public Undo {
      settings = List.copyOf(settings);
    }
  }

  /// Prove one by restoring it elsewhere.
  ///
  /// @param backup an id, `newest` or `newest-good`
  record Drill(String backup, @Nullable Path report, List<String> settings)
      implements BackupCommand {
    public Drill {
      settings = List.copyOf(settings);
    }
  }

  /// Let a restored service go on with its work.
  record Release(@Nullable Path report, List<String> settings) implements BackupCommand {
    public Release {
      settings = List.copyOf(settings);
    }
  }

  /// @param name one of [#NAMES]
  /// @param rest what follows it; arguments are taken out, and settings stay
  static Command parse(String name, List<String> rest) {
    try {
      return switch (parsed(name, rest)) {
        case BackupCommand command when unknown(rest).isEmpty() -> new Command.OfBackup(command);
        case BackupCommand _ ->
            new Command.Wrong(
                "Unknown argument %s after %s. docs/reference/backups.md has those of each command"
                    .formatted(unknown(rest).get(), name));
      };
    } catch (IllegalArgumentException e) {
      return new Command.Wrong(String.valueOf(e.getMessage()));
    }
  }

  private static BackupCommand parsed(String name, List<String> rest) {
    Path report = Command.take(rest, "--report=").map(Path::of).orElse(null);
    return switch (name) {
      case "backup" -> new Backup(Command.take(rest, "--name=").orElse(null), report, rest);
      case "backups" -> new ListAll(report, rest);
      case "verify" -> new Verify(Command.take(rest, "--backup=").orElse("newest"), report, rest);
      case "drill" -> new Drill(Command.take(rest, "--backup=").orElse("newest"), report, rest);
      case "release" -> new Release(report, rest);
      default -> restore(report, rest);
    };
  }

  private static BackupCommand restore(@Nullable Path report, List<String> rest) {
    if (rest.remove("--undo")) {
      return new Undo(report, rest);
    }
    boolean check = rest.remove("--check");
    Optional<String> backup = Command.take(rest, "--backup=");
    Optional<String> at = Command.take(rest, "--at=");
    if (backup.isPresent() == at.isPresent()) {
      throw new IllegalArgumentException(
          "restore needs one of --backup=… (an id, newest or newest-good) and --at=… (a time such as"
              + " 2026-11-27T08:00:00Z)");
    }
    return new Restore(
        backup.orElse(""),
        at.map(BackupCommand::time).orElse(null),
        check,
        isTrue(Command.take(rest, "--safety-backup="), "--safety-backup", true),
        Command.take(rest, "--installation=").map(BackupCommand::id).orElse(null),
        isTrue(Command.take(rest, "--accept-missing-keys="), "--accept-missing-keys", false),
        report,
        rest);
  }

  private static Optional<String> unknown(List<String> rest) {
    return rest.stream().filter(argument -> !SETTING.matcher(argument).matches()).findFirst();
  }

  private static boolean isTrue(Optional<String> given, String name, boolean otherwise) {
    return switch (given.map(value -> value.toLowerCase(Locale.ROOT)).orElse("")) {
      case "" -> otherwise;
      case "true" -> true;
      case "false" -> false;
      default ->
          throw new IllegalArgumentException(
              name + " must be true or false, not " + given.orElse(""));
    };
  }

  private static Instant time(String written) {
    try {
      return Instant.parse(written);
    } catch (DateTimeParseException e) {
      throw new IllegalArgumentException(
          "--at must be a time in UTC such as 2026-11-27T08:00:00Z, not " + written, e);
    }
  }

  private static UUID id(String written) {
    try {
      return UUID.fromString(written);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "--installation must be the id that the command backups shows, not " + written, e);
    }
  }
}
