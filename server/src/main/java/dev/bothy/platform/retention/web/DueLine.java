package dev.bothy.platform.retention.web;

import dev.bothy.platform.privacy.Change;
import dev.bothy.platform.retention.DataMap;
import dev.bothy.platform.retention.Due;
import java.time.Instant;
import java.util.List;

/// What would go of a table, as a page shows it.
///
/// @param table its name
/// @param what it is, in words
/// @param fate what happens to its rows
/// @param rows how many, e.g. `12` or `more than 10,000`
/// @param oldest when the time of the oldest began
record DueLine(String table, String what, String fate, String rows, Instant oldest) {
  static List<DueLine> of(List<Due> due, DataMap map) {
    return due.stream()
        .map(each ->
            new DueLine(
                each.table().table(),
                map.what(each.table()),
                switch (each.expiry().change()) {
                  case Change.Delete() -> "the rows go";
                  case Change.Assign _ -> "their content is erased";
                },
                (each.more() ? "more than " : "") + "%,d".formatted(each.rows()),
                each.oldest()))
        .toList();
  }
}
