package dev.bothy.operator.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.crdv2.generator.CRDGenerator;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;

/// The definition of a custom resource, generated from its class: what the generator writes, and
/// what it has no annotation for.
///
/// @param columns the names of the printer's columns, in their order
/// @param completes what the schema needs besides
record Definition(
    Class<? extends HasMetadata> type, List<String> columns, Consumer<ObjectNode> completes) {
  private static final Path FOLDER = Path.of("../charts/bothy/crds");

  /// Without a bound the API server takes the rule over all settings for too dear.
  private static final int SETTINGS = 200;

  static List<Definition> all() {
    return List.of(
        new Definition(
            Bothy.class,
            List.of("Ready", "Phase", "Version", "Message", "Address", "Age"),
            Definition::completeBothy),
        new Definition(
            Backup.class,
            List.of("Phase", "Progress", "Size", "Classes", "Verified", "Message", "Id", "Age"),
            schema -> {}),
        new Definition(
            BackupSchedule.class,
            List.of("Schedule", "Fresh", "Last", "Next", "Message", "Zone", "Age"),
            schema -> schema.putArray("required").add("spec")),
        new Definition(
            Restore.class,
            List.of("Phase", "Backup", "Progress", "Message", "Taken", "Age"),
            schema -> schema.putArray("required").add("spec")),
        new Definition(
            RestoreDrill.class,
            List.of("Proven", "LastGood", "LastBackup", "Seconds", "Message", "Next", "Age"),
            schema -> schema.putArray("required").add("spec")));
  }

  Path file() {
    return FOLDER.resolve(HasMetadata.getFullResourceName(type) + ".yaml");
  }

  String yaml() throws IOException {
    ByteArrayOutputStream written = new ByteArrayOutputStream();
    new CRDGenerator()
        .customResourceClasses(type)
        .withOutput(
            new CRDGenerator.AbstractCRDOutput<OutputStream>() {
              @Override
              protected OutputStream createStreamFor(String crdName) {
                return written;
              }
            })
        .generate();
    ObjectNode definition =
        (ObjectNode) Serialization.yamlMapper().readTree(written.toString(StandardCharsets.UTF_8));
    JsonNode version = definition.at("/spec/versions/0");
    order((ArrayNode) version.path("additionalPrinterColumns"));
    ObjectNode schema = (ObjectNode) version.at("/schema/openAPIV3Schema");
    keyConditions(schema);
    completes.accept(schema);
    return "# Generated from %s; DefinitionTest says how.\n".formatted(type.getName())
        + Serialization.asYaml(definition).replaceFirst("^---\n", "");
  }

  @Override
  public String toString() {
    return file().getFileName().toString();
  }

  /// The generator sorts them by path.
  private void order(ArrayNode found) {
    List<JsonNode> sorted = new ArrayList<>();
    found.forEach(sorted::add);
    sorted.sort(Comparator.comparingInt(column -> columns.indexOf(column.path("name").asText())));
    found.removeAll();
    found.addAll(sorted);
  }

  /// Without it two writers of conditions would replace each other's (fabric8 issue 6669).
  private static void keyConditions(ObjectNode schema) {
    ObjectNode conditions = (ObjectNode) schema.at("/properties/status/properties/conditions");
    conditions.put("x-kubernetes-list-type", "map");
    conditions.putArray("x-kubernetes-list-map-keys").add("type");
    ObjectNode condition = (ObjectNode) conditions.at("/items");
    condition.putArray("required").add("type").add("status");
  }

  private static void completeBothy(ObjectNode schema) {
    ArrayNode rules = schema.putArray("x-kubernetes-validations");
    rules
        .addObject()
        .put("rule", "self.metadata.name == '" + Bothy.NAME + "'")
        .put(
            "message",
            "a namespace has one installation, and its name is "
                + Bothy.NAME
                + "; install another one in a namespace of its own");
    schema.putArray("required").add("spec");
    ((ObjectNode) schema.at("/properties/spec/properties/settings")).put("maxProperties", SETTINGS);
  }
}
