package dev.bothy.platform.scim;

import dev.bothy.platform.scim.PatchOperation.Kind;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Applies a PATCH to a resource (RFC 7644 §3.5.2). All operations or none: the resource that is
/// given stays as it is.
///
/// ## Where directories differ from the RFC
///
/// - An operation without a path may have paths as keys, such as `name.givenName` (Entra ID). Keys
///   that are plain names and name nothing are ignored, as in a POST; and so are read-only ones
///   (Okta sends `id` beside `displayName`). A path that names nothing is an `invalidPath`.
/// - `emails[type eq "work"].value` adds the element when none matches (Entra ID), where the
///   brackets say by `eq` what it is like. Anything else that matches nothing is a `noTarget`.
/// - `remove` of an attribute with a value removes the elements that look so (Entra ID, of
///   members), and none if there are none.
/// - `remove` of an element that is not there has nothing to do and succeeds: directories repeat
///   themselves.
final class Patch {
  private final ResourceType type;
  private final ObjectNode resource;

  private Patch(ResourceType type, ObjectNode resource) {
    this.type = type;
    this.resource = resource;
  }

  /// @param before as [Canonical] reads it; not changed
  /// @return in the same form
  /// @throws ScimError of the first operation that cannot be done
  static ObjectNode apply(ResourceType type, ObjectNode before, List<PatchOperation> operations) {
    Patch patch = new Patch(type, before.deepCopy());
    operations.forEach(patch::apply);
    return Canonical.read(type, patch.resource);
  }

  private void apply(PatchOperation operation) {
    PatchPath path = operation.path();
    if (path != null) {
      at(operation.kind(), path, operation.value());
    } else if (operation.kind() == Kind.REMOVE) {
      throw ScimError.of(ScimError.Type.NO_TARGET, "remove needs a path.");
    } else {
      operation.properties().forEach((key, value) -> under(operation.kind(), key, value));
    }
  }

  /// One key of an operation without a path.
  private void under(Kind kind, String key, JsonNode value) {
    Attribute attribute = type.root().sub(key).orElse(null);
    if (attribute != null) {
      if (!attribute.isReadOnly()) {
        PatchValues.put(kind, resource, attribute, value);
      }
    } else if (isPath(key)) {
      at(kind, PatchPath.parse(key), value);
    }
  }

  /// Attributes of an extension that we do not know are named by its URN, and ignored as in a POST.
  private boolean isPath(String key) {
    boolean urn = key.regionMatches(true, 0, "urn:", 0, 4);
    return urn ? type.isInASchema(key) : key.contains(".") || key.contains("[");
  }

  private void at(Kind kind, PatchPath path, @Nullable JsonNode value) {
    List<Attribute> steps =
        type.resolve(path.attribute())
            .orElseThrow(
                () -> ScimError.invalidPath("There is no attribute " + path.attribute() + "."));
    for (Attribute step : steps) {
      if (step.isReadOnly()) {
        throw ScimError.of(ScimError.Type.MUTABILITY, step.name() + " is read-only.");
      }
    }
    Filter filter = path.filter();
    if (filter == null) {
      plain(kind, resource, steps, value);
    } else {
      filtered(kind, steps, filter, path.sub(), value);
    }
  }

  private static void plain(
      Kind kind, ObjectNode container, List<Attribute> steps, @Nullable JsonNode value) {
    Attribute first = steps.getFirst();
    if (steps.size() == 1) {
      if (kind == Kind.REMOVE) {
        PatchValues.remove(container, first, value);
      } else {
        PatchValues.put(kind, container, first, value);
      }
      return;
    }
    List<Attribute> rest = steps.subList(1, steps.size());
    if (first.multiValued()) {
      // The sub-attribute of each of them.
      PatchElements elements = new PatchElements(container, first);
      elements.forEach(element -> plain(kind, element, rest, value));
      elements.store();
      return;
    }
    ObjectNode child =
        container.get(first.name()) instanceof ObjectNode there
            ? there
            : Canonical.NODES.objectNode();
    plain(kind, child, rest, value);
    PatchValues.setOrRemove(container, first, child);
  }

  private void filtered(
      Kind kind,
      List<Attribute> steps,
      Filter filter,
      @Nullable String subName,
      @Nullable JsonNode value) {
    Attribute attribute = steps.getLast();
    if (!attribute.multiValued() || !attribute.isComplex()) {
      throw ScimError.invalidPath(attribute.name() + " has no elements to choose from.");
    }
    Attribute sub = subName == null ? null : sub(attribute, subName);
    // No attribute with elements is nested in another, in any schema that we have.
    PatchElements elements = new PatchElements(resource, attribute);
    elements.patch(kind, filter, sub, value);
    elements.store();
  }

  private static Attribute sub(Attribute attribute, String name) {
    Attribute sub =
        attribute
            .sub(name)
            .orElseThrow(() ->
                ScimError.invalidPath(
                    "There is no attribute %s.%s.".formatted(attribute.name(), name)));
    if (sub.isReadOnly()) {
      throw ScimError.of(
          ScimError.Type.MUTABILITY, attribute.name() + "." + sub.name() + " is read-only.");
    }
    return sub;
  }
}
