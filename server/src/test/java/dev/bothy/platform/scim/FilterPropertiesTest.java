package dev.bothy.platform.scim;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class FilterPropertiesTest {
  private static final ObjectNode ADA =
      (ObjectNode)
          JsonMapper.shared()
              .readTree(
                  """
                  {"userName": "ada", "active": true, "title": "Countess",
                   "name": {"givenName": "Ada"},
                   "emails": [{"value": "ada@example.com", "type": "work"}]}
                  """);

  @Property(tries = 2000)
  void aPrintedFilterReadsAsTheSame(@ForAll("filters") Filter filter) {
    assertThat(Filter.parse(Filter.print(filter))).isEqualTo(filter);
  }

  @Property(tries = 2000)
  void anyTextIsAFilterOrTheNamedError(@ForAll String text) {
    onlyTheNamedError(text);
  }

  /// Texts that come close: pieces of the grammar in any order.
  @Property(tries = 5000)
  void piecesOfFiltersAreAFilterOrTheNamedError(@ForAll("pieces") List<String> pieces) {
    onlyTheNamedError(String.join("", pieces));
  }

  @Property(tries = 1000)
  void aFilterAndItsNegationDivideAllResources(@ForAll("filters") Filter filter) {
    boolean holds;
    try {
      holds = Matching.of(ResourceType.USER, filter).test(ADA);
    } catch (ScimError cannotBeCompared) {
      assertThat(cannotBeCompared.type()).isEqualTo(ScimError.Type.INVALID_FILTER);
      return;
    }
    assertThat(Matching.of(ResourceType.USER, new Filter.Not(filter)).test(ADA))
        .isNotEqualTo(holds);
  }

  private static void onlyTheNamedError(String text) {
    try {
      assertThat(Matching.of(ResourceType.USER, Filter.parse(text)).test(ADA)).isIn(true, false);
    } catch (ScimError error) {
      assertThat(error.type()).isIn(ScimError.Type.INVALID_FILTER, ScimError.Type.SENSITIVE);
    }
    try {
      PatchPath.parse(text);
    } catch (ScimError error) {
      assertThat(error.type()).isIn(ScimError.Type.INVALID_FILTER, ScimError.Type.INVALID_PATH);
    }
  }

  @Provide
  Arbitrary<List<String>> pieces() {
    return Arbitraries.of(
            " ",
            "(",
            ")",
            "[",
            "]",
            "not",
            "and",
            "or",
            "eq",
            "pr",
            "co",
            "gt",
            "\"",
            "\\",
            "\"x\"",
            "userName",
            "emails",
            "active",
            "meta.lastModified",
            ".",
            ":",
            "urn:",
            "value",
            "type",
            "true",
            "null",
            "1",
            "-",
            "é",
            "\u0000",
            "\ud800",
            "$ref",
            "password")
        .list()
        .ofMaxSize(14);
  }

  @Provide
  Arbitrary<Filter> filters() {
    return filter(3, true);
  }

  private static Arbitrary<Filter> filter(int depth, boolean elements) {
    Arbitrary<Filter> leaf =
        Arbitraries.oneOf(
            paths(elements).map(Filter.Present::new),
            Combinators.combine(paths(elements), Arbitraries.of(Filter.Operator.values()), values())
                .as(Filter.Compare::new));
    if (depth == 0) {
      return leaf;
    }
    Arbitrary<Filter> smaller = Arbitraries.lazy(() -> filter(depth - 1, elements));
    Arbitrary<Filter> joined =
        Arbitraries.oneOf(
            smaller.list().ofMinSize(2).ofMaxSize(3).map(Filter.And::new),
            smaller.list().ofMinSize(2).ofMaxSize(3).map(Filter.Or::new),
            smaller.map(Filter.Not::new));
    if (!elements) {
      return Arbitraries.oneOf(leaf, joined);
    }
    Arbitrary<Filter> element =
        Combinators.combine(paths(true), filter(1, false)).as(Filter.Element::new);
    return Arbitraries.oneOf(leaf, joined, element);
  }

  private static Arbitrary<AttributePath> paths(boolean withSub) {
    Arbitrary<String> schemas =
        Arbitraries.of(UserSchema.ID, EnterpriseSchema.ID, "urn:example:Other", "", "", "");
    Arbitrary<String> names =
        Arbitraries.of(
            "userName",
            "emails",
            "name",
            "title",
            "active",
            "value",
            "type",
            "department",
            "nonsense",
            "meta",
            "USERNAME",
            "primary",
            "not",
            "and");
    Arbitrary<String> subs =
        Arbitraries.of("value", "type", "givenName", "lastModified", "other", "", "", "");
    return withSub
        ? Combinators.combine(schemas, names, subs)
            .as((schema, name, sub) ->
                new AttributePath(
                    schema.isEmpty() ? null : schema, name, sub.isEmpty() ? null : sub))
        : names.map(name -> new AttributePath(null, name, null));
  }

  private static Arbitrary<Filter.Value> values() {
    return Arbitraries.oneOf(
        Arbitraries.strings().excludeChars('\ud800').ofMaxLength(8).map(Filter.Value.Text::new),
        Arbitraries.of("ada", "work", "2026-11-23T08:00:00Z").map(Filter.Value.Text::new),
        Arbitraries.longs().map(BigDecimal::valueOf).map(Filter.Value.Number::new),
        Arbitraries.of(true, false).map(Filter.Value.Truth::new),
        Arbitraries.just(new Filter.Value.Null()));
  }
}
