package dev.bothy.platform.scim;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

class PatchPropertiesTest {
  private static final String NO_PATH = "none";

  @Property(tries = 500)
  void membersAddedAndRemovedAgainAreAsBefore(
      @ForAll("ids") Set<String> before, @ForAll("ids") Set<String> change) {
    ObjectNode group = group(before);
    ObjectNode added = apply(group, PatchOperation.Kind.ADD, change);
    assertThat(apply(added, PatchOperation.Kind.REMOVE, difference(change, before)))
        .isEqualTo(group);
    assertThat(apply(added, PatchOperation.Kind.ADD, change)).isEqualTo(added);
    ObjectNode removed = apply(group, PatchOperation.Kind.REMOVE, change);
    assertThat(apply(removed, PatchOperation.Kind.REMOVE, change)).isEqualTo(removed);
  }

  @Property(tries = 3000)
  void anyOperationIsDoneOrIsTheNamedErrorAndTheFormStays(
      @ForAll("operations") List<ObjectNode> operations) {
    ObjectNode ada = Canonical.NODES.objectNode().put("userName", "ada");
    ObjectNode body = Canonical.NODES.objectNode();
    body.putArray("schemas").add(PatchOperation.SCHEMA);
    body.putArray("Operations").addAll(operations);
    ObjectNode after;
    try {
      after = Patch.apply(ResourceType.USER, ada, PatchOperation.read(body));
    } catch (ScimError error) {
      assertThat(error.status()).isEqualTo(400);
      return;
    }
    assertThat(Canonical.read(ResourceType.USER, after)).isEqualTo(after);
    assertThat(ada).hasToString("{\"userName\":\"ada\"}");
  }

  @Property(tries = 2000)
  void whatIsReadOnceReadsAsTheSame(@ForAll("values") JsonNode value) {
    for (Attribute attribute : ResourceType.USER.root().subAttributes()) {
      if (attribute.isReadOnly()) {
        continue;
      }
      JsonNode read;
      try {
        read = Canonical.read(attribute, value);
      } catch (ScimError error) {
        assertThat(error.type()).isEqualTo(ScimError.Type.INVALID_VALUE);
        continue;
      }
      assertThat(Canonical.read(attribute, read)).isEqualTo(read);
    }
  }

  @Provide
  Arbitrary<Set<String>> ids() {
    return Arbitraries.integers().between(1, 20).map(String::valueOf).set().ofMaxSize(12);
  }

  @Provide
  Arbitrary<List<ObjectNode>> operations() {
    Arbitrary<String> ops = Arbitraries.of("add", "Remove", "replace", "Replace", "move");
    Arbitrary<String> paths =
        Arbitraries.of(
            "active",
            "title",
            "name",
            "name.givenName",
            "emails",
            "emails.value",
            "id",
            "emails[type eq \"work\"]",
            "emails[type eq \"work\"].value",
            "userName",
            "emails[value pr].primary",
            "addresses[country eq \"GB\"].region",
            "unheardOf",
            "emails[primary eq true]",
            EnterpriseSchema.ID,
            EnterpriseSchema.ID + ":manager",
            EnterpriseSchema.ID + ":manager.value",
            "emails[",
            "",
            NO_PATH);
    return Combinators.combine(ops, paths, values())
        .as((op, path, value) -> {
          ObjectNode operation = Canonical.NODES.objectNode().put("op", op);
          operation.set("value", value);
          return path.equals(NO_PATH) ? operation : operation.put("path", path);
        })
        .list()
        .ofMinSize(1)
        .ofMaxSize(5);
  }

  @Provide
  Arbitrary<JsonNode> values() {
    return values(3);
  }

  private static Arbitrary<JsonNode> values(int depth) {
    Arbitrary<JsonNode> leaf =
        Arbitraries.oneOf(
            Arbitraries.of("True", "false", "x", "", "work", "2026-11-23T08:00:00Z", "\u0000")
                .map(StringNode::valueOf),
            Arbitraries.of(true, false).map(Canonical.NODES::booleanNode),
            Arbitraries.integers().map(each -> Canonical.NODES.numberNode(each)),
            Arbitraries.just(Canonical.NODES.nullNode()));
    if (depth == 0) {
      return leaf;
    }
    Arbitrary<JsonNode> smaller = Arbitraries.lazy(() -> values(depth - 1));
    Arbitrary<JsonNode> arrays =
        smaller.list().ofMaxSize(3).map(each -> Canonical.NODES.arrayNode().addAll(each));
    Arbitrary<JsonNode> objects =
        Arbitraries.maps(
                Arbitraries.of(
                    "value",
                    "type",
                    "primary",
                    "givenName",
                    "name",
                    "emails",
                    "title",
                    "active",
                    "department",
                    "manager",
                    "name.familyName",
                    "unheardOf",
                    "ID"),
                smaller)
            .ofMaxSize(4)
            .map(each -> Canonical.NODES.objectNode().setAll(each));
    return Arbitraries.oneOf(leaf, arrays, objects);
  }

  private static ObjectNode apply(ObjectNode group, PatchOperation.Kind kind, Set<String> ids) {
    PatchOperation operation = new PatchOperation(kind, PatchPath.parse("members"), members(ids));
    return Patch.apply(ResourceType.GROUP, group, List.of(operation));
  }

  private static ObjectNode group(Set<String> ids) {
    ObjectNode group = Canonical.NODES.objectNode().put("displayName", "Engines");
    return ids.isEmpty() ? group : group.set("members", members(ids));
  }

  private static ArrayNode members(Set<String> ids) {
    ArrayNode members = Canonical.NODES.arrayNode();
    ids.forEach(id -> members.addObject().put("value", id));
    return members;
  }

  private static Set<String> difference(Set<String> of, Set<String> without) {
    return of.stream().filter(each -> !without.contains(each)).collect(Collectors.toSet());
  }
}
