package dev.bothy.bench;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What was asked for on the command line: `--name value`, each with a default.
final class Options {
  private final Map<String, String> values;

  private Options(Map<String, String> values) {
    this.values = values;
  }

  /// @param defaults every option there is
  static Options read(String[] arguments, Map<String, String> defaults) {
    Map<String, String> values = new LinkedHashMap<>(defaults);
    for (int place = 0; place < arguments.length; place += 2) {
      String name = arguments[place].replaceFirst("^--", "");
      if (!defaults.containsKey(name) || place + 1 == arguments.length) {
        throw new IllegalArgumentException(
            "Not understood: " + arguments[place] + ". There are " + names(defaults.keySet()));
      }
      values.put(name, arguments[place + 1]);
    }
    return new Options(values);
  }

  String text(String name) {
    String value = values.get(name);
    if (value == null) {
      throw new IllegalArgumentException("No option " + name);
    }
    return value;
  }

  int number(String name) {
    return Integer.parseInt(text(name));
  }

  List<Integer> numbers(String name) {
    return Arrays.stream(text(name).split(",")).map(Integer::valueOf).toList();
  }

  Path path(String name) {
    return Path.of(text(name)).toAbsolutePath();
  }

  private static String names(Set<String> names) {
    return String.join(" ", names.stream().map(name -> "--" + name).toList());
  }
}
