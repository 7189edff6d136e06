package dev.bothy.platform.scim;

import dev.bothy.platform.scim.Filter.Operator;
import dev.bothy.platform.scim.Filter.Value;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// What a filter means (RFC 7644 §3.4.2.2).
///
/// ## Several values, and none
///
/// A comparison of an attribute with several values holds if it holds for one of them; `emails[…]`
/// asks all of it of the same one. A complex attribute stands for its `value`. An attribute that is
/// unassigned, or that no schema names, equals null and differs from all else; every other
/// comparison with it fails.
///
/// ## What cannot be compared
///
/// Is refused when the filter is read, whether or not there is anything to compare: true and false
/// by order or by part, a time with what is none, null by anything but `eq` and `ne`.
final class Matching {
  private Matching() {}

  /// The resources that the filter means.
  ///
  /// @throws ScimError `invalidFilter`, or `sensitive` if it asks about passwords
  static Predicate<JsonNode> of(ResourceType type, Filter filter) {
    return compile(filter, type::resolve);
  }

  /// The elements of an attribute that what stands in brackets means.
  ///
  /// @throws ScimError `invalidFilter`
  static Predicate<JsonNode> ofElements(Attribute attribute, Filter filter) {
    return compile(filter, path -> subAttribute(attribute, path));
  }

  private static Optional<List<Attribute>> subAttribute(Attribute attribute, AttributePath path) {
    if (path.schema() != null || path.sub() != null) {
      throw ScimError.of(
          ScimError.Type.INVALID_FILTER,
          "Within the brackets of %s there are its sub-attributes alone."
              .formatted(attribute.name()));
    }
    return attribute.sub(path.name()).map(List::of);
  }

  private static Predicate<JsonNode> compile(
      Filter filter, Function<AttributePath, Optional<List<Attribute>>> names) {
    return switch (filter) {
      case Filter.And and -> {
        List<Predicate<JsonNode>> all =
            and.filters().stream().map(each -> compile(each, names)).toList();
        yield node -> all.stream().allMatch(each -> each.test(node));
      }
      case Filter.Or or -> {
        List<Predicate<JsonNode>> all =
            or.filters().stream().map(each -> compile(each, names)).toList();
        yield node -> all.stream().anyMatch(each -> each.test(node));
      }
      case Filter.Not not -> compile(not.filter(), names).negate();
      case Filter.Present present -> {
        List<Attribute> steps = steps(present.path(), names);
        yield node -> !steps.isEmpty() && values(node, steps).stream().anyMatch(Matching::isThere);
      }
      case Filter.Element element -> element(element, names);
      case Filter.Compare compare -> compare(compare, names);
    };
  }

  private static Predicate<JsonNode> element(
      Filter.Element element, Function<AttributePath, Optional<List<Attribute>>> names) {
    List<Attribute> steps = steps(element.path(), names);
    if (steps.isEmpty()) {
      return _ -> false;
    }
    if (!steps.getLast().isComplex()) {
      throw ScimError.of(
          ScimError.Type.INVALID_FILTER,
          "%s has no sub-attributes to ask about in brackets.".formatted(steps.getLast().name()));
    }
    Predicate<JsonNode> each = ofElements(steps.getLast(), element.filter());
    return node -> values(node, steps).stream().anyMatch(each);
  }

  private static Predicate<JsonNode> compare(
      Filter.Compare compare, Function<AttributePath, Optional<List<Attribute>>> names) {
    List<Attribute> steps = steps(compare.path(), names);
    Operator operator = compare.operator();
    if (steps.isEmpty()) {
      boolean matches = (compare.value() instanceof Value.Null) == (operator == Operator.EQ);
      return _ -> matches && (operator == Operator.EQ || operator == Operator.NE);
    }
    List<Attribute> compared = toValue(steps);
    if (compare.value() instanceof Value.Null) {
      return isNull(compared, operator);
    }
    Predicate<JsonNode> holds = holds(compared.getLast(), operator, compare.value());
    if (operator == Operator.NE) {
      return node -> {
        List<JsonNode> values = values(node, compared);
        return values.isEmpty() || values.stream().anyMatch(holds);
      };
    }
    return node -> values(node, compared).stream().anyMatch(holds);
  }

  /// A complex attribute stands for its value.
  private static List<Attribute> toValue(List<Attribute> steps) {
    Attribute last = steps.getLast();
    if (!last.isComplex()) {
      return steps;
    }
    List<Attribute> longer = new ArrayList<>(steps);
    longer.add(last.sub("value").orElseThrow(() -> cannot(last, "is compared by its parts")));
    return List.copyOf(longer);
  }

  private static Predicate<JsonNode> isNull(List<Attribute> steps, Operator operator) {
    return switch (operator) {
      case EQ -> node -> values(node, steps).isEmpty();
      case NE -> node -> !values(node, steps).isEmpty();
      case CO, SW, EW, GT, GE, LT, LE ->
          throw cannot(steps.getLast(), "is compared with null by eq and ne alone");
    };
  }

  /// Whether one value compares so.
  private static Predicate<JsonNode> holds(Attribute attribute, Operator operator, Value value) {
    return switch (attribute.type()) {
      case BOOLEAN -> ofTruths(attribute, operator, value);
      case DATE_TIME -> ofTimes(attribute, operator, value);
      case STRING, REFERENCE, BINARY -> ofTexts(attribute, operator, value);
      case COMPLEX -> throw new IllegalArgumentException(attribute.name());
    };
  }

  private static Predicate<JsonNode> ofTruths(Attribute attribute, Operator operator, Value value) {
    Boolean truth =
        switch (value) {
          case Value.Truth given -> given.truth();
          // As Entra ID writes them.
          case Value.Text text when text.text().equalsIgnoreCase("true") -> true;
          case Value.Text text when text.text().equalsIgnoreCase("false") -> false;
          case Value.Text _, Value.Number _, Value.Null _ -> null;
        };
    if (truth == null) {
      throw cannot(attribute, "is true or false");
    }
    return switch (operator) {
      case EQ -> node -> node.asBoolean() == truth;
      case NE -> node -> node.asBoolean() != truth;
      case CO, SW, EW, GT, GE, LT, LE -> throw cannot(attribute, "is compared by eq and ne alone");
    };
  }

  private static Predicate<JsonNode> ofTimes(Attribute attribute, Operator operator, Value value) {
    String text = textOf(attribute, value);
    return switch (operator) {
      case CO, SW, EW -> ofTexts(attribute, operator, value);
      case EQ, NE, GT, GE, LT, LE -> {
        Instant wanted = Canonical.instant(text);
        if (wanted == null) {
          throw cannot(attribute, "is a time such as 2026-11-23T08:00:00Z");
        }
        yield node -> {
          Instant found = Canonical.instant(node.asString());
          return found != null && inOrder(operator, found.compareTo(wanted));
        };
      }
    };
  }

  private static Predicate<JsonNode> ofTexts(Attribute attribute, Operator operator, Value value) {
    boolean exact = attribute.caseExact();
    String wanted = folded(textOf(attribute, value), exact);
    return switch (operator) {
      case CO -> node -> folded(node.asString(), exact).contains(wanted);
      case SW -> node -> folded(node.asString(), exact).startsWith(wanted);
      case EW -> node -> folded(node.asString(), exact).endsWith(wanted);
      case EQ, NE, GT, GE, LT, LE ->
          node -> inOrder(operator, folded(node.asString(), exact).compareTo(wanted));
    };
  }

  private static String textOf(Attribute attribute, Value value) {
    return switch (value) {
      case Value.Text text -> text.text();
      case Value.Number _, Value.Truth _, Value.Null _ ->
          throw cannot(attribute, "is compared with a text in double quotes");
    };
  }

  private static boolean inOrder(Operator operator, int order) {
    return switch (operator) {
      case EQ -> order == 0;
      case NE -> order != 0;
      case GT -> order > 0;
      case GE -> order >= 0;
      case LT -> order < 0;
      case LE -> order <= 0;
      case CO, SW, EW -> throw new IllegalArgumentException(operator.name());
    };
  }

  static String folded(String text, boolean caseExact) {
    return caseExact ? text : text.toLowerCase(Locale.ROOT);
  }

  /// @return empty if the name names nothing
  private static List<Attribute> steps(
      AttributePath path, Function<AttributePath, Optional<List<Attribute>>> names) {
    if (path.name().equalsIgnoreCase("password")) {
      throw ScimError.of(
          ScimError.Type.SENSITIVE,
          "Passwords are not kept here, and do not belong in an address.");
    }
    return names.apply(path).orElse(List.of());
  }

  /// Every value at the end of these steps.
  static List<JsonNode> values(JsonNode node, List<Attribute> steps) {
    List<JsonNode> found = List.of(node);
    for (Attribute step : steps) {
      List<JsonNode> next = new ArrayList<>();
      for (JsonNode each : found) {
        JsonNode value = each.get(step.name());
        if (value != null && value.isArray()) {
          value.forEach(next::add);
        } else if (value != null) {
          next.add(value);
        }
      }
      found = next;
    }
    return found;
  }

  private static boolean isThere(@Nullable JsonNode value) {
    return value != null && !value.isNull();
  }

  private static ScimError cannot(Attribute attribute, String why) {
    return ScimError.of(ScimError.Type.INVALID_FILTER, attribute.name() + " " + why + ".");
  }
}
