package dev.bothy.app.rotations.plan;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Puts changes on top of what the turns say.
final class Changes {
  private Changes() {}

  /// The assignments with the changes applied, one after the other.
  ///
  /// @param window nothing is put in outside of it
  /// @param role only what is put in for this role; null for all
  static List<Assignment> apply(
      List<Assignment> assignments, List<Change> changes, Span window, @Nullable String role) {
    List<Change> concerned =
        changes.stream().filter(change -> change.span().overlaps(window)).toList();
    if (concerned.isEmpty()) {
      return assignments;
    }
    List<Assignment> result = assignments;
    for (Change change : concerned) {
      result = apply(result, change, window, role);
    }
    return tidied(result);
  }

  /// Nobody has a role twice at once, whatever puts them there: what was there first stays. And
  /// nobody is missing where somebody is.
  private static List<Assignment> tidied(List<Assignment> assignments) {
    List<Assignment> tidied = new ArrayList<>(assignments.size());
    for (Assignment each : assignments) {
      if (each.person() != null) {
        addWithout(
            each,
            tidied.stream().filter(other -> Objects.equals(other.person(), each.person())),
            tidied);
      }
    }
    for (Assignment each : assignments) {
      if (each.person() == null) {
        addWithout(each, tidied.stream(), tidied);
      }
    }
    return tidied;
  }

  private static void addWithout(
      Assignment each, Stream<Assignment> others, List<Assignment> into) {
    List<Span> held =
        others
            .filter(other -> other.role().equals(each.role()))
            .map(Assignment::span)
            .filter(each.span()::overlaps)
            .toList();
    each.span().without(held).forEach(part -> into.add(each.during(part)));
  }

  private static List<Assignment> apply(
      List<Assignment> before, Change change, Span window, @Nullable String role) {
    List<Assignment> after = new ArrayList<>(before.size() + 1);
    for (Assignment each : before) {
      if (touches(change, each)) {
        pieces(each, change, after);
      } else {
        after.add(each);
      }
    }
    switch (change) {
      case Change.Set(UUID id, Span span, String of, Participant person) ->
          put(after, span, window, of, role, person, Why.SET, id);
      case Change.Add(UUID id, Span span, String of, Participant person) ->
          put(after, span, window, of, role, person, Why.ADD, id);
      case Change.Temporary(UUID id, Span span, List<Change.TemporaryShift> shifts) ->
          shifts.forEach(shift ->
              shift
                  .span()
                  .and(span)
                  .ifPresent(within ->
                      put(
                          after,
                          within,
                          window,
                          shift.role(),
                          role,
                          shift.person(),
                          Why.TEMPORARY,
                          id)));
      case Change.Replace _, Change.Remove _ -> {}
    }
    return after;
  }

  private static boolean touches(Change change, Assignment each) {
    boolean meets =
        each.start().isBefore(change.span().end()) && change.span().start().isBefore(each.end());
    return meets
        && switch (change) {
          case Change.Set set -> set.role().equals(each.role());
          case Change.Temporary _ -> true;
          case Change.Add _ -> false;
          case Change.Replace replace ->
              replace.out().equals(each.person()) && is(replace.role(), each);
          case Change.Remove remove ->
              remove.person().equals(each.person()) && is(remove.role(), each);
        };
  }

  private static boolean is(@Nullable String role, Assignment each) {
    return role == null || role.equals(each.role());
  }

  /// What becomes of an assignment that a change touches: before it, within it, after it.
  private static void pieces(Assignment each, Change change, List<Assignment> into) {
    Span whole = new Span(each.start(), each.end());
    Instant from = change.span().start();
    Instant to = change.span().end();
    if (whole.start().isBefore(from)) {
      into.add(each.during(new Span(whole.start(), from)));
    }
    whole
        .and(change.span())
        .ifPresent(within -> {
          switch (change) {
            case Change.Replace replace ->
                into.add(
                    each.during(within)
                        .by(replace.in(), replace.why(), replace.out(), replace.id()));
            case Change.Remove remove ->
                into.add(each.during(within).by(null, Why.REMOVED, remove.person(), remove.id()));
            case Change.Set _, Change.Temporary _, Change.Add _ -> {}
          }
        });
    if (to.isBefore(whole.end())) {
      into.add(each.during(new Span(to, whole.end())));
    }
  }

  private static void put(
      List<Assignment> into,
      Span span,
      Span window,
      String of,
      @Nullable String role,
      Participant person,
      Why why,
      UUID change) {
    if (role == null || role.equals(of)) {
      span.and(window)
          .ifPresent(within ->
              into.add(
                  new Assignment(
                      of, person, within.start(), within.end(), span.start(), why, null, change)));
    }
  }
}
