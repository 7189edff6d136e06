package dev.bothy.platform.recovery;

import dev.bothy.platform.work.InboxHandler;
import dev.bothy.platform.work.OutboxSender;
import dev.bothy.platform.work.ScheduleHandler;
import dev.bothy.platform.work.WorkGate;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.springframework.stereotype.Component;

/// Work of the tests' own of each queue, by whichever server of this process, and a gate that keeps
/// it waiting until a backup is made.
@Component
class HoldProbe implements InboxHandler, OutboxSender, WorkGate {
  static final String KIND = "hold-probe";

  /// What was done, e.g. `handled one`, `sent two`, `ran`.
  static final List<String> DONE = new CopyOnWriteArrayList<>();

  private static volatile boolean closed;

  /// Nothing is worked on from now on, or again.
  static void close(boolean wanted) {
    closed = wanted;
  }

  @Override
  public boolean isOpen() {
    return !closed;
  }

  @Override
  public Set<String> kinds() {
    return Set.of(KIND);
  }

  @Override
  public Prepared prepare(InboxHandler.Item item) {
    return () -> DONE.add("handled " + text(item.payload()));
  }

  @Override
  public Result send(OutboxSender.Item item) {
    DONE.add("sent " + text(item.payload()) + (item.again() ? " again" : ""));
    return new Result.Sent("ext-" + item.id());
  }

  private static String text(byte[] payload) {
    return new String(payload, StandardCharsets.UTF_8);
  }

  /// Of a kind that runs while work is held, and first.
  @Component
  static class First implements ScheduleHandler {
    static final String KIND = HoldProbe.KIND + ".first";

    @Override
    public String kind() {
      return KIND;
    }

    @Override
    public WhileHeld whileHeld() {
      return WhileHeld.RUNS_FIRST;
    }

    @Override
    public MissedRun missedRun() {
      return new MissedRun.RunOnce();
    }

    @Override
    public Optional<Instant> run(Due due) {
      DONE.add("ran first");
      return Optional.empty();
    }
  }

  /// The same for the schedule.
  @Component
  static class Scheduled implements ScheduleHandler {
    @Override
    public String kind() {
      return KIND;
    }

    @Override
    public MissedRun missedRun() {
      return new MissedRun.RunOnce();
    }

    @Override
    public Optional<Instant> run(Due due) {
      DONE.add("ran");
      return Optional.empty();
    }
  }
}
