package dev.bothy.platform.bin;

import dev.bothy.platform.audit.Actor;
import dev.bothy.platform.audit.Audit;
import dev.bothy.platform.audit.Subject;
import dev.bothy.platform.kernel.Problem;
import dev.bothy.platform.people.Role;
import dev.bothy.platform.people.Viewer;
import dev.bothy.platform.privacy.RetentionClock;
import dev.bothy.platform.retention.ClockChanged;
import dev.bothy.platform.work.Schedule;
import dev.bothy.platform.workspace.Workspaces;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Service;

/// How long a workspace keeps what in its bin, app by app. A shorter time holds for what is in the
/// bin already; a longer one does not.
@Service
public class BinChoices {
  private final BinStays stays;
  private final BinTable table;
  private final BinKinds kinds;
  private final BinWork work;
  private final Schedule schedule;
  private final Audit audit;
  private final Workspaces workspaces;
  private final Clock clock;

  BinChoices(
      BinStays stays,
      BinTable table,
      BinKinds kinds,
      BinWork work,
      Schedule schedule,
      Audit audit,
      Workspaces workspaces,
      Clock clock) {
    this.stays = stays;
    this.table = table;
    this.kinds = kinds;
    this.work = work;
    this.schedule = schedule;
    this.audit = audit;
    this.workspaces = workspaces;
    this.clock = clock;
  }

  /// What came of choosing.
  public sealed interface Outcome {
    /// It is so from now on.
    record Done(BinStay stay) implements Outcome {}

    /// There is no such app.
    record Unknown() implements Outcome {}

    /// Nothing was changed.
    record Refused(Problem problem) implements Outcome {}
  }

  /// For each app, and the workspace itself.
  public List<BinStay> list(Viewer viewer) {
    viewer.require(Role.ADMIN, Role.AUDITOR);
    return workspaces.inWorkspace(
        viewer.workspace(), () -> kinds.apps().stream().map(stays::of).toList());
  }

  /// What would go sooner than was said, if these days were chosen.
  ///
  /// @param days null for the workspace's clock
  public List<BinItem> sooner(Viewer viewer, String app, @Nullable Integer days) {
    viewer.require(Role.ADMIN);
    return workspaces.inWorkspace(
        viewer.workspace(),
        () -> {
          BinStay thought = stays.thinking(app, days);
          return table.all().stream()
              .filter(item -> item.app().equals(app) && item.begunAt() == null)
              .filter(item -> goesAt(item, thought).isBefore(item.goesAt()))
              .map(item -> item.goingAt(goesAt(item, thought)))
              .toList();
        });
  }

  private static Instant goesAt(BinItem item, BinStay stay) {
    return item.deletedAt().plus(stay.of(item.uninstalled()));
  }

  /// Goes on if this person may choose for this app: what only owners delete they alone choose for.
  public void requireFor(Viewer viewer, String app) {
    if (kinds.isOnlyOwners(app)) {
      viewer.require();
    } else {
      viewer.require(Role.ADMIN);
    }
  }

  /// Chooses for an app.
  ///
  /// @param days 0 is gone within the hour; null for the workspace's clock
  public Outcome choose(Viewer viewer, String app, @Nullable Integer days) {
    requireFor(viewer, app);
    return workspaces.inWorkspace(
        viewer.workspace(),
        () -> {
          if (!kinds.apps().contains(app)) {
            return new Outcome.Unknown();
          }
          if (days != null) {
            Optional<Problem> problem = stays.problem(days);
            if (problem.isPresent()) {
              return new Outcome.Refused(problem.get());
            }
          }
          int before = stays.of(app).days();
          stays.choose(app, days, clock.instant());
          retime();
          audit.record(
              new Actor.Person(viewer.person()),
              "bin.time-chosen",
              new Subject("bin.choice", app),
              Map.of(
                  "from-days",
                  Integer.toString(before),
                  "to-days",
                  Integer.toString(stays.of(app).days())));
          return new Outcome.Done(stays.of(app));
        });
  }

  @EventListener
  void on(ClockChanged changed) {
    if (changed.clock() == RetentionClock.BIN) {
      retime();
    }
  }

  /// What goes sooner now is looked at sooner.
  private void retime() {
    Instant now = clock.instant();
    for (BinItem item : table.all()) {
      BinItem retimed = work.retimed(item);
      if (retimed.goesAt().isBefore(item.goesAt())) {
        Instant next = retimed.goesAt().isAfter(now) ? BinWork.next(retimed, now) : now;
        schedule.set(BinWork.KIND, item.id(), next);
      }
    }
  }
}
