package dev.bothy.operator.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.crdv2.generator.CRDGenerator;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// The definition of the custom resource, generated from [Bothy]: what the generator writes, and
/// what it has no annotation for.
final class Definition {
  static final Path FILE = Path.of("../charts/bothy/crds/bothies.bothy.dev.yaml");

  private static final List<String> COLUMNS =
      List.of("Ready", "Phase", "Version", "Message", "Address", "Age");

  /// Without a bound the API server takes the rule over all settings for too dear.
  private static final int SETTINGS = 200;

  private Definition() {}

  static String yaml() throws IOException {
    ByteArrayOutputStream written = new ByteArrayOutputStream();
    new CRDGenerator()
        .customResourceClasses(Bothy.class)
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
    complete((ObjectNode) version.at("/schema/openAPIV3Schema"));
    return "# Generated from dev.bothy.operator.api.Bothy; DefinitionTest says how.\n"
        + Serialization.asYaml(definition).replaceFirst("^---\n", "");
  }

  /// The generator sorts them by path.
  private static void order(ArrayNode columns) {
    List<JsonNode> sorted = new ArrayList<>();
    columns.forEach(sorted::add);
    sorted.sort(Comparator.comparingInt(column -> COLUMNS.indexOf(column.path("name").asText())));
    columns.removeAll();
    columns.addAll(sorted);
  }

  private static void complete(ObjectNode schema) {
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
    // Without it two writers of conditions would replace each other's (fabric8 issue 6669).
    ObjectNode conditions = (ObjectNode) schema.at("/properties/status/properties/conditions");
    conditions.put("x-kubernetes-list-type", "map");
    conditions.putArray("x-kubernetes-list-map-keys").add("type");
    ObjectNode condition = (ObjectNode) conditions.at("/items");
    condition.putArray("required").add("type").add("status");
  }
}
