package dev.bothy.platform.scim;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// What each address does (RFC 7644 §3.2). Called within a transaction of the directory's
/// workspace; throws a [ScimError] for what is refused.
@Component
class ScimRequests {
  private static final String SEARCH = "urn:ietf:params:scim:api:messages:2.0:SearchRequest";

  private static final JsonMapper JSON =
      JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();

  private final ScimUsers users;
  private final ScimGroups groups;

  ScimRequests(ScimUsers users, ScimGroups groups) {
    this.users = users;
    this.groups = groups;
  }

  /// The path without ids, as it is noted.
  static String pattern(String path) {
    List<String> parts = parts(path);
    String first = parts.isEmpty() ? "" : parts.getFirst();
    String known =
        List.of(
                    "Users",
                    "Groups",
                    "Schemas",
                    "ResourceTypes",
                    "ServiceProviderConfig",
                    "Bulk",
                    "Me",
                    ".search")
                .contains(first)
            ? first
            : "…";
    if (parts.size() <= 1) {
      return "/" + (parts.isEmpty() ? "" : known);
    }
    return "/" + known + (parts.get(1).equals(".search") ? "/.search" : "/{id}");
  }

  ScimReply answer(ScimCall call, UUID directory) {
    List<String> parts = parts(call.path());
    String first = parts.isEmpty() ? "" : parts.getFirst();
    return switch (first) {
      case "Users" -> resources(call, directory, ResourceType.USER, parts);
      case "Groups" -> resources(call, directory, ResourceType.GROUP, parts);
      case "ServiceProviderConfig" -> {
        if (parts.size() > 1) {
          throw nothingHere();
        }
        yield isRead(call)
            ? ScimReply.of(200, SchemaDocuments.config(call.base()))
            : notAllowed("GET");
      }
      case "ResourceTypes" -> documents(call, parts, SchemaDocuments.resourceTypes(call.base()));
      case "Schemas" -> documents(call, parts, SchemaDocuments.schemas(call.base()));
      case "Bulk" -> throw new ScimError(501, null, "Bulk is not supported: send single requests.");
      case "Me" -> throw new ScimError(501, null, "Me is not supported: a directory is nobody.");
      case ".search" ->
          throw new ScimError(
              501, null, "A search through all is not supported: use /Users and /Groups.");
      default -> throw nothingHere();
    };
  }

  private ScimReply resources(
      ScimCall call, UUID directory, ResourceType type, List<String> parts) {
    if (parts.size() == 1) {
      return switch (call.method()) {
        case "GET", "HEAD" -> list(call, directory, query(call, type));
        case "POST" -> create(call, directory, type);
        default -> notAllowed("GET, POST");
      };
    }
    if (parts.size() > 2) {
      throw nothingHere();
    }
    if (parts.get(1).equals(".search")) {
      if (!call.method().equals("POST")) {
        return notAllowed("POST");
      }
      return list(call, directory, query(body(call), type));
    }
    UUID id = Narrowing.uuid(parts.get(1).toLowerCase(Locale.ROOT));
    if (id == null) {
      throw ScimError.notFound("There is nothing with this id.");
    }
    return type == ResourceType.USER ? user(call, directory, id) : group(call, directory, id);
  }

  private ScimReply list(ScimCall call, UUID directory, ListQuery query) {
    Resources resources = new Resources(call.base());
    ListQuery.Found found =
        query.type() == ResourceType.USER
            ? users.list(directory, query, resources)
            : groups.list(directory, query, resources);
    return ScimReply.of(200, query.toDocument(found));
  }

  private ScimReply create(ScimCall call, UUID directory, ResourceType type) {
    Projection projection = projection(call, type);
    if (type == ResourceType.USER) {
      ScimUser user = users.create(directory, body(call));
      return reply(201, call, user, projection)
          .with("Location", new Resources(call.base()).location(type, user.id()));
    }
    ScimGroup group = groups.create(directory, body(call));
    return reply(201, call, group, projection)
        .with("Location", new Resources(call.base()).location(type, group.id()));
  }

  private ScimReply user(ScimCall call, UUID directory, UUID id) {
    Projection projection = projection(call, ResourceType.USER);
    Preconditions preconditions = preconditions(call);
    return switch (call.method()) {
      case "GET", "HEAD" -> {
        ScimUser user =
            users
                .find(directory, id)
                .orElseThrow(() -> ScimError.notFound("There is no user with this id."));
        yield preconditions.has(user.version())
            ? notModified(user.version())
            : reply(200, call, user, projection);
      }
      case "PUT" ->
          reply(200, call, users.replace(directory, id, body(call), preconditions), projection);
      case "PATCH" ->
          reply(
              200,
              call,
              users.patch(directory, id, PatchOperation.read(body(call)), preconditions),
              projection);
      case "DELETE" -> {
        users.delete(directory, id, preconditions);
        yield ScimReply.empty(204);
      }
      default -> notAllowed("GET, PUT, PATCH, DELETE");
    };
  }

  private ScimReply group(ScimCall call, UUID directory, UUID id) {
    Projection projection = projection(call, ResourceType.GROUP);
    Preconditions preconditions = preconditions(call);
    return switch (call.method()) {
      case "GET", "HEAD" -> {
        ScimGroup group =
            groups
                .find(directory, id)
                .orElseThrow(() -> ScimError.notFound("There is no group with this id."));
        yield preconditions.has(group.version())
            ? notModified(group.version())
            : reply(200, call, group, projection);
      }
      case "PUT" ->
          reply(200, call, groups.replace(directory, id, body(call), preconditions), projection);
      case "PATCH" -> {
        ScimGroup group =
            groups.patch(directory, id, PatchOperation.read(body(call)), preconditions);
        // A group may have thousands of members: they are answered if somebody asks for them.
        yield call.query().containsKey("attributes")
            ? reply(200, call, group, projection)
            : ScimReply.empty(204).with("ETag", Resources.tag(group.version()));
      }
      case "DELETE" -> {
        groups.delete(directory, id, preconditions);
        yield ScimReply.empty(204);
      }
      default -> notAllowed("GET, PUT, PATCH, DELETE");
    };
  }

  private ScimReply reply(int status, ScimCall call, ScimUser user, Projection projection) {
    Resources resources = new Resources(call.base());
    ObjectNode resource = resources.user(user);
    users.addGroups(projection, List.of(resource), resources);
    return ScimReply.of(status, projection.apply(ResourceType.USER, resource))
        .with("ETag", Resources.tag(user.version()));
  }

  private ScimReply reply(int status, ScimCall call, ScimGroup group, Projection projection) {
    Resources resources = new Resources(call.base());
    ObjectNode resource = resources.group(group);
    groups.addMembers(projection, List.of(resource), resources);
    return ScimReply.of(status, projection.apply(ResourceType.GROUP, resource))
        .with("ETag", Resources.tag(group.version()));
  }

  private static ScimReply notModified(long version) {
    return ScimReply.empty(304).with("ETag", Resources.tag(version));
  }

  private static ScimReply documents(ScimCall call, List<String> parts, List<ObjectNode> all) {
    if (parts.size() > 2) {
      throw nothingHere();
    }
    if (!isRead(call)) {
      return notAllowed("GET");
    }
    if (call.query().containsKey("filter")) {
      // RFC 7644 §4: so that nobody takes an answer for filtered that is not.
      throw new ScimError(403, null, "There is no filter here.");
    }
    if (parts.size() == 2) {
      return all.stream()
          .filter(each -> each.path("id").asString().equalsIgnoreCase(parts.get(1)))
          .findFirst()
          .map(each -> ScimReply.of(200, each))
          .orElseThrow(ScimRequests::nothingHere);
    }
    ObjectNode list = Canonical.NODES.objectNode();
    list.putArray("schemas").add(ListQuery.SCHEMA);
    list.put("totalResults", all.size());
    list.put("startIndex", 1);
    list.put("itemsPerPage", all.size());
    list.putArray("Resources").addAll(all);
    return ScimReply.of(200, list);
  }

  private static boolean isRead(ScimCall call) {
    return call.method().equals("GET") || call.method().equals("HEAD");
  }

  private static Preconditions preconditions(ScimCall call) {
    return new Preconditions(call.ifMatch(), call.ifNoneMatch());
  }

  private static Projection projection(ScimCall call, ResourceType type) {
    return Projection.of(
        type, call.query().get("attributes"), call.query().get("excludedAttributes"));
  }

  private static ListQuery query(ScimCall call, ResourceType type) {
    return ListQuery.of(
        type,
        call.query().get("filter"),
        number("startIndex", call.query().get("startIndex")),
        number("count", call.query().get("count")),
        projection(call, type));
  }

  private static ListQuery query(ObjectNode body, ResourceType type) {
    Bodies.requireSchema(body, SEARCH);
    return ListQuery.of(
        type,
        text(Bodies.property(body, "filter")),
        number("startIndex", text(Bodies.property(body, "startIndex"))),
        number("count", text(Bodies.property(body, "count"))),
        Projection.of(
            type,
            text(Bodies.property(body, "attributes")),
            text(Bodies.property(body, "excludedAttributes"))));
  }

  private static @Nullable String text(@Nullable JsonNode node) {
    if (node instanceof ArrayNode array) {
      return array.valueStream().map(each -> each.asString("")).collect(Collectors.joining(","));
    }
    return node == null || node.isNull() ? null : node.asString("");
  }

  private static @Nullable Long number(String name, @Nullable String text) {
    if (text == null || text.isBlank()) {
      return null;
    }
    try {
      return (long) Integer.parseInt(text.strip());
    } catch (NumberFormatException noNumber) {
      throw ScimError.invalidValue(name + " is a whole number.");
    }
  }

  private static ObjectNode body(ScimCall call) {
    byte[] bytes =
        switch (call.body()) {
          case ScimCall.Body.Bytes given -> given.bytes();
          case ScimCall.Body.TooLarge _ ->
              throw new ScimError(413, null, "The body has more than 1 MiB.");
        };
    String type = call.contentType() == null ? "" : call.contentType().toLowerCase(Locale.ROOT);
    String media = type.split(";", 2)[0].strip();
    if (!media.equals("application/scim+json") && !media.equals("application/json")) {
      throw new ScimError(415, null, "Bodies are of the type application/scim+json.");
    }
    try {
      if (JSON.readTree(new String(bytes, StandardCharsets.UTF_8)) instanceof ObjectNode object) {
        return object;
      }
    } catch (JacksonException noJson) {
      throw ScimError.of(ScimError.Type.INVALID_SYNTAX, "The body is no JSON.");
    }
    throw ScimError.of(ScimError.Type.INVALID_SYNTAX, "The body is no JSON object.");
  }

  private static List<String> parts(String path) {
    return Arrays.stream(path.split("/")).filter(part -> !part.isEmpty()).toList();
  }

  private static ScimError nothingHere() {
    return ScimError.notFound("There is nothing at this address.");
  }

  private static ScimReply notAllowed(String methods) {
    return ScimReply.of(new ScimError(405, null, "At this address there are " + methods + "."))
        .with("Allow", methods);
  }
}
