package dev.bothy.platform.scim;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// What all bodies of requests have in common.
final class Bodies {
  private Bodies() {}

  /// A property by its name in any case (RFC 7643 §2.1); null if there is none.
  static @Nullable JsonNode property(ObjectNode body, String name) {
    JsonNode exact = body.get(name);
    if (exact != null) {
      return exact;
    }
    for (Map.Entry<String, JsonNode> property : body.properties()) {
      if (property.getKey().equalsIgnoreCase(name)) {
        return property.getValue();
      }
    }
    return null;
  }

  /// That the body says what it is (RFC 7644 §3.1).
  ///
  /// @throws ScimError `invalidSyntax`, or `invalidVers` for SCIM 1.1
  static void requireSchema(ObjectNode body, String schema) {
    if (!(property(body, "schemas") instanceof ArrayNode schemas) || schemas.isEmpty()) {
      throw ScimError.of(
          ScimError.Type.INVALID_SYNTAX, "schemas is missing: it has to name " + schema + ".");
    }
    boolean old = false;
    for (JsonNode each : schemas) {
      String name = each.asString("");
      if (name.equalsIgnoreCase(schema)) {
        return;
      }
      old |= name.startsWith("urn:scim:schemas:core:1.");
    }
    if (old) {
      throw ScimError.of(ScimError.Type.INVALID_VERS, "This is SCIM 2.0, not 1.1.");
    }
    throw ScimError.of(ScimError.Type.INVALID_SYNTAX, "schemas has to name " + schema + ".");
  }
}
