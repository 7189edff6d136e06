package dev.bothy.platform.work;

import dev.bothy.platform.workspace.Workspaces;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Work whose every effect is in the database: the items of a claim share one transaction, each
/// handled in its order, and with them the marks that they are done and the lanes given back.
///
/// When one of them fails nothing of the batch has happened; its lanes are then worked on one item
/// at a time, so that the one that fails is found and holds nobody else. The same is done with a
/// lane whose earlier worker died: the item that killed it is counted before it is begun again.
///
/// @param <I> an item, opened
abstract class BatchedWork<I> implements LaneWork {
  private static final Logger LOG = LoggerFactory.getLogger(BatchedWork.class);

  private static final int LANES = 32;
  private static final int ITEMS = 64;

  /// A batch that takes longer ends early, so that others get their turn and locks are short.
  private static final Duration BUDGET = Duration.ofMillis(100);

  /// An item that waits longer than this for a lock that others hold fails, and is tried again
  /// later.
  ///
  /// The commit is not waited for on disk: should a crash of the database lose it, all of it is
  /// lost, the marks and lanes with the effects, and the items, which were on disk before they were
  /// acknowledged, are worked on again. What others do because of it, such as a message that a
  /// sender takes, is committed behind it.
  private static final Map<String, String> SETTINGS =
      Map.of("lock_timeout", "2s", "synchronous_commit", "off");

  /// By how much the last batch changes what is known of earlier ones: one part in this many.
  private static final int WEIGHT = 4;

  private final Workspaces workspaces;
  private final Lanes lanes;

  /// How long an item took lately, in nanoseconds, begun to committed.
  private volatile long anItem = 1;

  BatchedWork(Workspaces workspaces, Lanes lanes) {
    this.workspaces = workspaces;
    this.lanes = lanes;
  }

  /// The first items that wait in these lanes, at most so many of each lane, those of a lane in
  /// their order. Called in a transaction.
  abstract List<I> read(List<Lane> lanes, int mostOfALane);

  abstract Lane laneOf(I item);

  /// Called outside of any transaction, before [#handle]; what takes long belongs here.
  abstract void prepare(I item);

  /// Called in the transaction that settles the item.
  abstract void handle(I item);

  /// Marks items as done; called in the transaction that handled them.
  ///
  /// @throws LeaseLost if one of them is settled already
  abstract void settle(List<I> done);

  /// Called after the transaction has committed.
  abstract void handled(I item);

  /// Counts that an earlier worker was interrupted with the lane's head in hand; called in a
  /// transaction, before the head is tried alone.
  ///
  /// @return how long to wait first; empty to go on at once
  abstract Optional<Lanes.Ready> interrupted(Lane lane);

  /// Notes that an item failed alone.
  ///
  /// @return how long its lane waits before the next try; empty when it was dead-lettered
  abstract Optional<Lanes.Ready> failed(Claim claim, I item, RuntimeException cause);

  /// No more than fit into a batch by what the last ones took: what is claimed beyond that, and
  /// prepared, is given back for nothing.
  @Override
  public int lanesAClaim() {
    return Math.clamp(BUDGET.toNanos() / anItem, 1, LANES);
  }

  @Override
  public void work(Claim claim) {
    if (claim.wasInterrupted()) {
      oneByOne(claim);
      return;
    }
    int mostOfALane = Math.max(1, ITEMS / claim.lanes().size());
    List<I> items =
        workspaces.inWorkspace(claim.workspace(), () -> read(claim.lanes(), mostOfALane));
    long begun = System.nanoTime();
    List<I> done = new ArrayList<>();
    try {
      long prepareUntil = System.nanoTime() + BUDGET.toNanos();
      List<I> prepared = new ArrayList<>();
      for (I item : items) {
        if (!prepared.isEmpty() && isOver(claim, prepareUntil)) {
          break;
        }
        claim.prepares(laneOf(item));
        prepare(item);
        prepared.add(item);
      }
      List<Lane> kept = claim.keep();
      prepared.removeIf(item -> !kept.contains(laneOf(item)));
      workspaces.inWorkspace(
          claim.workspace(),
          SETTINGS,
          () -> {
            // What the preparations took is not theirs: else one would be handled of many prepared.
            long end = System.nanoTime() + BUDGET.toNanos();
            for (I item : prepared) {
              if (!done.isEmpty() && isOver(claim, end)) {
                break;
              }
              handleInTurn(item);
              done.add(item);
            }
            if (!done.isEmpty()) {
              settle(done);
            }
            lanes.giveBack(claim, kept, Map.of(), this);
            return done;
          });
    } catch (LeaseLost e) {
      throw e;
    } catch (RuntimeException e) {
      claim.keep();
      if (items.size() == 1) {
        giveBack(claim, laneOf(items.getFirst()), failed(claim, items.getFirst(), e));
        lanes.giveBackNow(claim, claim.open(), Map.of(), this);
      } else {
        LOG.info("A batch of {} failed; its items are tried one by one", items.size(), e);
        oneByOne(claim);
      }
      return;
    }
    if (!done.isEmpty()) {
      took((System.nanoTime() - begun) / done.size());
    }
    done.forEach(this::handled);
  }

  /// Two workers that note something at once may lose one of both, which matters to nobody.
  private void took(long nanos) {
    anItem = Math.max(1, anItem + (nanos - anItem) / WEIGHT);
  }

  private static boolean isOver(Claim claim, long end) {
    return !claim.isHeld() || System.nanoTime() - end > 0;
  }

  /// What this item wrote is seen by the next one, however either of them reads and writes.
  private void handleInTurn(I item) {
    handle(item);
    workspaces.flush();
  }

  private void oneByOne(Claim claim) {
    for (Lane lane : claim.open()) {
      if (claim.isHeld()) {
        giveBack(claim, lane, stepThrough(claim, lane));
      }
    }
    lanes.giveBackNow(claim, claim.open(), Map.of(), this);
  }

  private void giveBack(Claim claim, Lane lane, Optional<Lanes.Ready> wait) {
    Map<Lane, Lanes.Ready> waits = wait.map(until -> Map.of(lane, until)).orElse(Map.of());
    lanes.giveBackNow(claim, List.of(lane), waits, this);
  }

  /// Handles the lane's items, each in a transaction of its own, until one must wait.
  private Optional<Lanes.Ready> stepThrough(Claim claim, Lane lane) {
    if (claim.wasInterrupted(lane)) {
      Optional<Lanes.Ready> wait =
          workspaces.inWorkspace(
              claim.workspace(),
              () -> {
                lanes.fence(claim, List.of(lane));
                return interrupted(lane);
              });
      if (wait.isPresent()) {
        return wait;
      }
    }
    for (int count = 0; count < ITEMS && claim.isHeld(); count++) {
      List<I> head = workspaces.inWorkspace(claim.workspace(), () -> read(List.of(lane), 1));
      if (head.isEmpty()) {
        break;
      }
      I item = head.getFirst();
      try {
        prepare(item);
        workspaces.inWorkspace(
            claim.workspace(),
            SETTINGS,
            () -> {
              handleInTurn(item);
              settle(head);
              lanes.fence(claim, List.of(lane));
              return item;
            });
      } catch (LeaseLost e) {
        throw e;
      } catch (RuntimeException e) {
        Optional<Lanes.Ready> wait = failed(claim, item, e);
        if (wait.isPresent()) {
          return wait;
        }
        continue;
      }
      handled(item);
    }
    return Optional.empty();
  }
}
