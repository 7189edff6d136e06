package dev.bothy.chart;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.marcnuri.helm.Helm;
import com.marcnuri.helm.TemplateCommand;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// The chart, rendered by Helm inside this process.
public final class Chart {
  static final Path FOLDER = Path.of("../charts/bothy");
  public static final Path EXAMPLES = FOLDER.resolve("examples");
  public static final String NAMESPACE = "bothy-example";

  /// What marks a hook in [#manifests].
  static final String HOOK = "test.bothy.dev/hook";

  private static final String KUBERNETES = "1.33.0";
  private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());
  private static final Path WITH_HOOKS = withHooks();

  private Chart() {}

  /// Files with values, one for each way to install that the chart promises.
  static List<Path> examples() {
    return in(EXAMPLES, ".yaml");
  }

  static List<Path> in(Path folder, String ending) {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(ending)).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// All manifests, hooks and tests included.
  static List<Manifest> manifests(Path values, Map<String, Object> more) {
    return parse(render(WITH_HOOKS, values, more)).stream().map(Manifest::new).toList();
  }

  static List<Manifest> manifests(Path values) {
    return manifests(values, Map.of());
  }

  /// What Helm renders, without hooks.
  public static String text(Path values, Map<String, Object> more) {
    return render(FOLDER, values, more);
  }

  public static List<JsonNode> parse(String yaml) {
    try (var documents = YAML.readerFor(JsonNode.class).<JsonNode>readValues(yaml)) {
      return documents.readAll().stream().filter(JsonNode::isObject).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static JsonNode parseFile(Path file) {
    return parse(read(file)).getFirst();
  }

  static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String render(Path chart, Path values, Map<String, Object> more) {
    TemplateCommand template =
        new Helm(chart)
            .template()
            .withName("bothy")
            .withNamespace(NAMESPACE)
            .withKubeVersion(KUBERNETES)
            .withValuesFile(values);
    more.forEach(template::set);
    return template.call();
  }

  /// This Helm leaves hooks out of what it renders, so they are no hooks in a copy of the chart.
  private static Path withHooks() {
    try {
      Path copy = Files.createTempDirectory("bothy-chart");
      try (Stream<Path> files = Files.walk(FOLDER)) {
        for (Path file : files.filter(Files::isRegularFile).toList()) {
          Path target = copy.resolve(FOLDER.relativize(file).toString());
          Files.createDirectories(target.getParent());
          Files.writeString(target, Files.readString(file).replace("helm.sh/hook", HOOK));
          target.toFile().deleteOnExit();
        }
      }
      return copy;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
