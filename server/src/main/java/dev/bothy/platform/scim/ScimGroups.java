package dev.bothy.platform.scim;

import dev.bothy.platform.audit.Actor;
import dev.bothy.platform.audit.Audit;
import dev.bothy.platform.audit.Subject;
import dev.bothy.platform.kernel.Ids;
import java.time.Clock;
import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// The groups of a directory. Who joins or leaves it has the roles, or not, when the transaction
/// has committed. Called within a transaction of the workspace.
///
/// Changes of one group wait for each other: each sees what the one before has written, so that no
/// membership is lost between reading and writing.
///
/// ## Errors
///
/// [ScimError], by which the transaction is to be rolled back.
@Service
class ScimGroups {
  private static final Attribute MEMBERS = ResourceType.GROUP.root().sub("members").orElseThrow();

  private final ScimGroupTable table;
  private final ScimRoles roles;
  private final Audit audit;
  private final Clock clock;

  ScimGroups(ScimGroupTable table, ScimRoles roles, Audit audit, Clock clock) {
    this.table = table;
    this.roles = roles;
    this.audit = audit;
    this.clock = clock;
  }

  Optional<ScimGroup> find(UUID directory, UUID id) {
    return table.find(directory, id);
  }

  ScimGroup create(UUID directory, ObjectNode body) {
    Bodies.requireSchema(body, GroupSchema.ID);
    ObjectNode attributes = Canonical.read(ResourceType.GROUP, body);
    Bounds.requireOfGroup(attributes);
    Instant now = clock.instant();
    ScimGroup group =
        new ScimGroup(
            Ids.next(clock), name(attributes), externalId(attributes), false, 1, now, now);
    table.insert(directory, group);
    add(directory, group.id(), memberIds(attributes));
    record("created", directory, group.id());
    return group;
  }

  ScimGroup replace(UUID directory, UUID id, ObjectNode body, Preconditions preconditions) {
    Bodies.requireSchema(body, GroupSchema.ID);
    ScimGroup before = lock(directory, id, preconditions);
    return change(
        directory,
        before,
        new LinkedHashSet<>(table.memberIds(id)),
        Canonical.read(ResourceType.GROUP, body));
  }

  ScimGroup patch(
      UUID directory, UUID id, List<PatchOperation> operations, Preconditions preconditions) {
    ScimGroup before = lock(directory, id, preconditions);
    Set<UUID> members = new LinkedHashSet<>(table.memberIds(id));
    ObjectNode attributes = Canonical.NODES.objectNode().put("displayName", before.displayName());
    if (before.externalId() != null) {
      attributes.put("externalId", before.externalId());
    }
    if (!members.isEmpty()) {
      ArrayNode elements = attributes.putArray("members");
      members.forEach(member -> elements.addObject().put("value", member.toString()));
    }
    return change(
        directory, before, members, Patch.apply(ResourceType.GROUP, attributes, operations));
  }

  void delete(UUID directory, UUID id, Preconditions preconditions) {
    ScimGroup group = lock(directory, id, preconditions);
    List<UUID> members = group.hasRoles() ? table.memberIds(id) : List.of();
    table.delete(id);
    roles.bring(members);
    record("deleted", directory, id);
  }

  ListQuery.Found list(UUID directory, ListQuery query, Resources resources) {
    boolean asksMembers = Narrowing.mentions(query.filter(), "members");
    ListQuery.Collector collector = query.new Collector();
    ListQuery.Found found;
    if (query.filter() == null) {
      List<ObjectNode> page =
          query.count() == 0
              ? List.of()
              : table.page(directory, query.start(), query.count()).stream()
                  .map(resources::group)
                  .toList();
      found = new ListQuery.Found(table.count(directory), page);
    } else {
      table.forEach(
          directory,
          Narrowing.of(ResourceType.GROUP, query.filter()),
          group -> {
            ObjectNode resource = resources.group(group);
            if (asksMembers) {
              resources.setMembers(
                  resource,
                  table.membersOf(List.of(group.id())).getOrDefault(group.id(), List.of()));
            }
            collector.offer(resource);
          });
      found = collector.found();
    }
    if (!asksMembers) {
      addMembers(query.projection(), found.resources(), resources);
    }
    return found;
  }

  /// Adds the members of these groups where they are answered.
  void addMembers(Projection projection, List<ObjectNode> groups, Resources resources) {
    if (groups.isEmpty() || !projection.includes(MEMBERS)) {
      return;
    }
    Map<UUID, List<Resources.Reference>> all =
        table.membersOf(groups.stream().map(ScimGroups::id).toList());
    groups.forEach(group -> resources.setMembers(group, all.getOrDefault(id(group), List.of())));
  }

  private static UUID id(ObjectNode resource) {
    return UUID.fromString(resource.path("id").asString());
  }

  private ScimGroup change(
      UUID directory, ScimGroup before, Set<UUID> membersBefore, ObjectNode attributes) {
    Bounds.requireOfGroup(attributes);
    Set<UUID> members = memberIds(attributes);
    Set<UUID> joined = without(members, membersBefore);
    Set<UUID> left = without(membersBefore, members);
    boolean same =
        before.displayName().equals(name(attributes))
            && Objects.equals(before.externalId(), externalId(attributes));
    if (same && joined.isEmpty() && left.isEmpty()) {
      return before;
    }
    ScimGroup group =
        new ScimGroup(
            before.id(),
            name(attributes),
            externalId(attributes),
            before.hasRoles(),
            before.version() + 1,
            before.createdAt(),
            clock.instant());
    table.update(group);
    add(directory, group.id(), joined);
    if (!left.isEmpty()) {
      table.removeMembers(group.id(), left);
    }
    if (group.hasRoles()) {
      Set<UUID> differ = new HashSet<>(joined);
      differ.addAll(left);
      roles.bring(differ);
    }
    record("changed", directory, group.id());
    return group;
  }

  private void add(UUID directory, UUID group, Set<UUID> users) {
    if (!users.isEmpty() && table.addMembers(directory, group, users) < users.size()) {
      throw ScimError.invalidValue("There is no user with the id of one of the members.");
    }
  }

  private static Set<UUID> memberIds(ObjectNode attributes) {
    Set<UUID> ids = new LinkedHashSet<>();
    for (JsonNode member : attributes.path("members")) {
      UUID id = Narrowing.uuid(member.path("value").asString("").toLowerCase(Locale.ROOT));
      if (id == null) {
        throw ScimError.invalidValue("There is no user with the id of one of the members.");
      }
      ids.add(id);
    }
    return ids;
  }

  private static Set<UUID> without(Set<UUID> of, Set<UUID> others) {
    Set<UUID> left = new LinkedHashSet<>(of);
    left.removeAll(others);
    return left;
  }

  private static String name(ObjectNode attributes) {
    return attributes.path("displayName").asString();
  }

  private static @Nullable String externalId(ObjectNode attributes) {
    return attributes.path("externalId").asString(null);
  }

  private ScimGroup lock(UUID directory, UUID id, Preconditions preconditions) {
    ScimGroup group =
        table
            .lock(directory, id)
            .orElseThrow(() -> ScimError.notFound("There is no group with this id."));
    preconditions.require(group.version());
    return group;
  }

  private void record(String what, UUID directory, UUID id) {
    audit.record(
        new Actor.System(),
        "scim.group-" + what,
        Subject.of("scim.group", id),
        Map.of("directory", directory.toString()));
  }
}
