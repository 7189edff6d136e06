package dev.bothy.command;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What the command line asks for. Every case but [Wrong] carries the settings that were given
/// beside it, each `--name=value`.
public sealed interface Command {
  /// What the program ends with when it was called in a wrong way.
  int WRONG_USE = 2;

  /// Be the server.
  record Serve(List<String> settings) implements Command {
    public Serve {
      settings = List.copyOf(settings);
    }
  }

  /// Run the migrations and end.
  record Migrate(List<String> settings) implements Command {
    public Migrate {
      settings = List.copyOf(settings);
    }
  }

  /// Look whether everything that the server needs is there, and end.
  ///
  /// @param report the file that gets the result as JSON; null writes none
  /// @param service the running service to look at as well; null looks at none
  record Preflight(@Nullable Path report, @Nullable URI service, List<String> settings)
      implements Command {
    public Preflight {
      settings = List.copyOf(settings);
    }
  }

  /// Look whether the realm in Keycloak is as it should be, and end.
  ///
  /// @param apply whether it is made so
  /// @param report the file that gets the result as JSON; null writes none
  record Realm(boolean apply, @Nullable Path report, List<String> settings) implements Command {
    public Realm {
      settings = List.copyOf(settings);
    }
  }

  /// Write the client that a keeper of Keycloak may import instead, and end.
  record RealmClient(List<String> settings) implements Command {
    public RealmClient {
      settings = List.copyOf(settings);
    }
  }

  /// Make the database and its roles, and end.
  ///
  /// @param adminUser the superuser to do it as
  record PrepareDatabase(String adminUser, List<String> settings) implements Command {
    public PrepareDatabase {
      settings = List.copyOf(settings);
    }
  }

  /// Make a code with which somebody signs in while the identity provider is away, and end.
  ///
  /// @param username of an owner or admin
  record BreakGlass(String username, List<String> settings) implements Command {
    public BreakGlass {
      settings = List.copyOf(settings);
    }
  }

  /// Make, check or restore a backup, and end.
  record OfBackup(BackupCommand what) implements Command {}

  /// It cannot be understood.
  ///
  /// @param why names the argument and what is allowed
  record Wrong(String why) implements Command {}

  /// Reads the command line.
  static Command parse(String... arguments) {
    List<String> rest = new ArrayList<>(Arrays.asList(arguments));
    String first = rest.isEmpty() ? "serve" : rest.getFirst();
    if (first.startsWith("--")) {
      first = "serve";
    } else if (!rest.isEmpty()) {
      rest.removeFirst();
    }
    boolean realm = first.equals("realm");
    boolean apply = realm && rest.remove(APPLY);
    boolean clientJson = realm && rest.remove(CLIENT_JSON);
    if (BackupCommand.NAMES.contains(first)) {
      return BackupCommand.parse(first, rest);
    }
    // Spring takes a lone --name for --name=, so the server does too.
    Pattern shape = first.equals("serve") ? SWITCH : SETTING;
    for (String argument : rest) {
      if (!shape.matcher(argument).matches()) {
        return new Wrong(
            "Unknown argument " + argument + "; after " + first + " come settings as --name=value");
      }
    }
    return switch (first) {
      case "serve" -> new Serve(rest);
      case "migrate" -> new Migrate(rest);
      case "preflight" -> preflight(rest);
      case "realm" -> realm(apply, clientJson, rest);
      case "prepare-database" ->
          new PrepareDatabase(take(rest, "--admin-user=").orElse("postgres"), rest);
      case "break-glass" ->
          take(rest, "--username=")
              .filter(username -> !username.isBlank())
              .<Command>map(username -> new BreakGlass(username, rest))
              .orElseGet(() ->
                  new Wrong(
                      "break-glass needs --username=… of an owner or admin for whom the code"
                          + " is"));
      default ->
          new Wrong(
              "Unknown argument "
                  + first
                  + "; allowed are serve, migrate, preflight, realm, prepare-database, break-glass, "
                  + String.join(", ", BackupCommand.NAMES)
                  + " and settings as --name=value");
    };
  }

  /// A setting as an argument.
  Pattern SETTING = Pattern.compile("--[^=]+=(?s:.*)");

  /// A setting as an argument, or the mere name of one.
  Pattern SWITCH = Pattern.compile("--[^=]+(=(?s:.*))?");

  /// Alone among the arguments of tools they have no value.
  String APPLY = "--apply";

  String CLIENT_JSON = "--client-json";

  private static Command realm(boolean apply, boolean clientJson, List<String> arguments) {
    if (apply && clientJson) {
      return new Wrong("--apply and --client-json do not go together: one changes, one only shows");
    }
    if (clientJson) {
      return new RealmClient(arguments);
    }
    Path report = take(arguments, "--report=").map(Path::of).orElse(null);
    return new Realm(apply, report, arguments);
  }

  private static Command preflight(List<String> arguments) {
    Optional<String> report = take(arguments, "--report=");
    Optional<String> service = take(arguments, "--service=");
    URI address = null;
    if (service.isPresent()) {
      address = http(service.get());
      if (address == null) {
        return new Wrong("--service must be an http or https address, e.g. --service=http://bothy");
      }
    }
    return new Preflight(report.map(Path::of).orElse(null), address, arguments);
  }

  private static @Nullable URI http(String written) {
    try {
      URI address = new URI(written);
      boolean usable =
          address.getHost() != null
              && ("http".equals(address.getScheme()) || "https".equals(address.getScheme()));
      return usable ? address : null;
    } catch (URISyntaxException e) {
      return null;
    }
  }

  static Optional<String> take(List<String> arguments, String name) {
    Optional<String> found =
        arguments.stream().filter(argument -> argument.startsWith(name)).reduce((_, last) -> last);
    arguments.removeIf(argument -> argument.startsWith(name));
    return found.map(argument -> argument.substring(name.length()));
  }
}
