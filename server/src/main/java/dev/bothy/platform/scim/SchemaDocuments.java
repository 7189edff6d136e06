package dev.bothy.platform.scim;

import java.util.List;
import java.util.Locale;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// What a directory asks before it begins (RFC 7644 §4): the schemas, the kinds of resources, and
/// what this server can do.
final class SchemaDocuments {
  static final String SCHEMA = "urn:ietf:params:scim:schemas:core:2.0:Schema";
  static final String RESOURCE_TYPE = "urn:ietf:params:scim:schemas:core:2.0:ResourceType";
  static final String CONFIG = "urn:ietf:params:scim:schemas:core:2.0:ServiceProviderConfig";

  /// A page of a list at most. Entra ID and Okta ask for 100 or 200 at a time.
  static final int LARGEST_PAGE = 200;

  private SchemaDocuments() {}

  /// @param base the address that all is below
  static List<ObjectNode> schemas(String base) {
    return List.of(
        schema(UserSchema.USER, base),
        schema(GroupSchema.GROUP, base),
        schema(EnterpriseSchema.ENTERPRISE, base));
  }

  static List<ObjectNode> resourceTypes(String base) {
    return ResourceType.ALL.stream().map(type -> resourceType(type, base)).toList();
  }

  static ObjectNode config(String base) {
    ObjectNode config = Canonical.NODES.objectNode();
    config.putArray("schemas").add(CONFIG);
    config.set("patch", supported(true));
    config.set("bulk", supported(false).put("maxOperations", 0).put("maxPayloadSize", 0));
    config.set("filter", supported(true).put("maxResults", LARGEST_PAGE));
    config.set("changePassword", supported(false));
    config.set("sort", supported(false));
    config.set("etag", supported(true));
    ObjectNode scheme = config.putArray("authenticationSchemes").addObject();
    scheme.put("type", "oauthbearertoken");
    scheme.put("name", "Bearer token");
    scheme.put("description", "The token that Bothy's page of the directory showed.");
    scheme.put("specUri", "https://www.rfc-editor.org/info/rfc6750");
    scheme.put("primary", true);
    config.set("meta", meta("ServiceProviderConfig", base + "/ServiceProviderConfig"));
    return config;
  }

  private static ObjectNode supported(boolean supported) {
    return Canonical.NODES.objectNode().put("supported", supported);
  }

  private static ObjectNode resourceType(ResourceType type, String base) {
    ObjectNode document = Canonical.NODES.objectNode();
    document.putArray("schemas").add(RESOURCE_TYPE);
    document.put("id", type.name());
    document.put("name", type.name());
    document.put("endpoint", type.endpoint());
    document.put("description", type.description());
    document.put("schema", type.core().id());
    ArrayNode extensions = document.putArray("schemaExtensions");
    type.extensions()
        .forEach(each -> extensions.addObject().put("schema", each.id()).put("required", false));
    document.set("meta", meta("ResourceType", base + "/ResourceTypes/" + type.name()));
    return document;
  }

  private static ObjectNode schema(Schema schema, String base) {
    ObjectNode document = Canonical.NODES.objectNode();
    document.putArray("schemas").add(SCHEMA);
    document.put("id", schema.id());
    document.put("name", schema.name());
    document.put("description", schema.description());
    document.set("attributes", attributes(schema.attributes()));
    document.set("meta", meta("Schema", base + "/Schemas/" + schema.id()));
    return document;
  }

  private static ArrayNode attributes(List<Attribute> attributes) {
    ArrayNode documents = Canonical.NODES.arrayNode();
    for (Attribute attribute : attributes) {
      ObjectNode document = documents.addObject();
      document.put("name", attribute.name());
      document.put("type", attribute.type().word());
      document.put("multiValued", attribute.multiValued());
      document.put("description", attribute.description());
      document.put("required", attribute.required());
      document.put("caseExact", attribute.caseExact());
      document.put("mutability", attribute.mutability().word());
      document.put("returned", attribute.returned().name().toLowerCase(Locale.ROOT));
      document.put("uniqueness", attribute.uniqueness().name().toLowerCase(Locale.ROOT));
      putNames(document, "canonicalValues", attribute.canonicalValues());
      putNames(document, "referenceTypes", attribute.references());
      if (attribute.isComplex()) {
        document.set("subAttributes", attributes(attribute.subAttributes()));
      }
    }
    return documents;
  }

  private static void putNames(ObjectNode document, String property, List<String> names) {
    if (!names.isEmpty()) {
      ArrayNode array = document.putArray(property);
      names.forEach(array::add);
    }
  }

  private static ObjectNode meta(String resourceType, String location) {
    return Canonical.NODES.objectNode().put("resourceType", resourceType).put("location", location);
  }
}
