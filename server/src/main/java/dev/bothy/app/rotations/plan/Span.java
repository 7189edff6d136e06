package dev.bothy.app.rotations.plan;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// A time from an instant to another.
///
/// @param start included
/// @param end excluded, after the start
public record Span(Instant start, Instant end) {
  public Span {
    if (!start.isBefore(end)) {
      throw new IllegalArgumentException("A span ends after it starts: " + start + ", " + end);
    }
  }

  /// The span between the two; empty when the end is not after the start.
  static Optional<Span> between(Instant start, Instant end) {
    return start.isBefore(end) ? Optional.of(new Span(start, end)) : Optional.empty();
  }

  /// Whether the instant lies in it.
  public boolean contains(Instant instant) {
    return !instant.isBefore(start) && instant.isBefore(end);
  }

  /// Whether the two have any time in common.
  boolean overlaps(Span other) {
    return start.isBefore(other.end) && other.start.isBefore(end);
  }

  /// What the two have in common.
  public Optional<Span> and(Span other) {
    return between(
        start.isAfter(other.start) ? start : other.start,
        end.isBefore(other.end) ? end : other.end);
  }

  /// How long it is.
  public Duration length() {
    return Duration.between(start, end);
  }

  /// What is left of this without the others, in order.
  ///
  /// @param others in any order; they may overlap
  public List<Span> without(List<Span> others) {
    List<Span> left = new ArrayList<>();
    Instant from = start;
    for (Span other : merged(others)) {
      if (other.end.isAfter(from)) {
        between(from, other.start.isBefore(end) ? other.start : end).ifPresent(left::add);
        from = other.end;
      }
      if (!from.isBefore(end)) {
        return left;
      }
    }
    between(from, end).ifPresent(left::add);
    return left;
  }

  /// What each of the spans has in common with this, merged and in order.
  List<Span> common(List<Span> others) {
    List<Span> common = new ArrayList<>(others.size());
    for (Span other : others) {
      and(other).ifPresent(common::add);
    }
    return merged(common);
  }

  /// The same times with nothing in it twice: in order, and those that touch are one.
  public static List<Span> merged(List<Span> spans) {
    if (spans.size() < 2) {
      return spans;
    }
    List<Span> inOrder = new ArrayList<>(spans);
    inOrder.sort(Comparator.comparing(Span::start));
    List<Span> merged = new ArrayList<>(spans.size());
    for (Span span : inOrder) {
      if (merged.isEmpty() || merged.getLast().end.isBefore(span.start)) {
        merged.add(span);
      } else if (span.end.isAfter(merged.getLast().end)) {
        merged.set(merged.size() - 1, new Span(merged.getLast().start, span.end));
      }
    }
    return merged;
  }

  /// How long they are together.
  static Duration total(List<Span> spans) {
    Duration total = Duration.ZERO;
    for (Span span : spans) {
      total = total.plus(span.length());
    }
    return total;
  }
}
