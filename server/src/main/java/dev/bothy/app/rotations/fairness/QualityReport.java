package dev.bothy.app.rotations.fairness;

import dev.bothy.app.rotations.plan.Assignment;
import dev.bothy.app.rotations.plan.Participant;
import dev.bothy.app.rotations.plan.Span;
import dev.bothy.app.rotations.plan.Why;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;

/// What is wrong with a plan.
///
/// @param gaps when a role that should be held is not, in order of time
/// @param gapScore 0 to 100: of the time in which roles should be held, how much they are; 100 only
///   without any gap
/// @param doubleBookings who is on duty in two places at once, in order of time
public record QualityReport(
    List<Gap> gaps, int gapScore, List<DoubleBooking> doubleBookings, Balance balance) {
  /// A role of a rotation.
  public record Place(UUID rotation, String role) {}

  /// That a role should be held, beyond what the assignments themselves say.
  public record Expected(Place place, Span span) {}

  /// Nobody has the role although somebody should.
  public record Gap(Place place, Span span) {}

  /// One person, two places.
  public record DoubleBooking(Participant person, Place first, Place second, Span span) {}

  private static final Comparator<Place> BY_PLACE =
      Comparator.comparing(Place::rotation).thenComparing(Place::role);

  /// The mean of both scores, 0 to 100.
  public int score() {
    return (int) Math.round((gapScore + balance.score()) / 2.0);
  }

  /// A place in the order that is kept empty on purpose is no gap. Without anything to hold, the
  /// gap score is 100.
  ///
  /// @param expected when a role should be held although no assignment says so; what an assignment
  ///   says, with a person or with nobody, is expected anyway
  /// @param members whose shares are compared, even with nothing; those who only cover count too
  public static QualityReport of(
      List<RotationShifts> rotations,
      Collection<Expected> expected,
      Collection<Participant> members,
      Span range) {
    Map<Place, List<Assignment>> places = new TreeMap<>(BY_PLACE);
    for (RotationShifts rotation : rotations) {
      rotation
          .within(range)
          .forEach(each ->
              places
                  .computeIfAbsent(
                      new Place(rotation.rotation(), each.role()), _ -> new ArrayList<>())
                  .add(each));
    }
    expected.forEach(each -> places.computeIfAbsent(each.place(), _ -> new ArrayList<>()));

    List<Gap> gaps = new ArrayList<>();
    Duration wantedLength = Duration.ZERO;
    Duration gapLength = Duration.ZERO;
    for (Map.Entry<Place, List<Assignment>> entry : places.entrySet()) {
      Spans onPurpose =
          spans(entry.getValue().stream().filter(each -> each.why() == Why.EMPTY), range);
      Spans held = spans(entry.getValue().stream().filter(each -> each.person() != null), range);
      Spans wanted = wanted(entry.getKey(), entry.getValue(), expected, range).without(onPurpose);
      Spans open = wanted.without(held);
      open.each().forEach(span -> gaps.add(new Gap(entry.getKey(), span)));
      wantedLength = wantedLength.plus(wanted.length());
      gapLength = gapLength.plus(open.length());
    }
    gaps.sort(Comparator.comparing(gap -> gap.span().start()));

    Map<Participant, Duration> lengths = new HashMap<>();
    members.forEach(member -> lengths.put(member, Duration.ZERO));
    for (RotationShifts rotation : rotations) {
      Fairness.lengths(rotation.assignments(), range)
          .forEach((person, length) -> lengths.merge(person, length, Duration::plus));
    }
    return new QualityReport(
        List.copyOf(gaps),
        gapScore(wantedLength, gapLength),
        doubleBookings(places, range),
        Balance.of(lengths));
  }

  private static Spans wanted(
      Place place, List<Assignment> assignments, Collection<Expected> expected, Span range) {
    Stream<Span> said = assignments.stream().map(Assignment::span);
    Stream<Span> more =
        expected.stream().filter(each -> each.place().equals(place)).map(Expected::span);
    return Spans.of(
        Stream.concat(said, more).flatMap(span -> Spans.common(span, range).stream()).toList());
  }

  private static Spans spans(Stream<Assignment> assignments, Span range) {
    return Spans.of(
        assignments
            .map(Assignment::span)
            .flatMap(span -> Spans.common(span, range).stream())
            .toList());
  }

  private static int gapScore(Duration wanted, Duration gaps) {
    if (gaps.isZero()) {
      return 100;
    }
    double covered = 1 - (double) gaps.toSeconds() / wanted.toSeconds();
    return (int) Math.min(99, Math.round(100 * covered));
  }

  private record Held(Place place, Span span) {}

  private static List<DoubleBooking> doubleBookings(
      Map<Place, List<Assignment>> places, Span range) {
    Map<Participant, Map<Place, List<Span>>> people = new HashMap<>();
    places.forEach((place, assignments) ->
        assignments.forEach(each -> {
          if (each.person() != null) {
            people
                .computeIfAbsent(each.person(), _ -> new TreeMap<>(BY_PLACE))
                .computeIfAbsent(place, _ -> new ArrayList<>())
                .addAll(Spans.common(each.span(), range).stream().toList());
          }
        }));
    List<DoubleBooking> found = new ArrayList<>();
    people.forEach((person, held) -> found.addAll(overlaps(person, held)));
    found.sort(
        Comparator.<DoubleBooking, Instant>comparing(each -> each.span().start())
            .thenComparing(each -> each.person().account()));
    return List.copyOf(found);
  }

  private static List<DoubleBooking> overlaps(Participant person, Map<Place, List<Span>> held) {
    // Pieces of one place that touch are one stretch, so that one overlap is told once.
    List<Held> sorted =
        held.entrySet().stream()
            .flatMap(entry ->
                Spans.of(entry.getValue()).each().stream()
                    .map(span -> new Held(entry.getKey(), span)))
            .sorted(Comparator.comparing(each -> each.span().start()))
            .toList();
    List<DoubleBooking> found = new ArrayList<>();
    for (int one = 0; one < sorted.size(); one++) {
      Held first = sorted.get(one);
      for (int other = one + 1; other < sorted.size(); other++) {
        Held second = sorted.get(other);
        if (!second.span().start().isBefore(first.span().end())) {
          break;
        }
        Spans.common(first.span(), second.span())
            .ifPresent(
                span -> found.add(new DoubleBooking(person, first.place(), second.place(), span)));
      }
    }
    return found;
  }
}
