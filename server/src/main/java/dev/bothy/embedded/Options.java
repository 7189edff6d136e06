package dev.bothy.embedded;

import dev.bothy.command.BackupCommand;
import dev.bothy.command.Command;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Stream;

/// What the command line asks for.
sealed interface Options {
  /// Only fill the cache, so that a later run starts at once.
  record Prepare() implements Options {}

  /// @param data folder that keeps everything
  /// @param port the wish for the server's port; empty means the one used before
  /// @param settings further settings of the server, as `--name=value`
  record Run(Path data, OptionalInt port, List<String> settings) implements Options {
    public Run {
      settings = List.copyOf(settings);
    }
  }

  /// A command on the backups of a folder.
  ///
  /// @param name one of [BackupCommand#NAMES]
  /// @param rest what else was given: its arguments, and settings as `--name=value`
  record Backups(Path data, String name, List<String> rest) implements Options {
    public Backups {
      rest = List.copyOf(rest);
    }

    /// What it is.
    ///
    /// @param settings hold where nothing else was given, each `--name=value`
    Command with(List<String> settings) {
      return BackupCommand.parse(
          name, new ArrayList<>(Stream.concat(settings.stream(), rest.stream()).toList()));
    }
  }

  /// @param why names the argument and what is allowed
  record Wrong(String why) implements Options {}

  static Options parse(String... arguments) {
    Path data = Path.of("data");
    OptionalInt port = OptionalInt.empty();
    List<String> settings = new ArrayList<>();
    String command = null;
    for (int i = 0; i < arguments.length; i++) {
      String argument = arguments[i];
      if (argument.equals("--prepare")) {
        return new Prepare();
      } else if (argument.equals("--data") && i + 1 < arguments.length) {
        data = Path.of(arguments[++i]);
      } else if (argument.equals("--port") && i + 1 < arguments.length) {
        String wish = arguments[++i];
        if (!wish.matches("\\d{2,5}") || Integer.parseInt(wish) > 65_535) {
          return new Wrong("--port must be followed by a number from 10 to 65535, not " + wish);
        }
        port = OptionalInt.of(Integer.parseInt(wish));
      } else if (command == null && BackupCommand.NAMES.contains(argument)) {
        command = argument;
      } else if (command != null || (argument.startsWith("--") && argument.contains("="))) {
        settings.add(argument);
      } else {
        return new Wrong(
            "Unknown argument "
                + argument
                + "; allowed are --data FOLDER, --port NUMBER, settings as --name=value, and one of "
                + String.join(", ", BackupCommand.NAMES));
      }
    }
    return command == null
        ? new Run(data, port, settings)
        : checked(new Backups(data, command, settings));
  }

  private static Options checked(Backups command) {
    return switch (command.with(List.of())) {
      case Command.Wrong(String why) -> new Wrong(why);
      case Command _ -> command;
    };
  }
}
