package dev.bothy.app.rotations;

import dev.bothy.app.rotations.plan.Assignment;
import dev.bothy.platform.chat.Chat;
import dev.bothy.platform.chat.OutboundMessage;
import dev.bothy.platform.work.ScheduleHandler;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.TemporalAdjusters;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/// Tells the channel once a week who is on duty in the next seven days. What is more than a day
/// late is left out: the next week's is more use than an old one.
@Component
class LookAheads implements ScheduleHandler {
  /// The kind of scheduled work; its subject is the rotation.
  static final String KIND = "rotations.look-ahead";

  private static final Duration WEEK = Duration.ofDays(7);

  private final RotationTable rotations;
  private final TellingTable tellings;
  private final Foresight foresight;
  private final RotationPeople people;
  private final Chat chat;

  LookAheads(
      RotationTable rotations,
      TellingTable tellings,
      Foresight foresight,
      RotationPeople people,
      Chat chat) {
    this.rotations = rotations;
    this.tellings = tellings;
    this.foresight = foresight;
    this.people = people;
    this.chat = chat;
  }

  @Override
  public String kind() {
    return KIND;
  }

  @Override
  public MissedRun missedRun() {
    return new MissedRun.Skip(Duration.ofDays(1));
  }

  @Override
  public Optional<Instant> run(Due due) {
    Optional<RotationEntity> found = rotations.byId(due.subject());
    found
        .filter(rotation -> rotation.active() && people.reachable(rotation.connection()))
        .filter(rotation -> tellings.of(rotation.id()).lookAhead() != null)
        .ifPresent(rotation -> tell(rotation, due.now()));
    return found.flatMap(rotation -> next(rotation, due.now()));
  }

  @Override
  public Optional<Instant> skipped(Due due) {
    return rotations.byId(due.subject()).flatMap(rotation -> next(rotation, due.now()));
  }

  private Optional<Instant> next(RotationEntity rotation, Instant now) {
    return Optional.ofNullable(tellings.of(rotation.id()).lookAhead())
        .map(ahead -> next(ahead, zone(rotation), now));
  }

  /// The first such time after now.
  static Instant next(Telling.LookAhead ahead, ZoneId zone, Instant now) {
    ZonedDateTime day = now.atZone(zone).with(TemporalAdjusters.nextOrSame(ahead.day()));
    Instant next = day.toLocalDate().atTime(ahead.time()).atZone(zone).toInstant();
    return next.isAfter(now)
        ? next
        : day.toLocalDate().plusWeeks(1).atTime(ahead.time()).atZone(zone).toInstant();
  }

  private void tell(RotationEntity rotation, Instant now) {
    Instant until = now.plus(WEEK);
    List<Assignment> week =
        foresight.ahead(rotation, now).stream()
            .filter(each -> each.end().isAfter(now) && each.start().isBefore(until))
            .toList();
    chat.send(
        rotation.connection(),
        new OutboundMessage.Post(
            rotation.conversation(),
            null,
            TellingCards.week(
                rotation.id(),
                rotation.name(),
                week,
                zone(rotation),
                people.names(rotation.connection()))));
  }

  private static ZoneId zone(RotationEntity rotation) {
    return rotation.layers().getFirst().times().zone();
  }
}
