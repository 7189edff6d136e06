package dev.bothy.platform.scim;

import dev.bothy.platform.scim.PatchOperation.Kind;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/// The elements of an attribute that has several, while an operation works on them.
final class PatchElements {
  private final ObjectNode container;
  private final Attribute attribute;
  private final Set<JsonNode> elements = new LinkedHashSet<>();

  /// Objects that this operation made or changed: one that becomes primary takes that from the
  /// others (RFC 7644 §3.5.2).
  private final List<JsonNode> touched = new ArrayList<>();

  PatchElements(ObjectNode container, Attribute attribute) {
    this.container = container;
    this.attribute = attribute;
    if (container.get(attribute.name()) instanceof ArrayNode there) {
      there.forEach(elements::add);
    }
  }

  /// Adds one; one that is there already stays as it is.
  void add(JsonNode element) {
    if (elements.add(element)) {
      touched.add(element);
    }
  }

  /// Changes each.
  void forEach(Consumer<ObjectNode> change) {
    change(_ -> true, change);
  }

  void patch(Kind kind, Filter filter, @Nullable Attribute sub, @Nullable JsonNode value) {
    Predicate<JsonNode> wanted = Matching.ofElements(attribute, filter);
    if (kind == Kind.REMOVE) {
      if (sub == null) {
        elements.removeIf(wanted);
      } else {
        change(wanted, element -> PatchValues.remove(element, sub, null));
      }
    } else if (elements.stream().anyMatch(wanted)) {
      if (sub != null) {
        change(wanted, element -> PatchValues.put(kind, element, sub, value));
      } else if (Canonical.read(attribute, value) == null) {
        elements.removeIf(element -> kind == Kind.REPLACE && wanted.test(element));
      } else {
        ObjectNode given = given(value);
        change(
            wanted,
            element -> {
              if (kind == Kind.REPLACE) {
                element.removeAll();
                describe(filter, element);
              }
              overlay(element, given);
            });
      }
    } else {
      add(made(filter, sub, value));
    }
  }

  /// Puts the elements back into the object that has them.
  void store() {
    boolean newPrimary = touched.stream().anyMatch(Canonical::isPrimary);
    ArrayNode all = Canonical.NODES.arrayNode();
    for (JsonNode element : elements) {
      if (newPrimary
          && Canonical.isPrimary(element)
          && touched.stream().noneMatch(each -> each == element)) {
        ObjectNode other = (ObjectNode) element.deepCopy();
        other.remove("primary");
        all.add(other);
      } else {
        all.add(element);
      }
    }
    if (all.isEmpty()) {
      container.remove(attribute.name());
    } else {
      container.set(attribute.name(), all);
    }
  }

  /// A changed element is a new one: the set knows them by what they say.
  private void change(Predicate<JsonNode> wanted, Consumer<ObjectNode> change) {
    List<JsonNode> before = List.copyOf(elements);
    elements.clear();
    for (JsonNode element : before) {
      if (element instanceof ObjectNode object && wanted.test(element)) {
        ObjectNode changed = object.deepCopy();
        change.accept(changed);
        if (!changed.isEmpty()) {
          add(changed);
        }
      } else {
        elements.add(element);
      }
    }
  }

  /// The element that the brackets describe.
  private JsonNode made(Filter filter, @Nullable Attribute sub, @Nullable JsonNode value) {
    ObjectNode element = Canonical.NODES.objectNode();
    boolean isFixed =
        attribute
            .sub("value")
            .filter(each -> each.mutability() == Attribute.Mutability.IMMUTABLE)
            .isPresent();
    if (isFixed || value == null || !describe(filter, element)) {
      throw ScimError.of(
          ScimError.Type.NO_TARGET, "None of %s is as the path says.".formatted(attribute.name()));
    }
    if (sub != null) {
      PatchValues.put(Kind.ADD, element, sub, value);
    } else {
      overlay(element, given(value));
    }
    return element;
  }

  private ObjectNode given(@Nullable JsonNode value) {
    JsonNode read = Canonical.read(attribute, value);
    if (read == null || read.size() != 1) {
      throw ScimError.invalidValue(
          "What is put in place of one of %s is one.".formatted(attribute.name()));
    }
    return (ObjectNode) read.get(0);
  }

  private void overlay(ObjectNode element, ObjectNode given) {
    given
        .properties()
        .forEach(each -> {
          Attribute sub = attribute.sub(each.getKey()).orElseThrow();
          PatchValues.put(Kind.REPLACE, element, sub, each.getValue());
        });
  }

  /// Makes the element as the filter wants it.
  ///
  /// @return false if the filter does not say by `eq` alone what it is like
  private boolean describe(Filter filter, ObjectNode element) {
    return switch (filter) {
      case Filter.And and -> and.filters().stream().allMatch(each -> describe(each, element));
      case Filter.Compare compare when compare.operator() == Filter.Operator.EQ ->
          attribute
              .sub(compare.path().name())
              .filter(sub -> !sub.isReadOnly())
              .map(sub -> {
                PatchValues.put(Kind.REPLACE, element, sub, toJson(compare.value()));
                return true;
              })
              .orElse(false);
      case Filter.Compare _, Filter.Present _, Filter.Element _, Filter.Not _, Filter.Or _ -> false;
    };
  }

  private static JsonNode toJson(Filter.Value value) {
    return switch (value) {
      case Filter.Value.Text text -> StringNode.valueOf(text.text());
      case Filter.Value.Number number -> StringNode.valueOf(number.number().toString());
      case Filter.Value.Truth truth -> Canonical.NODES.booleanNode(truth.truth());
      case Filter.Value.Null _ -> Canonical.NODES.nullNode();
    };
  }
}
