package dev.bothy.app.rotations;

import dev.bothy.app.rotations.plan.HourBlock;
import java.time.DayOfWeek;
import java.time.LocalTime;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Blocks of hours as people type them and as they are stored: a line each, such as `mon-fri
/// 09:00-17:00` or `sat,sun 22:00-06:00`. Without days a block is of every day.
final class HourLines {
  /// What a message says is allowed.
  static final String ALLOWED =
      "lines such as mon-fri 09:00-17:00 or sat,sun 22:00-06:00; nothing for all hours";

  private static final Pattern LINE =
      Pattern.compile(
          "(?:(?<days>[A-Za-z,\\s-]+?)\\s+)?(?<from>\\d{1,2}:\\d{2})\\s*(?:-|–|to)\\s*(?<to>\\d{1,2}:\\d{2})");
  private static final int MOST = 20;

  private HourLines() {}

  /// The blocks; empty when a line is not one, or there are more than 20.
  static Optional<List<HourBlock>> read(String text) {
    List<String> lines =
        text.lines()
            .flatMap(line -> Arrays.stream(line.split(";")))
            .map(String::strip)
            .filter(line -> !line.isEmpty())
            .toList();
    List<HourBlock> blocks = lines.stream().flatMap(line -> block(line).stream()).toList();
    return blocks.size() == lines.size() && blocks.size() <= MOST
        ? Optional.of(blocks)
        : Optional.empty();
  }

  /// The blocks in the form that [#read] reads.
  static String write(List<HourBlock> blocks) {
    return blocks.stream()
        .map(block -> WeekDays.write(block.days()) + " " + block.from() + "-" + block.to())
        .collect(Collectors.joining("\n"));
  }

  private static Optional<HourBlock> block(String line) {
    Matcher matcher = LINE.matcher(line);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    String days = matcher.group("days");
    Optional<Set<DayOfWeek>> read =
        days == null ? Optional.of(EnumSet.allOf(DayOfWeek.class)) : WeekDays.set(days);
    Optional<LocalTime> from = time(matcher.group("from"));
    Optional<LocalTime> to = time(matcher.group("to"));
    return read.isPresent() && from.isPresent() && to.isPresent()
        ? Optional.of(new HourBlock(read.get(), from.get(), to.get()))
        : Optional.empty();
  }

  private static Optional<LocalTime> time(String typed) {
    String[] parts = typed.split(":");
    int hour = Integer.parseInt(parts[0]);
    int minute = Integer.parseInt(parts[1]);
    if (minute > 59 || hour > 24 || hour == 24 && minute > 0) {
      return Optional.empty();
    }
    return Optional.of(LocalTime.of(hour % 24, minute));
  }
}
