package dev.bothy.platform.scim;

import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import tools.jackson.databind.json.JsonMapper;

/// A filter as RFC 7644 §3.4.2.2 has them. It says how something was written, not yet what it
/// means: [Matching] asks the schema.
sealed interface Filter {
  /// A filter in a query is longer than this with nobody: the longest that Entra ID and Okta send
  /// name two attributes. It also bounds what one comparison after the other costs.
  int LONGEST = 4096;

  /// Brackets in brackets, of either kind. The examples of the RFC have two; each level is a level
  /// of the call stack.
  int DEEPEST = 20;

  /// What an attribute is compared by.
  enum Operator {
    EQ,
    NE,
    CO,
    SW,
    EW,
    GT,
    GE,
    LT,
    LE
  }

  /// What an attribute is compared with: a JSON literal.
  sealed interface Value {
    record Text(String text) implements Value {}

    record Number(BigDecimal number) implements Value {}

    record Truth(boolean truth) implements Value {}

    record Null() implements Value {}
  }

  /// `userName eq "ada"`.
  record Compare(AttributePath path, Operator operator, Value value) implements Filter {}

  /// `title pr`.
  record Present(AttributePath path) implements Filter {}

  /// `emails[…]`: one element for which all of the filter holds.
  record Element(AttributePath path, Filter filter) implements Filter {}

  /// `not (…)`.
  record Not(Filter filter) implements Filter {}

  /// All hold.
  ///
  /// @param filters two or more
  record And(List<Filter> filters) implements Filter {
    public And {
      filters = several(filters);
    }
  }

  /// One holds.
  ///
  /// @param filters two or more
  record Or(List<Filter> filters) implements Filter {
    public Or {
      filters = several(filters);
    }
  }

  /// Reads a filter.
  ///
  /// @throws ScimError `invalidFilter`
  static Filter parse(String text) {
    return new FilterParser(text, ScimError.Type.INVALID_FILTER).filter();
  }

  /// As text that reads as the same filter.
  static String print(Filter filter) {
    return switch (filter) {
      case Compare compare ->
          compare.path()
              + " "
              + compare.operator().name().toLowerCase(Locale.ROOT)
              + " "
              + print(compare.value());
      case Present present -> present.path() + " pr";
      case Element element -> element.path() + "[" + print(element.filter()) + "]";
      case Not not -> "not (" + print(not.filter()) + ")";
      case And and ->
          and.filters().stream().map(Filter::inBrackets).collect(Collectors.joining(" and "));
      case Or or ->
          or.filters().stream().map(Filter::inBrackets).collect(Collectors.joining(" or "));
    };
  }

  private static String print(Value value) {
    return switch (value) {
      case Value.Text text -> JsonMapper.shared().writeValueAsString(text.text());
      case Value.Number number -> number.number().toString();
      case Value.Truth truth -> String.valueOf(truth.truth());
      case Value.Null _ -> "null";
    };
  }

  private static String inBrackets(Filter filter) {
    return switch (filter) {
      case And and -> "(" + print(and) + ")";
      case Or or -> "(" + print(or) + ")";
      case Compare compare -> print(compare);
      case Present present -> print(present);
      case Element element -> print(element);
      case Not not -> print(not);
    };
  }

  private static List<Filter> several(List<Filter> filters) {
    if (filters.size() < 2) {
      throw new IllegalArgumentException("One filter alone needs no word between");
    }
    return List.copyOf(filters);
  }
}
