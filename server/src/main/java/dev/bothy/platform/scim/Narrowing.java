package dev.bothy.platform.scim;

import dev.bothy.platform.scim.Filter.Operator;
import dev.bothy.platform.scim.Filter.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What of a filter the database can answer by an index: comparisons by `eq` with some attributes,
/// where all of them must hold. [Matching] still asks the whole filter of what is left, so this can
/// only spare work.
///
/// @param sql begins with ` and `, or is empty
/// @param parameters in its order
record Narrowing(String sql, List<Object> parameters) {
  /// Of an attribute, the condition with one parameter, and what that is made of.
  private record Column(String condition, Function<String, @Nullable Object> parameter) {}

  private static final Map<String, Column> USERS =
      Map.of(
          "id", new Column("id = ?", Narrowing::uuid),
          "userName", new Column("user_name_key = ?", Narrowing::folded),
          "externalId", new Column("external_id = ?", Narrowing::exact),
          "emails.value",
              new Column(
                  "id in (select user_id from scim_user_email where address_key = ?)",
                  Narrowing::folded));

  private static final Map<String, Column> GROUPS =
      Map.of(
          "id", new Column("id = ?", Narrowing::uuid),
          "displayName", new Column("display_name_key = ?", Narrowing::folded),
          "externalId", new Column("external_id = ?", Narrowing::exact),
          "members.value",
              new Column(
                  "id in (select group_id from scim_group_member where user_id = ?)",
                  Narrowing::uuid));

  static Narrowing of(ResourceType type, @Nullable Filter filter) {
    Map<String, Column> columns = type == ResourceType.USER ? USERS : GROUPS;
    StringBuilder sql = new StringBuilder();
    List<Object> parameters = new ArrayList<>();
    for (Map.Entry<String, String> equal : equals(type, filter)) {
      Column column = columns.get(equal.getKey());
      if (column != null) {
        Object parameter = column.parameter().apply(equal.getValue());
        // What the column cannot hold, no row has.
        sql.append(" and ").append(parameter == null ? "false" : column.condition());
        if (parameter != null) {
          parameters.add(parameter);
        }
      }
    }
    return new Narrowing(sql.toString(), List.copyOf(parameters));
  }

  /// Whether there is nothing that the database could answer.
  boolean isEmpty() {
    return sql.isEmpty();
  }

  /// The end of a query whose first parameter is the directory.
  ///
  /// Where there is something to narrow by, the directory is compared in a way that no index
  /// serves, and the order is left to whoever asked: while a directory is new, PostgreSQL takes it
  /// for small, and would go through all of it in order instead.
  String where() {
    return isEmpty()
        ? " where directory_id = ? order by id"
        : " where directory_id is not distinct from ?" + sql;
  }

  /// What must be equal to what, as far as that is plain.
  private static List<Map.Entry<String, String>> equals(
      ResourceType type, @Nullable Filter filter) {
    return switch (filter) {
      case null -> List.of();
      case Filter.And and ->
          and.filters().stream().flatMap(each -> equals(type, each).stream()).toList();
      case Filter.Compare compare -> equal(type, compare.path(), compare);
      case Filter.Element element -> within(type, element);
      case Filter.Or _, Filter.Not _, Filter.Present _ -> List.of();
    };
  }

  private static List<Map.Entry<String, String>> within(ResourceType type, Filter.Element element) {
    List<Filter> all =
        element.filter() instanceof Filter.And and ? and.filters() : List.of(element.filter());
    List<Map.Entry<String, String>> found = new ArrayList<>();
    for (Filter each : all) {
      if (each instanceof Filter.Compare compare) {
        AttributePath whole =
            new AttributePath(
                element.path().schema(), element.path().name(), compare.path().name());
        found.addAll(equal(type, whole, compare));
      }
    }
    return found;
  }

  private static List<Map.Entry<String, String>> equal(
      ResourceType type, AttributePath path, Filter.Compare compare) {
    if (compare.operator() != Operator.EQ || !(compare.value() instanceof Value.Text text)) {
      return List.of();
    }
    return type.resolve(path)
        .map(steps -> {
          String name = steps.stream().map(Attribute::name).collect(Collectors.joining("."));
          return List.of(
              Map.entry(steps.getLast().isComplex() ? name + ".value" : name, text.text()));
        })
        .orElse(List.of());
  }

  /// Whether the filter asks anything about this attribute.
  static boolean mentions(@Nullable Filter filter, String attribute) {
    return switch (filter) {
      case null -> false;
      case Filter.And and -> and.filters().stream().anyMatch(each -> mentions(each, attribute));
      case Filter.Or or -> or.filters().stream().anyMatch(each -> mentions(each, attribute));
      case Filter.Not not -> mentions(not.filter(), attribute);
      case Filter.Element element -> element.path().name().equalsIgnoreCase(attribute);
      case Filter.Compare compare -> compare.path().name().equalsIgnoreCase(attribute);
      case Filter.Present present -> present.path().name().equalsIgnoreCase(attribute);
    };
  }

  private static @Nullable Object exact(String text) {
    return Canonical.isStorable(text) ? text : null;
  }

  private static @Nullable Object folded(String text) {
    return exact(Matching.folded(text, false));
  }

  /// Ids are compared exactly, and ours are written in one way.
  static @Nullable UUID uuid(String text) {
    try {
      UUID id = UUID.fromString(text);
      return id.toString().equals(text) ? id : null;
    } catch (IllegalArgumentException noId) {
      return null;
    }
  }
}
