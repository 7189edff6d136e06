import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Makes the bill of materials of an image out of the one that Maven wrote of the module: without what is
/// not in the image, and with the Java runtime and the system's packages. Each library is found by its
/// hash; one that Maven does not know ends the build.
///
/// `java -cp LIBRARIES Sbom.java MAVENS-BOM LIBRARIES BASE RUNTIME NAME VERSION > BOM`
final class Sbom {
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  private Sbom() {}

  public static void main(String[] arguments) throws Exception {
    ObjectNode bom = (ObjectNode) JSON.readTree(Path.of(arguments[0]));
    Set<String> gone = keepLibraries(bom, Path.of(arguments[1]));
    dropDependencies(bom, gone);
    ArrayNode components = (ArrayNode) bom.get("components");
    Path base = Path.of(arguments[2]);
    addPackages(components, base);
    addRuntime(components, Path.of(arguments[3]));
    name((ObjectNode) bom.at("/metadata/component"), arguments[4], arguments[5]);
    System.out.println(JSON.writeValueAsString(bom));
  }

  private static Set<String> keepLibraries(ObjectNode bom, Path folder) throws Exception {
    Map<String, Path> libraries = new TreeMap<>();
    for (Path jar : files(folder)) {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(jar));
      libraries.put(HexFormat.of().formatHex(hash), jar.getFileName());
    }
    ArrayNode kept = JSON.createArrayNode();
    Set<String> gone = new HashSet<>();
    for (JsonNode component : bom.get("components")) {
      if (libraries.remove(sha256(component)) != null) {
        kept.add(component);
      } else {
        gone.add(component.path("bom-ref").asString());
      }
    }
    if (!libraries.isEmpty()) {
      throw new IllegalStateException("Of unknown origin: " + libraries.values());
    }
    bom.set("components", kept);
    return gone;
  }

  private static String sha256(JsonNode component) {
    for (JsonNode hash : component.path("hashes")) {
      if (hash.path("alg").asString().equals("SHA-256")) {
        return hash.path("content").asString();
      }
    }
    return "";
  }

  private static void dropDependencies(ObjectNode bom, Set<String> gone) {
    ArrayNode kept = JSON.createArrayNode();
    for (JsonNode dependency : bom.path("dependencies")) {
      if (!gone.contains(dependency.path("ref").asString())) {
        ArrayNode on = JSON.createArrayNode();
        for (JsonNode each : dependency.path("dependsOn")) {
          if (!gone.contains(each.asString())) {
            on.add(each);
          }
        }
        ((ObjectNode) dependency).set("dependsOn", on);
        kept.add(dependency);
      }
    }
    bom.set("dependencies", kept);
  }

  private static void addPackages(ArrayNode components, Path base) throws IOException {
    Map<String, String> system = fields(base.resolve("etc/os-release"), "=");
    Path noted = base.resolve("var/lib/dpkg/status.d");
    for (Path file : Files.isDirectory(noted) ? files(noted) : List.<Path>of()) {
      Map<String, String> fields = fields(file, ":");
      String version = fields.get("Version");
      components
          .addObject()
          .put("type", "library")
          .put("name", fields.get("Package"))
          .put("version", version)
          .put(
              "purl",
              "pkg:deb/%s/%s@%s?arch=%s&distro=%s-%s"
                  .formatted(
                      system.get("ID"),
                      fields.get("Package"),
                      version.replace("+", "%2B").replace(":", "%3A"),
                      fields.get("Architecture"),
                      system.get("ID"),
                      system.get("VERSION_ID")));
    }
  }

  private static void addRuntime(ArrayNode components, Path runtime) throws IOException {
    Properties release = new Properties();
    try (var reader = Files.newBufferedReader(runtime.resolve("release"))) {
      release.load(reader);
    }
    release.replaceAll((_, value) -> ((String) value).replace("\"", ""));
    String version = release.getProperty("JAVA_VERSION");
    ObjectNode component = components.addObject();
    component
        .put("type", "platform")
        .put("name", "Java runtime")
        .put("version", version)
        .put("description", "Cut with jlink from " + origin(release))
        .put("purl", "pkg:generic/openjdk@" + version);
    component
        .putArray("properties")
        .addObject()
        .put("name", "modules")
        .put("value", release.getProperty("MODULES"));
  }

  private static String origin(Properties release) {
    return "%s %s"
        .formatted(
            release.getProperty("IMPLEMENTOR", "an OpenJDK"),
            release.getProperty("JAVA_RUNTIME_VERSION", release.getProperty("JAVA_VERSION")));
  }

  private static void name(ObjectNode image, String name, String version) {
    image.put("type", "container").put("name", name).put("version", version);
    image.remove(List.of("purl", "group", "description"));
  }

  private static Map<String, String> fields(Path file, String separator) throws IOException {
    Map<String, String> fields = new TreeMap<>();
    for (String line : Files.readAllLines(file)) {
      String[] parts = line.split(separator, 2);
      if (parts.length == 2) {
        fields.put(parts[0], parts[1].strip().replace("\"", ""));
      }
    }
    return fields;
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> all = Files.list(folder)) {
      return new ArrayList<>(all.sorted().toList());
    }
  }
}
