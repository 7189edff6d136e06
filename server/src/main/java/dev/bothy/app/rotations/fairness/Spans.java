package dev.bothy.app.rotations.fairness;

import dev.bothy.app.rotations.plan.Span;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// A set of instants, as stretches in order that neither overlap nor touch.
///
/// @param each the stretches
record Spans(List<Span> each) {
  /// Of stretches in any order, which may overlap.
  static Spans of(Collection<Span> spans) {
    List<Span> sorted = spans.stream().sorted(Comparator.comparing(Span::start)).toList();
    List<Span> merged = new ArrayList<>();
    for (Span span : sorted) {
      if (merged.isEmpty() || merged.getLast().end().isBefore(span.start())) {
        merged.add(span);
      } else if (merged.getLast().end().isBefore(span.end())) {
        merged.add(new Span(merged.removeLast().start(), span.end()));
      }
    }
    return new Spans(List.copyOf(merged));
  }

  /// What two stretches have in common; empty if they only touch.
  static Optional<Span> common(Span one, Span other) {
    Instant from = one.start().isAfter(other.start()) ? one.start() : other.start();
    Instant until = one.end().isBefore(other.end()) ? one.end() : other.end();
    return from.isBefore(until) ? Optional.of(new Span(from, until)) : Optional.empty();
  }

  /// What is here and not there.
  Spans without(Spans other) {
    List<Span> left = new ArrayList<>();
    int next = 0;
    for (Span span : each) {
      while (next < other.each.size() && !other.each.get(next).end().isAfter(span.start())) {
        next++;
      }
      Instant from = span.start();
      // One of the others may reach over several of these, so `next` stays with it.
      for (int at = next; at < other.each.size(); at++) {
        Span taken = other.each.get(at);
        if (!taken.start().isBefore(span.end())) {
          break;
        }
        if (from.isBefore(taken.start())) {
          left.add(new Span(from, taken.start()));
        }
        from = taken.end();
      }
      if (from.isBefore(span.end())) {
        left.add(new Span(from, span.end()));
      }
    }
    return new Spans(List.copyOf(left));
  }

  Duration length() {
    return each.stream().map(Span::length).reduce(Duration.ZERO, Duration::plus);
  }
}
