package dev.bothy.app.rotations.exchange;

import dev.bothy.app.rotations.plan.Assignment;
import dev.bothy.app.rotations.plan.Participant;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Shifts as a table (CSV, RFC 4180) and as JSON, in the order in which they are given. Both have
/// the same names, which do not change: [#COLUMNS].
///
/// Times are instants in UTC (`2026-11-27T08:00:00Z`), `hours` has two digits after the point,
/// `why` is the word of [dev.bothy.app.rotations.plan.Why] in small letters. What does not apply is
/// an empty cell, or null.
public final class ShiftExport {
  /// The names, in the order of the table.
  public static final List<String> COLUMNS =
      List.of(
          "rotation", "role", "person", "account", "start", "end", "why", "instead_of", "hours");

  private static final String END = "\r\n";
  private static final JsonMapper JSON = JsonMapper.shared();

  private ShiftExport() {}

  /// The table, with a line of names first. A cell that a spreadsheet would take for a formula
  /// begins with an apostrophe (owasp.org/www-community/attacks/CSV_Injection).
  public static String csv(List<NamedShift> shifts) {
    StringBuilder text = new StringBuilder(String.join(",", COLUMNS)).append(END);
    for (NamedShift shift : shifts) {
      text.append(cells(shift).stream().map(ShiftExport::cell).collect(Collectors.joining(",")))
          .append(END);
    }
    return text.toString();
  }

  /// An object with the member `shifts`, an array of objects.
  public static String json(List<NamedShift> shifts) {
    ObjectNode document = JSON.createObjectNode();
    ArrayNode array = document.putArray("shifts");
    for (NamedShift shift : shifts) {
      ObjectNode object = array.addObject();
      List<@Nullable String> cells = cells(shift);
      for (int column = 0; column < COLUMNS.size() - 1; column++) {
        object.put(COLUMNS.get(column), cells.get(column));
      }
      object.put("hours", hours(shift));
    }
    return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(document);
  }

  private static List<@Nullable String> cells(NamedShift shift) {
    Assignment assignment = shift.assignment();
    Participant person = assignment.person();
    List<@Nullable String> cells = new ArrayList<>();
    cells.add(shift.rotation());
    cells.add(assignment.role());
    cells.add(shift.person());
    cells.add(person == null ? null : person.account());
    cells.add(assignment.start().toString());
    cells.add(assignment.end().toString());
    cells.add(why(shift));
    cells.add(shift.instead());
    cells.add(hours(shift).toPlainString());
    return cells;
  }

  /// The word for why.
  public static String why(NamedShift shift) {
    return shift.assignment().why().name().toLowerCase(Locale.ROOT);
  }

  /// How long it is.
  public static BigDecimal hours(NamedShift shift) {
    Assignment assignment = shift.assignment();
    long seconds = Duration.between(assignment.start(), assignment.end()).toSeconds();
    return BigDecimal.valueOf(seconds).divide(BigDecimal.valueOf(3600), 2, RoundingMode.HALF_UP);
  }

  private static String cell(@Nullable String text) {
    if (text == null) {
      return "";
    }
    boolean formula = !text.isEmpty() && "=+-@\t\r\n".indexOf(text.charAt(0)) >= 0;
    String harmless = formula ? "'" + text : text;
    return harmless.matches("(?s).*[\",\r\n].*")
        ? '"' + harmless.replace("\"", "\"\"") + '"'
        : harmless;
  }
}
