package dev.bothy.platform.bin;

import dev.bothy.platform.audit.Actor;
import dev.bothy.platform.kernel.Ids;
import dev.bothy.platform.work.Schedule;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import org.springframework.stereotype.Service;

/// The bin in the database.
@Service
class KeptBin implements Bin {
  private final BinTable table;
  private final BinStays stays;
  private final Schedule schedule;
  private final Clock clock;

  KeptBin(BinTable table, BinStays stays, Schedule schedule, Clock clock) {
    this.table = table;
    this.stays = stays;
    this.schedule = schedule;
    this.clock = clock;
  }

  @Override
  public Instant put(Deleted deleted) {
    Instant now = clock.instant();
    BinItem item =
        new BinItem(
            Ids.next(clock),
            deleted.kind(),
            deleted.subject(),
            deleted.app(),
            deleted.uninstalled(),
            deleted.by() instanceof Actor.Person(var person) ? person : null,
            now,
            now.plus(stays.of(deleted.app()).of(deleted.uninstalled())),
            null,
            null);
    if (!table.insert(item)) {
      return goesAt(deleted.kind(), deleted.subject()).orElseThrow();
    }
    schedule.set(BinWork.KIND, item.id(), BinWork.next(item, now));
    return item.goesAt();
  }

  @Override
  public boolean takeOut(String kind, String subject) {
    return table
        .takeOut(kind, subject)
        .map(id -> {
          schedule.clear(BinWork.KIND, id);
          return true;
        })
        .orElse(false);
  }

  @Override
  public Optional<Instant> goesAt(String kind, String subject) {
    return table.find(kind, subject).map(BinItem::goesAt);
  }

  @Override
  public void forget(String app) {
    table.all().stream()
        .filter(item -> item.app().equals(app) && !item.kind().equals(APP))
        .forEach(item -> {
          table.delete(item.id());
          schedule.clear(BinWork.KIND, item.id());
        });
  }
}
