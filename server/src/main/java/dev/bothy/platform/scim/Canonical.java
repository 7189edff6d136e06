package dev.bothy.platform.scim;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.BooleanNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/// Values in the one form in which they are kept: names as the schema writes them, values of their
/// attribute's type, nothing that is unassigned (RFC 7643 §2.5: null and the empty array; here the
/// empty text as well).
///
/// ## What is read although it is not so in the RFC
///
/// Entra ID sends booleans as `"True"` and `"False"`, a manager as a bare id, and, with its old
/// flag, a single value as `[{"value": …}]`; others send a single element where an array belongs,
/// or a number where a text belongs. Each has one possible meaning and is taken for that.
///
/// ## What is left out
///
/// Attributes that no schema names, and read-only ones (RFC 7644 §3.3: "SHALL be ignored").
final class Canonical {
  /// The longest text of an attribute, in characters: enough for an address of a page or a postal
  /// address.
  static final int LONGEST_TEXT = 2000;

  /// More values of one attribute than anybody has; members of groups are bounded by the size of a
  /// request.
  static final int MOST_VALUES = 100;

  static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private Canonical() {}

  /// A whole resource.
  ///
  /// @return without anything that is read-only
  /// @throws ScimError `invalidValue`
  static ObjectNode read(ResourceType type, ObjectNode given) {
    ObjectNode read = object(type.root(), given);
    requireRequired(type, read);
    return read;
  }

  /// That nothing required is missing.
  static void requireRequired(ResourceType type, ObjectNode resource) {
    for (Attribute attribute : type.root().subAttributes()) {
      if (attribute.required() && !attribute.isReadOnly() && !resource.has(attribute.name())) {
        throw ScimError.invalidValue(attribute.name() + " is required.");
      }
    }
  }

  /// What is given for an attribute.
  ///
  /// @return null if that is nothing
  static @Nullable JsonNode read(Attribute attribute, @Nullable JsonNode given) {
    if (given == null || isNothing(given)) {
      return null;
    }
    if (attribute.multiValued()) {
      return elements(attribute, given);
    }
    if (given instanceof ArrayNode array) {
      if (array.size() > 1) {
        throw ScimError.invalidValue(attribute.name() + " has a single value.");
      }
      return array.isEmpty() ? null : single(attribute, array.get(0));
    }
    return single(attribute, given);
  }

  /// @return null if it is nothing
  static @Nullable JsonNode single(Attribute attribute, JsonNode given) {
    if (isNothing(given)) {
      return null;
    }
    if (!attribute.isComplex()) {
      JsonNode bare = given instanceof ObjectNode wrapped ? wrapped.path("value") : given;
      if (bare.isMissingNode()) {
        throw ScimError.invalidValue(attribute.name() + " is no object.");
      }
      return bare.isNull() ? null : simple(attribute, bare);
    }
    if (given instanceof ObjectNode object) {
      ObjectNode read = object(attribute, object);
      return read.isEmpty() ? null : read;
    }
    Attribute value = attribute.sub("value").orElse(null);
    if (value == null || given.isArray()) {
      throw ScimError.invalidValue(attribute.name() + " is an object.");
    }
    JsonNode read = simple(value, given);
    return read == null ? null : NODES.objectNode().set(value.name(), read);
  }

  private static ObjectNode object(Attribute attribute, ObjectNode given) {
    ObjectNode read = NODES.objectNode();
    for (Map.Entry<String, JsonNode> property : given.properties()) {
      Attribute sub = attribute.sub(property.getKey()).orElse(null);
      if (sub != null && !sub.isReadOnly()) {
        JsonNode value = read(sub, property.getValue());
        if (value != null) {
          read.set(sub.name(), value);
        }
      }
    }
    return read;
  }

  private static @Nullable JsonNode elements(Attribute attribute, JsonNode given) {
    Set<JsonNode> read = new LinkedHashSet<>();
    if (given instanceof ArrayNode array) {
      for (JsonNode each : array) {
        addTo(read, single(attribute, each));
      }
    } else {
      addTo(read, single(attribute, given));
    }
    requireBounds(attribute, read);
    return read.isEmpty() ? null : NODES.arrayNode(read.size()).addAll(read);
  }

  private static void requireBounds(Attribute attribute, Set<JsonNode> elements) {
    if (attribute.sub("primary").isEmpty()) {
      return;
    }
    if (elements.size() > MOST_VALUES) {
      throw ScimError.invalidValue(
          "%s has more than %d values.".formatted(attribute.name(), MOST_VALUES));
    }
    if (elements.stream().filter(Canonical::isPrimary).count() > 1) {
      throw ScimError.invalidValue("Only one of %s can be primary.".formatted(attribute.name()));
    }
  }

  static boolean isPrimary(JsonNode element) {
    return element.path("primary").asBoolean(false);
  }

  private static void addTo(Set<JsonNode> elements, @Nullable JsonNode element) {
    if (element != null) {
      elements.add(element);
    }
  }

  private static @Nullable JsonNode simple(Attribute attribute, JsonNode given) {
    return switch (attribute.type()) {
      case BOOLEAN -> truth(attribute, given);
      case DATE_TIME -> time(attribute, given);
      case STRING, REFERENCE, BINARY -> text(attribute, given);
      case COMPLEX -> throw new IllegalArgumentException(attribute.name());
    };
  }

  private static JsonNode truth(Attribute attribute, JsonNode given) {
    if (given.isBoolean()) {
      return given;
    }
    String word = given.isString() ? given.stringValue() : "";
    if (word.equalsIgnoreCase("true") || word.equalsIgnoreCase("false")) {
      return BooleanNode.valueOf(word.equalsIgnoreCase("true"));
    }
    throw ScimError.invalidValue(attribute.name() + " is true or false.");
  }

  private static JsonNode time(Attribute attribute, JsonNode given) {
    if (!given.isString() || instant(given.stringValue()) == null) {
      throw ScimError.invalidValue(attribute.name() + " is a time such as 2026-11-23T08:00:00Z.");
    }
    return given;
  }

  /// The instant that a text means (RFC 7643 §2.3.5); null if it means none.
  static @Nullable Instant instant(String text) {
    try {
      return OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeException noTime) {
      return null;
    }
  }

  private static @Nullable JsonNode text(Attribute attribute, JsonNode given) {
    if (!given.isString() && !given.isNumber() && !given.isBoolean()) {
      throw ScimError.invalidValue(attribute.name() + " is a text.");
    }
    String text = given.asString();
    if (text.length() > LONGEST_TEXT) {
      throw ScimError.invalidValue(
          "%s has more than %d characters.".formatted(attribute.name(), LONGEST_TEXT));
    }
    if (!isStorable(text)) {
      throw ScimError.invalidValue(
          attribute.name() + " has a character that is none (zero, or half of one).");
    }
    return text.isBlank() ? null : StringNode.valueOf(text);
  }

  /// Whether PostgreSQL can keep it: no character zero, and no half of a character.
  static boolean isStorable(String text) {
    return text.codePoints().noneMatch(c -> c == 0 || (c >= 0xD800 && c <= 0xDFFF));
  }

  private static boolean isNothing(JsonNode node) {
    return node.isNull() || node.isMissingNode();
  }
}
