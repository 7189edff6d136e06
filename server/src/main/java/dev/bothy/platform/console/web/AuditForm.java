package dev.bothy.platform.console.web;

import dev.bothy.platform.audit.AuditFilter;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What somebody typed above the audit log, kept as typed.
///
/// @param what a module (`people`) or an action (`people.signed-in`); empty for any
/// @param who who did it: their user name, or what was typed in its place; empty for anybody
/// @param about the person it was done to, likewise
/// @param by the kind of whoever did it: `person`, `account` or `system`; empty for any
/// @param from the first day in UTC, `2026-11-22`; empty for no bound
/// @param until the last day in UTC, which is still shown; empty for no bound
public record AuditForm(
    String what, String who, String about, String by, String from, String until) {
  private static final String WORD = "[a-z]+(\\.[a-z-]{2,60})?";
  private static final Set<String> KINDS = Set.of("person", "account", "system");

  public AuditForm {
    what = what.strip();
    by = KINDS.contains(by) ? by : "";
    from = from.strip();
    until = until.strip();
  }

  /// What is wrong, by field; empty when nothing is.
  public Map<String, String> errors() {
    Map<String, String> errors = new LinkedHashMap<>();
    if (!what.isEmpty() && !what.matches(WORD)) {
      errors.put("what", "A part such as people, or an action such as people.signed-in.");
    }
    if (!from.isEmpty() && day(from) == null) {
      errors.put("from", "A day such as 2026-11-22.");
    }
    if (!until.isEmpty() && day(until) == null) {
      errors.put("until", "A day such as 2026-11-22.");
    }
    return errors;
  }

  /// What to look for. What is wrong filters nothing: the page says so instead.
  ///
  /// @param actor the id of who did it; null for anybody
  /// @param subject the id of whom it was done to; null for anybody
  AuditFilter filter(@Nullable String actor, @Nullable String subject) {
    boolean known = what.matches(WORD);
    boolean action = known && what.contains(".");
    LocalDate last = day(until);
    return new AuditFilter(
        known && !action ? what : null,
        action ? what : null,
        actor,
        subject,
        start(day(from)),
        start(last == null ? null : last.plusDays(1)),
        by.isEmpty() ? null : by);
  }

  private static @Nullable Instant start(@Nullable LocalDate day) {
    return day == null ? null : day.atStartOfDay(ZoneOffset.UTC).toInstant();
  }

  /// Years that PostgreSQL's timestamps hold, too.
  private static @Nullable LocalDate day(String text) {
    try {
      LocalDate day = LocalDate.parse(text);
      return day.getYear() >= 1970 && day.getYear() <= 9999 ? day : null;
    } catch (DateTimeException _) {
      return null;
    }
  }
}
