package dev.bothy.platform.scim;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// What of a resource is answered (RFC 7644 §3.9): all of it, only some attributes, or all but
/// some. `id` and `schemas` are answered always; names that name nothing are ignored.
final class Projection {
  private final List<List<Attribute>> only;
  private final List<List<Attribute>> without;
  private final boolean all;

  private Projection(boolean all, List<List<Attribute>> only, List<List<Attribute>> without) {
    this.all = all;
    this.only = only;
    this.without = without;
  }

  /// @param attributes names with commas between; null if there are none
  /// @param excluded likewise
  /// @throws ScimError `invalidValue` if both are given
  static Projection of(ResourceType type, @Nullable String attributes, @Nullable String excluded) {
    boolean none = attributes == null || attributes.isBlank();
    if (!none && excluded != null && !excluded.isBlank()) {
      throw ScimError.invalidValue("attributes and excludedAttributes exclude each other.");
    }
    return new Projection(none, paths(type, attributes), paths(type, excluded));
  }

  /// Whether anything of this attribute is answered.
  boolean includes(Attribute attribute) {
    return all
        ? without.stream().noneMatch(path -> path.equals(List.of(attribute)))
        : only.stream().anyMatch(path -> path.getFirst().equals(attribute));
  }

  /// @param resource not changed
  ObjectNode apply(ResourceType type, ObjectNode resource) {
    if (all && without.isEmpty()) {
      return resource;
    }
    ObjectNode copy = all ? resource.deepCopy() : Canonical.NODES.objectNode();
    if (all) {
      without.stream()
          .filter(path -> path.getFirst().returned() != Attribute.Returned.ALWAYS)
          .forEach(path -> remove(copy, path));
      return copy;
    }
    for (Attribute attribute : type.root().subAttributes()) {
      JsonNode value = resource.get(attribute.name());
      if (value != null) {
        JsonNode kept =
            attribute.returned() == Attribute.Returned.ALWAYS
                ? value
                : keep(
                    value,
                    only.stream().filter(path -> path.getFirst().equals(attribute)).toList(),
                    1);
        if (kept != null) {
          copy.set(attribute.name(), kept);
        }
      }
    }
    return copy;
  }

  /// @param paths those that led here
  /// @param depth how many of their steps
  private static @Nullable JsonNode keep(JsonNode value, List<List<Attribute>> paths, int depth) {
    if (paths.isEmpty()) {
      return null;
    }
    if (paths.stream().anyMatch(path -> path.size() == depth)) {
      return value;
    }
    if (value instanceof ArrayNode array) {
      ArrayNode kept = Canonical.NODES.arrayNode();
      for (JsonNode element : array) {
        JsonNode part = keep(element, paths, depth);
        if (part != null) {
          kept.add(part);
        }
      }
      return kept.isEmpty() ? null : kept;
    }
    ObjectNode kept = Canonical.NODES.objectNode();
    value
        .properties()
        .forEach(each -> {
          JsonNode part =
              keep(
                  each.getValue(),
                  paths.stream()
                      .filter(path -> path.get(depth).name().equals(each.getKey()))
                      .toList(),
                  depth + 1);
          if (part != null) {
            kept.set(each.getKey(), part);
          }
        });
    return kept.isEmpty() ? null : kept;
  }

  private static void remove(JsonNode from, List<Attribute> path) {
    if (from instanceof ArrayNode array) {
      array.forEach(element -> remove(element, path));
    } else if (from instanceof ObjectNode object) {
      String name = path.getFirst().name();
      if (path.size() == 1) {
        object.remove(name);
      } else if (object.get(name) != null) {
        remove(object.get(name), path.subList(1, path.size()));
      }
    }
  }

  private static List<List<Attribute>> paths(ResourceType type, @Nullable String names) {
    List<List<Attribute>> paths = new ArrayList<>();
    for (String name : names == null ? new String[0] : names.split(",", -1)) {
      try {
        PatchPath path = PatchPath.parse(name);
        if (path.filter() == null) {
          type.resolve(path.attribute()).ifPresent(paths::add);
        }
      } catch (ScimError namesNothing) {
        continue;
      }
    }
    return List.copyOf(paths);
  }
}
