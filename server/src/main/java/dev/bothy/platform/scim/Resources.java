package dev.bothy.platform.scim;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Resources as they are answered.
///
/// @param base the address that all is below, without a slash at its end
record Resources(String base) {
  /// A user in a list of members, or a group in a list of groups.
  record Reference(UUID id, String display) {}

  ObjectNode user(ScimUser user) {
    ObjectNode resource = Canonical.NODES.objectNode();
    ArrayNode schemas = resource.putArray("schemas").add(UserSchema.ID);
    if (user.attributes().has(EnterpriseSchema.ID)) {
      schemas.add(EnterpriseSchema.ID);
    }
    resource.put("id", user.id().toString());
    resource.setAll(user.attributes());
    resource.set(
        "meta",
        meta(ResourceType.USER, user.id(), user.version(), user.createdAt(), user.updatedAt()));
    return resource;
  }

  ObjectNode group(ScimGroup group) {
    ObjectNode resource = Canonical.NODES.objectNode();
    resource.putArray("schemas").add(GroupSchema.ID);
    resource.put("id", group.id().toString());
    if (group.externalId() != null) {
      resource.put("externalId", group.externalId());
    }
    resource.put("displayName", group.displayName());
    resource.set(
        "meta",
        meta(
            ResourceType.GROUP, group.id(), group.version(), group.createdAt(), group.updatedAt()));
    return resource;
  }

  /// Adds the groups that a user is a member of.
  void setGroups(ObjectNode user, List<Reference> groups) {
    setReferences(user, "groups", groups, ResourceType.GROUP, "direct");
  }

  /// Adds the members of a group.
  void setMembers(ObjectNode group, List<Reference> members) {
    setReferences(group, "members", members, ResourceType.USER, "User");
  }

  private void setReferences(
      ObjectNode resource, String name, List<Reference> all, ResourceType to, String type) {
    if (all.isEmpty()) {
      return;
    }
    ArrayNode array = resource.putArray(name);
    for (Reference each : all) {
      array
          .addObject()
          .put("value", each.id().toString())
          .put("$ref", location(to, each.id()))
          .put("display", each.display())
          .put("type", type);
    }
  }

  String location(ResourceType type, UUID id) {
    return base + type.endpoint() + "/" + id;
  }

  /// The weak entity tag of a version.
  static String tag(long version) {
    return "W/\"" + version + "\"";
  }

  private ObjectNode meta(
      ResourceType type, UUID id, long version, Instant createdAt, Instant updatedAt) {
    return Canonical.NODES
        .objectNode()
        .put("resourceType", type.name())
        .put("created", createdAt.truncatedTo(ChronoUnit.MILLIS).toString())
        .put("lastModified", updatedAt.truncatedTo(ChronoUnit.MILLIS).toString())
        .put("location", location(type, id))
        .put("version", tag(version));
  }
}
