package dev.bothy.platform.bin;

import dev.bothy.platform.audit.Actor;
import dev.bothy.platform.work.ScheduleHandler;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/// Announces the end of what is in the bin, and ends it. Each run is a transaction that also says
/// when to look again, so a crash anywhere loses nothing.
@Component
class BinWork implements ScheduleHandler {
  static final String KIND = "bin.look";

  /// The installation's bounds may have been narrowed by a restart.
  private static final Duration DAILY = Duration.ofDays(1);

  private final BinTable table;
  private final BinStays stays;
  private final BinKinds kinds;
  private final BinWarnings warnings;

  BinWork(BinTable table, BinStays stays, BinKinds kinds, BinWarnings warnings) {
    this.table = table;
    this.stays = stays;
    this.kinds = kinds;
    this.warnings = warnings;
  }

  @Override
  public String kind() {
    return KIND;
  }

  @Override
  public MissedRun missedRun() {
    return new MissedRun.RunOnce();
  }

  /// What should have gone from the bin goes, though the database was restored from before.
  @Override
  public WhileHeld whileHeld() {
    return WhileHeld.RUNS_FIRST;
  }

  @Override
  public Optional<Instant> run(Due due) {
    return table.lock(due.subject()).flatMap(item -> look(item, due.now()));
  }

  /// When there is something to do about it next.
  static Instant next(BinItem item, Instant now) {
    Instant warnAt = item.warnedAt() == null ? item.warnAt() : null;
    return Stream.of(Optional.of(item.goesAt()), Optional.ofNullable(warnAt))
        .flatMap(Optional::stream)
        .filter(at -> at.isAfter(now))
        .reduce(now.plus(DAILY), (one, other) -> one.isBefore(other) ? one : other);
  }

  private Optional<Instant> look(BinItem known, Instant now) {
    BinItem item = retimed(known);
    if (item.begunAt() != null || !item.goesAt().isAfter(now)) {
      return end(item, new Actor.System(), now);
    }
    Instant warnAt = item.warnAt();
    if (item.warnedAt() == null && warnAt != null && !warnAt.isAfter(now)) {
      warnings.send(item);
      table.setWarned(item.id(), now);
    }
    return Optional.of(next(item, now));
  }

  /// As the choices of today say, if that is sooner.
  BinItem retimed(BinItem item) {
    Instant chosen = item.deletedAt().plus(stays.of(item.app()).of(item.uninstalled()));
    if (!chosen.isBefore(item.goesAt()) || item.begunAt() != null) {
      return item;
    }
    table.setGoesAt(item.id(), chosen);
    return item.goingAt(chosen);
  }

  /// Ends what is locked.
  ///
  /// @return when to look again; empty once all of it is gone
  Optional<Instant> end(BinItem item, Actor actor, Instant now) {
    Optional<BinKind> kind = kinds.find(item.kind());
    if (kind.isEmpty()) {
      // Its module is of a later version.
      return Optional.of(now.plus(DAILY));
    }
    return switch (kind.get().end(item, actor, now)) {
      case BinKind.End.Gone _ -> {
        table.delete(item.id());
        yield Optional.empty();
      }
      case BinKind.End.UnderWay(Instant lookAgain) -> {
        table.setBegun(item.id(), now);
        yield Optional.of(lookAgain);
      }
    };
  }
}
