package dev.bothy.platform.scim;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// One operation of a PATCH (RFC 7644 §3.5.2).
///
/// @param path null for the resource itself
/// @param value null if there is none
record PatchOperation(Kind kind, @Nullable PatchPath path, @Nullable JsonNode value) {
  static final String SCHEMA = "urn:ietf:params:scim:api:messages:2.0:PatchOp";

  /// More than a directory ever sends at once; Entra ID sends a handful.
  static final int MOST = 1000;

  enum Kind {
    ADD,
    REMOVE,
    REPLACE
  }

  /// Reads the body of a PATCH. Names and words are read in any case: Entra ID sends `Add`.
  ///
  /// @throws ScimError `invalidSyntax`, or of the paths
  static List<PatchOperation> read(ObjectNode body) {
    Bodies.requireSchema(body, SCHEMA);
    if (!(Bodies.property(body, "Operations") instanceof ArrayNode operations)
        || operations.isEmpty()) {
      throw ScimError.of(
          ScimError.Type.INVALID_SYNTAX, "Operations is an array of at least one operation.");
    }
    if (operations.size() > MOST) {
      throw ScimError.of(
          ScimError.Type.TOO_MANY,
          "There are %d operations; %d are allowed.".formatted(operations.size(), MOST));
    }
    List<PatchOperation> read = new ArrayList<>();
    for (JsonNode each : operations) {
      if (!(each instanceof ObjectNode operation)) {
        throw ScimError.of(ScimError.Type.INVALID_SYNTAX, "An operation is an object.");
      }
      read.add(readOne(operation));
    }
    return List.copyOf(read);
  }

  private static PatchOperation readOne(ObjectNode operation) {
    JsonNode op = Bodies.property(operation, "op");
    Kind kind =
        switch (op == null ? "" : op.asString("").toLowerCase(Locale.ROOT)) {
          case "add" -> Kind.ADD;
          case "remove" -> Kind.REMOVE;
          case "replace" -> Kind.REPLACE;
          default ->
              throw ScimError.of(
                  ScimError.Type.INVALID_SYNTAX, "op is one of add, remove and replace.");
        };
    return new PatchOperation(
        kind, path(Bodies.property(operation, "path")), Bodies.property(operation, "value"));
  }

  private static @Nullable PatchPath path(@Nullable JsonNode path) {
    if (path == null || path.isNull()) {
      return null;
    }
    if (!path.isString()) {
      throw ScimError.invalidPath("path is a text.");
    }
    // Some send an empty path where they mean none.
    return path.stringValue().isBlank() ? null : PatchPath.parse(path.stringValue());
  }

  /// The properties of the value of an operation without a path.
  Map<String, JsonNode> properties() {
    if (!(value instanceof ObjectNode object)) {
      throw ScimError.invalidValue("Without a path, value is an object.");
    }
    Map<String, JsonNode> properties = new LinkedHashMap<>();
    object.properties().forEach(each -> properties.put(each.getKey(), each.getValue()));
    return properties;
  }
}
