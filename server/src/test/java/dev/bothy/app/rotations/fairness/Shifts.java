package dev.bothy.app.rotations.fairness;

import dev.bothy.app.rotations.plan.Assignment;
import dev.bothy.app.rotations.plan.Participant;
import dev.bothy.app.rotations.plan.Span;
import dev.bothy.app.rotations.plan.Why;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/// Shifts to try things on.
final class Shifts {
  static final Participant ADA = new Participant("ada");
  static final Participant GRACE = new Participant("grace");
  static final Participant EDSGER = new Participant("edsger");

  private Shifts() {}

  static Instant at(String instant) {
    return Instant.parse(instant);
  }

  static Span range(String from, String to) {
    return new Span(at(from), at(to));
  }

  static Duration hours(int hours) {
    return Duration.ofHours(hours);
  }

  static Assignment shift(@Nullable Participant person, String from, String to) {
    return shift("Primary", person, from, to);
  }

  static Assignment shift(String role, @Nullable Participant person, String from, String to) {
    Why why = person == null ? Why.NOBODY : Why.TURN;
    return new Assignment(role, person, at(from), at(to), at(from), why, null, null);
  }

  /// A month of one role with holes, covers and times with nobody.
  static List<Assignment> random(long seed) {
    Random random = new Random(seed);
    List<@Nullable Participant> people = new ArrayList<>(List.of(ADA, GRACE, EDSGER));
    people.add(null);
    List<Assignment> plan = new ArrayList<>();
    Instant from = at("2026-03-15T00:00:00Z");
    Instant turn = from;
    for (int piece = 0; piece < 40; piece++) {
      Instant until = from.plusSeconds(60L * (1 + random.nextInt(2_000)));
      turn = random.nextBoolean() ? from : turn;
      Participant person = people.get(random.nextInt(people.size()));
      Participant instead = random.nextInt(3) == 0 ? people.get(random.nextInt(3)) : null;
      Why why = person == null ? Why.NOBODY : instead == null ? Why.TURN : Why.COVER;
      plan.add(new Assignment("Primary", person, from, until, turn, why, instead, null));
      from = random.nextInt(5) == 0 ? until.plusSeconds(600) : until;
    }
    return plan;
  }
}
