package dev.bothy.platform.scim;

import dev.bothy.platform.scim.PatchOperation.Kind;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// What `add`, `replace` and `remove` do to one attribute of an object.
final class PatchValues {
  private PatchValues() {}

  /// @param kind `add` or `replace`
  static void put(Kind kind, ObjectNode container, Attribute attribute, @Nullable JsonNode value) {
    if (kind == Kind.ADD && value == null) {
      throw ScimError.invalidValue("add needs a value.");
    }
    if (attribute.multiValued()) {
      several(kind, container, attribute, value);
    } else if (attribute.isComplex() && value instanceof ObjectNode given) {
      merge(kind, container, attribute, given);
    } else {
      single(kind, container, attribute, value);
    }
  }

  private static void single(
      Kind kind, ObjectNode container, Attribute attribute, @Nullable JsonNode value) {
    JsonNode read = Canonical.read(attribute, value);
    if (read != null) {
      requireChangeable(container, attribute, read);
      container.set(attribute.name(), read);
    } else if (kind == Kind.REPLACE) {
      remove(container, attribute, null);
    }
  }

  private static void requireChangeable(ObjectNode container, Attribute attribute, JsonNode value) {
    JsonNode before = container.get(attribute.name());
    if (attribute.mutability() == Attribute.Mutability.IMMUTABLE
        && before != null
        && !before.equals(value)) {
      throw ScimError.of(
          ScimError.Type.MUTABILITY,
          "%s is not changed: remove the element and add another.".formatted(attribute.name()));
    }
  }

  /// Of a complex attribute, what is not named stays (RFC 7644 §3.5.2.3).
  private static void merge(
      Kind kind, ObjectNode container, Attribute attribute, ObjectNode given) {
    ObjectNode child =
        container.get(attribute.name()) instanceof ObjectNode there
            ? there
            : Canonical.NODES.objectNode();
    for (Map.Entry<String, JsonNode> property : given.properties()) {
      Attribute sub = attribute.sub(property.getKey()).orElse(null);
      if (sub != null && !sub.isReadOnly()) {
        put(kind, child, sub, property.getValue());
      }
    }
    setOrRemove(container, attribute, child);
  }

  static void setOrRemove(ObjectNode container, Attribute attribute, ObjectNode child) {
    if (child.isEmpty()) {
      container.remove(attribute.name());
    } else {
      container.set(attribute.name(), child);
    }
  }

  private static void several(
      Kind kind, ObjectNode container, Attribute attribute, @Nullable JsonNode value) {
    JsonNode read = Canonical.read(attribute, value);
    if (kind == Kind.REPLACE) {
      if (read == null) {
        container.remove(attribute.name());
      } else {
        container.set(attribute.name(), read);
      }
    } else if (read != null) {
      PatchElements elements = new PatchElements(container, attribute);
      read.forEach(elements::add);
      elements.store();
    }
  }

  /// @param value which elements of an attribute that has several; null for all of it
  static void remove(ObjectNode container, Attribute attribute, @Nullable JsonNode value) {
    if (attribute.required()) {
      throw ScimError.of(ScimError.Type.MUTABILITY, attribute.name() + " is required.");
    }
    boolean some = attribute.multiValued() && value != null && !value.isNull();
    if (!some) {
      container.remove(attribute.name());
      return;
    }
    if (!(container.get(attribute.name()) instanceof ArrayNode there)) {
      return;
    }
    JsonNode wanted = Canonical.read(attribute, value);
    Set<JsonNode> exact = new HashSet<>();
    if (wanted != null) {
      wanted.forEach(exact::add);
    }
    ArrayNode left = Canonical.NODES.arrayNode();
    for (JsonNode element : there) {
      // An element with a single property equals or does not: this spares groups a search.
      boolean gone =
          exact.contains(element)
              || (element.size() > 1 && exact.stream().anyMatch(each -> isPartOf(each, element)));
      if (!gone) {
        left.add(element);
      }
    }
    container.set(attribute.name(), left);
  }

  /// Whether the element has all that is wanted of it, e.g. the same value.
  private static boolean isPartOf(JsonNode wanted, JsonNode element) {
    return wanted.properties().stream()
        .allMatch(each -> each.getValue().equals(element.get(each.getKey())));
  }
}
