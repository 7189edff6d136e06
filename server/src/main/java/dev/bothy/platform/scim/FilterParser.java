package dev.bothy.platform.scim;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/// Reads filters (RFC 7644 §3.4.2.2, figure 1) and paths of a PATCH (§3.5.2, figure 7) by recursive
/// descent: `or` binds least, then `and`, then `not`. Operators and words are read in any case, and
/// several spaces count as one.
///
/// ## Errors
///
/// All are [ScimError]s and name the place by its character, counted from 1.
final class FilterParser {
  private static final Pattern NAME = Pattern.compile("[A-Za-z$][A-Za-z0-9_$-]{0,99}");
  private static final Pattern URN = Pattern.compile("(?i)urn(:[A-Za-z0-9_.$+-]+)+");
  private static final Pattern NUMBER =
      Pattern.compile("-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][+-]?[0-9]{1,3})?");

  /// Far more than a number that means something has.
  private static final int LONGEST_NUMBER = 40;

  private final String text;
  private ScimError.Type failure;
  private int at;
  private int depth;
  private boolean inElement;

  FilterParser(String text, ScimError.Type failure) {
    this.text = text;
    this.failure = failure;
    if (text.length() > Filter.LONGEST) {
      throw ScimError.of(
          failure,
          "This has %d characters; %d are allowed.".formatted(text.length(), Filter.LONGEST));
    }
  }

  Filter filter() {
    Filter filter = or();
    end();
    return filter;
  }

  PatchPath path() {
    skipSpaces();
    AttributePath attribute = attribute();
    if (!take('[')) {
      end();
      return new PatchPath(attribute, null, null);
    }
    ScimError.Type outside = failure;
    failure = ScimError.Type.INVALID_FILTER;
    Filter filter = element();
    failure = outside;
    String sub = null;
    if (take('.')) {
      sub = token();
      if (!NAME.matcher(sub).matches()) {
        throw wrong("the name of a sub-attribute");
      }
    }
    end();
    return new PatchPath(attribute, filter, sub);
  }

  private Filter or() {
    return joined("or", this::and, Filter.Or::new);
  }

  private Filter and() {
    return joined("and", this::term, Filter.And::new);
  }

  private Filter joined(String word, Supplier<Filter> part, Function<List<Filter>, Filter> join) {
    Filter first = part.get();
    if (!takeWord(word)) {
      return first;
    }
    List<Filter> parts = new ArrayList<>(List.of(first));
    do {
      parts.add(part.get());
    } while (takeWord(word));
    return join.apply(parts);
  }

  private Filter term() {
    skipSpaces();
    if (take('(')) {
      return group();
    }
    int start = at;
    if (takeWord("not")) {
      skipSpaces();
      if (take('(')) {
        return new Filter.Not(group());
      }
      at = start;
    }
    AttributePath path = attribute();
    if (take('[')) {
      if (inElement) {
        throw wrong("no brackets within brackets");
      }
      return ofElement(path, element());
    }
    return comparison(path);
  }

  /// Entra ID writes `emails[type eq "work"].value eq "x"`, which the RFC's grammar has not: it
  /// asks both of the same element.
  private Filter ofElement(AttributePath path, Filter filter) {
    if (!take('.')) {
      return new Filter.Element(path, filter);
    }
    Filter further = comparison(attribute());
    return new Filter.Element(path, new Filter.And(List.of(filter, further)));
  }

  private Filter comparison(AttributePath path) {
    space();
    String word = token().toUpperCase(Locale.ROOT);
    if (word.equals("PR")) {
      return new Filter.Present(path);
    }
    for (Filter.Operator operator : Filter.Operator.values()) {
      if (operator.name().equals(word)) {
        space();
        return new Filter.Compare(path, operator, value());
      }
    }
    throw wrong("one of the operators eq, ne, co, sw, ew, pr, gt, ge, lt and le");
  }

  private Filter group() {
    deeper();
    Filter filter = or();
    skipSpaces();
    if (!take(')')) {
      throw wrong("')'");
    }
    depth--;
    return filter;
  }

  private Filter element() {
    deeper();
    inElement = true;
    Filter filter = or();
    inElement = false;
    skipSpaces();
    if (!take(']')) {
      throw wrong("']'");
    }
    depth--;
    return filter;
  }

  private void deeper() {
    depth++;
    if (depth > Filter.DEEPEST) {
      throw ScimError.of(
          failure, "There are more than %d brackets within brackets.".formatted(Filter.DEEPEST));
    }
  }

  private AttributePath attribute() {
    String whole = token();
    int colon = whole.lastIndexOf(':');
    String schema = colon < 0 ? null : whole.substring(0, colon);
    String rest = whole.substring(colon + 1);
    int dot = rest.indexOf('.');
    String name = dot < 0 ? rest : rest.substring(0, dot);
    String sub = dot < 0 ? null : rest.substring(dot + 1);
    boolean named = NAME.matcher(name).matches() && (sub == null || NAME.matcher(sub).matches());
    if (!named || (schema != null && !isUrn(schema))) {
      throw wrong("the name of an attribute");
    }
    return new AttributePath(schema, name, sub);
  }

  private static boolean isUrn(String schema) {
    return URN.matcher(schema).matches();
  }

  private Filter.Value value() {
    if (at < text.length() && text.charAt(at) == '"') {
      return new Filter.Value.Text(string());
    }
    int start = at;
    String word = token();
    return switch (word.toLowerCase(Locale.ROOT)) {
      case "true" -> new Filter.Value.Truth(true);
      case "false" -> new Filter.Value.Truth(false);
      case "null" -> new Filter.Value.Null();
      default -> {
        if (word.length() > LONGEST_NUMBER || !NUMBER.matcher(word).matches()) {
          at = start;
          throw wrong("a value: text in double quotes, a number, true, false or null");
        }
        yield new Filter.Value.Number(new BigDecimal(word));
      }
    };
  }

  private String string() {
    int start = at;
    at++;
    while (at < text.length() && text.charAt(at) != '"') {
      at += text.charAt(at) == '\\' ? 2 : 1;
    }
    if (at >= text.length()) {
      at = start;
      throw wrong("a second double quote that ends the text");
    }
    at++;
    if (at < text.length() && " )]".indexOf(text.charAt(at)) < 0) {
      throw wrong("a space after the text");
    }
    try {
      return JsonMapper.shared().readValue(text.substring(start, at), String.class);
    } catch (JacksonException noJson) {
      at = start;
      throw wrong("a text as JSON writes it");
    }
  }

  /// The longest run of what names, operators and literals are made of; may be empty.
  private String token() {
    int start = at;
    while (at < text.length() && isPartOfToken(text.charAt(at))) {
      at++;
    }
    return text.substring(start, at);
  }

  private static boolean isPartOfToken(char c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || "-_$.:+".indexOf(c) >= 0;
  }

  private boolean take(char wanted) {
    if (at < text.length() && text.charAt(at) == wanted) {
      at++;
      return true;
    }
    return false;
  }

  private boolean takeWord(String word) {
    int start = at;
    skipSpaces();
    if (token().equalsIgnoreCase(word)) {
      return true;
    }
    at = start;
    return false;
  }

  private void space() {
    if (at >= text.length() || text.charAt(at) != ' ') {
      throw wrong("a space");
    }
    skipSpaces();
  }

  private void skipSpaces() {
    while (at < text.length() && text.charAt(at) == ' ') {
      at++;
    }
  }

  private void end() {
    skipSpaces();
    if (at < text.length()) {
      throw wrong("nothing more");
    }
  }

  private ScimError wrong(String expected) {
    return ScimError.of(failure, "At character %d there should be %s.".formatted(at + 1, expected));
  }
}
