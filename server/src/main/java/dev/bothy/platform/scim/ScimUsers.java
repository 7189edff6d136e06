package dev.bothy.platform.scim;

import dev.bothy.platform.audit.Actor;
import dev.bothy.platform.audit.Audit;
import dev.bothy.platform.audit.Subject;
import dev.bothy.platform.kernel.Ids;
import dev.bothy.platform.kernel.PersonId;
import dev.bothy.platform.people.Ended;
import dev.bothy.platform.people.Members;
import dev.bothy.platform.people.PersonJoined;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Service;
import tools.jackson.databind.node.ObjectNode;

/// The users of a directory. Each is a member of the workspace while active: who is not, or is
/// deleted, has no place when the transaction has committed. Called within a transaction of the
/// workspace.
///
/// ## Errors
///
/// [ScimError], by which the transaction is to be rolled back.
@Service
class ScimUsers {
  private static final Actor DIRECTORY = new Actor.System();

  private final ScimUserTable table;
  private final ScimGroupTable groups;
  private final ScimRoles roles;
  private final Members members;
  private final Audit audit;
  private final Clock clock;

  ScimUsers(
      ScimUserTable table,
      ScimGroupTable groups,
      ScimRoles roles,
      Members members,
      Audit audit,
      Clock clock) {
    this.table = table;
    this.groups = groups;
    this.roles = roles;
    this.members = members;
    this.audit = audit;
    this.clock = clock;
  }

  Optional<ScimUser> find(UUID directory, UUID id) {
    return table.find(directory, id);
  }

  ScimUser create(UUID directory, ObjectNode body) {
    Bodies.requireSchema(body, UserSchema.ID);
    ObjectNode attributes = Canonical.read(ResourceType.USER, body);
    if (!attributes.has("active")) {
      attributes.put("active", true);
    }
    Bounds.requireOfUser(attributes);
    Instant now = clock.instant();
    ScimUser user = new ScimUser(Ids.next(clock), null, attributes, 1, now, now);
    requireFree(directory, user);
    table.insert(directory, user);
    if (user.active()) {
      comeIn(user);
    }
    record("created", directory, user.id());
    return user;
  }

  ScimUser replace(UUID directory, UUID id, ObjectNode body, Preconditions preconditions) {
    Bodies.requireSchema(body, UserSchema.ID);
    ScimUser before = lock(directory, id, preconditions);
    ObjectNode attributes = Canonical.read(ResourceType.USER, body);
    return change(directory, before, attributes);
  }

  ScimUser patch(
      UUID directory, UUID id, List<PatchOperation> operations, Preconditions preconditions) {
    ScimUser before = lock(directory, id, preconditions);
    return change(
        directory, before, Patch.apply(ResourceType.USER, before.attributes(), operations));
  }

  void delete(UUID directory, UUID id, Preconditions preconditions) {
    // First the groups, then the user, as changes of groups do: else two could wait for each other.
    groups.leaveAll(id, clock.instant());
    ScimUser user = lock(directory, id, preconditions);
    table.delete(id);
    PersonId person = user.person();
    if (person != null) {
      members.deactivate(person, DIRECTORY, Ended.DIRECTORY);
    }
    record("deleted", directory, id);
  }

  ListQuery.Found list(UUID directory, ListQuery query, Resources resources) {
    boolean asksGroups = Narrowing.mentions(query.filter(), "groups");
    ListQuery.Collector collector = query.new Collector();
    ListQuery.Found found;
    if (query.filter() == null) {
      List<ObjectNode> page =
          query.count() == 0
              ? List.of()
              : table.page(directory, query.start(), query.count()).stream()
                  .map(resources::user)
                  .toList();
      found = new ListQuery.Found(table.count(directory), page);
    } else {
      Map<UUID, List<Resources.Reference>> all =
          asksGroups ? table.groupsOf(table.ids(directory)) : Map.of();
      table.forEach(
          directory,
          Narrowing.of(ResourceType.USER, query.filter()),
          user -> {
            ObjectNode resource = resources.user(user);
            if (asksGroups) {
              resources.setGroups(resource, all.getOrDefault(user.id(), List.of()));
            }
            collector.offer(resource);
          });
      found = collector.found();
    }
    if (!asksGroups) {
      addGroups(query.projection(), found.resources(), resources);
    }
    return found;
  }

  /// Adds the groups of these users where they are answered.
  void addGroups(Projection projection, List<ObjectNode> users, Resources resources) {
    Attribute attribute = ResourceType.USER.root().sub("groups").orElseThrow();
    if (users.isEmpty() || !projection.includes(attribute)) {
      return;
    }
    Map<UUID, List<Resources.Reference>> all =
        table.groupsOf(users.stream().map(ScimUsers::id).toList());
    users.forEach(user -> resources.setGroups(user, all.getOrDefault(id(user), List.of())));
  }

  private static UUID id(ObjectNode resource) {
    return UUID.fromString(resource.path("id").asString());
  }

  private ScimUser change(UUID directory, ScimUser before, ObjectNode attributes) {
    if (!attributes.has("active")) {
      // Nobody comes back, or is sent away, by saying nothing of it.
      attributes.put("active", before.active());
    }
    Bounds.requireOfUser(attributes);
    if (attributes.equals(before.attributes())) {
      return before;
    }
    ScimUser user =
        new ScimUser(
            before.id(),
            before.person(),
            attributes,
            before.version() + 1,
            before.createdAt(),
            clock.instant());
    if (!user.userName().equalsIgnoreCase(before.userName())) {
      requireFree(directory, user);
    }
    table.update(before, user);
    PersonId person = user.person();
    if (before.active() && !user.active()) {
      if (person != null) {
        members.deactivate(person, DIRECTORY, Ended.DIRECTORY);
      }
    } else if (!before.active() && user.active()) {
      comeIn(user);
    } else if (person != null && !user.profile().equals(before.profile())) {
      members.change(person, user.profile());
    }
    record("changed", directory, user.id());
    return user;
  }

  /// Whom a user of the directory is turned out when they signed in.
  @EventListener
  void on(PersonJoined joined) {
    table.move(joined.from(), joined.into());
  }

  /// Gives the user a place, or the one back that they had.
  private void comeIn(ScimUser user) {
    PersonId person = user.person();
    if (person == null) {
      person = members.provision(user.profile(), DIRECTORY);
      if (table.isAnothers(person, user.id())) {
        throw ScimError.of(
            ScimError.Type.UNIQUENESS,
            "The person who signs in with this userName is another user of this workspace.");
      }
      table.setPerson(user.id(), person);
    } else {
      members.reactivate(person, DIRECTORY);
    }
    // Whose grace is over gets a new place by their roles.
    roles.bring(Set.of(user.id()));
    members.change(person, user.profile());
  }

  private void requireFree(UUID directory, ScimUser user) {
    Optional<UUID> owner = table.directoryOf(user.userName());
    if (owner.isPresent()) {
      throw ScimError.of(
          ScimError.Type.UNIQUENESS,
          owner.get().equals(directory)
              ? "A user with this userName exists already."
              : "Another directory of this workspace has a user with this userName. A person"
                  + " belongs to one directory: take them out of the other first.");
    }
  }

  private ScimUser lock(UUID directory, UUID id, Preconditions preconditions) {
    ScimUser user =
        table
            .lock(directory, id)
            .orElseThrow(() -> ScimError.notFound("There is no user with this id."));
    preconditions.require(user.version());
    return user;
  }

  private void record(String what, UUID directory, UUID id) {
    audit.record(
        DIRECTORY,
        "scim.user-" + what,
        Subject.of("scim.user", id),
        Map.of("directory", directory.toString()));
  }
}
