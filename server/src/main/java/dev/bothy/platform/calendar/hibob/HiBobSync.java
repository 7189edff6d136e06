package dev.bothy.platform.calendar.hibob;

import dev.bothy.platform.audit.Actor;
import dev.bothy.platform.calendar.hibob.HiBobClient.Answer;
import dev.bothy.platform.calendar.hibob.HiBobClient.Change;
import dev.bothy.platform.calendar.hibob.HiBobClient.People;
import dev.bothy.platform.calendar.hibob.HiBobConnection.State;
import dev.bothy.platform.calendar.hibob.HiBobMatching.Found;
import dev.bothy.platform.calendar.hibob.HiBobReading.Window;
import dev.bothy.platform.kernel.WorkspaceId;
import dev.bothy.platform.keys.CannotOpen;
import dev.bothy.platform.operation.Metrics;
import dev.bothy.platform.operation.Metrics.AbsenceReading;
import dev.bothy.platform.work.ScheduleHandler;
import dev.bothy.platform.workspace.Workspaces;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// Reads HiBob's changes again and again, and compares all once a day: a change may be missed, a
/// comparison finds it. An answer that fails, or is not whole, changes nothing of what is known.
@Component
class HiBobSync implements ScheduleHandler {
  static final String KIND = "hibob";

  private static final Duration COMPARED_EVERY = Duration.ofDays(1);

  /// HiBob tells the changes of six months at most.
  private static final Duration OLDEST_CHANGES = Duration.ofDays(150);

  /// Clocks differ, and what is told twice does nothing.
  private static final Duration OVERLAP = Duration.ofHours(1);

  private static final Duration SOON = Duration.ofMinutes(1);

  /// So long a time is asked for at once: answers stay small.
  private static final int DAYS_AT_ONCE = 92;

  private final HiBobTable table;
  private final HiBobClient client;
  private final HiBobMatching matching;
  private final HiBobReading reading;
  private final HiBobTroubles troubles;
  private final HiBobLog log;
  private final HiBobSettings settings;
  private final Workspaces workspaces;
  private final Metrics metrics;
  private final Clock clock;
  private final Map<UUID, Asked> asked = new ConcurrentHashMap<>();

  HiBobSync(
      HiBobTable table,
      HiBobClient client,
      HiBobMatching matching,
      HiBobReading reading,
      HiBobTroubles troubles,
      HiBobLog log,
      HiBobSettings settings,
      Workspaces workspaces,
      Metrics metrics,
      Clock clock) {
    this.table = table;
    this.client = client;
    this.matching = matching;
    this.reading = reading;
    this.troubles = troubles;
    this.log = log;
    this.settings = settings;
    this.workspaces = workspaces;
    this.metrics = metrics;
    this.clock = clock;
  }

  /// What HiBob answered.
  sealed interface Asked {
    /// All that is known for a time.
    record All(Instant at, Window window, Found found, List<TimeOff> timeOff) implements Asked {}

    /// What has changed.
    ///
    /// @param now what is granted of it, as it is now
    record Changes(Instant at, Window window, List<Change> changes, List<TimeOff> now)
        implements Asked {}

    /// It is no use.
    record Failed(String problem, Duration pause) implements Asked {}
  }

  /// What is known before HiBob is asked.
  ///
  /// @param credentials null if they cannot be read any more
  private record Known(
      HiBobConnection connection, @Nullable Credentials credentials, List<HiBobMatch> matches) {}

  @Override
  public String kind() {
    return KIND;
  }

  @Override
  public MissedRun missedRun() {
    return new MissedRun.RunOnce();
  }

  @Override
  public void prepare(WorkspaceId workspace, Due due) {
    asked.remove(due.subject());
    ask(workspace, due.subject(), false).ifPresent(answer -> asked.put(due.subject(), answer));
  }

  @Override
  public Optional<Instant> run(Due due) {
    Asked answer = asked.remove(due.subject());
    Optional<HiBobConnection> connection =
        table.find().filter(each -> each.id().equals(due.subject()));
    if (connection.isEmpty()) {
      return Optional.empty();
    }
    if (answer == null) {
      return Optional.of(due.now().plus(SOON));
    }
    Duration pause = answer instanceof Asked.Failed failed ? failed.pause() : Duration.ZERO;
    return take(due.subject(), answer, new Actor.System(), false)
        .map(each -> due.now().plus(settings.pause(each.state().failures(), pause)));
  }

  /// Asks HiBob; outside of any transaction.
  ///
  /// @param all whether all is compared, also if that is not due
  /// @return empty if there is no such connection
  Optional<Asked> ask(WorkspaceId workspace, UUID id, boolean all) {
    return workspaces
        .inWorkspace(workspace, () -> known(id))
        .map(known -> {
          Credentials credentials = known.credentials();
          return credentials == null
              ? new Asked.Failed(
                  "The credentials cannot be read any more: their key was destroyed. Connect HiBob"
                      + " again.",
                  Duration.ZERO)
              : ask(workspace, known, credentials, all);
        });
  }

  private Optional<Known> known(UUID id) {
    return table
        .find()
        .filter(each -> each.id().equals(id))
        .map(each -> {
          try {
            return new Known(each, table.credentials(id), table.matches());
          } catch (CannotOpen gone) {
            return new Known(each, null, table.matches());
          }
        });
  }

  private Asked ask(WorkspaceId workspace, Known known, Credentials credentials, boolean all) {
    Instant now = clock.instant();
    State state = known.connection().state();
    Instant since = state.changesUntil();
    Instant compared = state.comparedAt();
    if (!all
        && since != null
        && compared != null
        && compared.plus(COMPARED_EVERY).isAfter(now)
        && since.plus(OLDEST_CHANGES).isAfter(now)) {
      return switch (client.changes(credentials, since.minus(OVERLAP))) {
        case Answer.Failed<List<Change>>(String problem, Duration pause) ->
            new Asked.Failed(problem, pause);
        case Answer.Got<List<Change>>(List<Change> changes) ->
            confirmed(known, credentials, changes, now);
      };
    }
    return switch (client.people(credentials)) {
      case Answer.Failed<People>(String problem, Duration pause) ->
          new Asked.Failed(problem, pause);
      case Answer.Got<People>(People people) ->
          people.count() == 0 || (people.byAddress().isEmpty() && known.matches().isEmpty())
              ? new Asked.Failed(
                  "HiBob shows the service user nobody with an address: look at its permissions.",
                  Duration.ZERO)
              : all(workspace, known, credentials, people, now);
    };
  }

  private Asked all(
      WorkspaceId workspace, Known known, Credentials credentials, People people, Instant now) {
    Window window = Window.around(now);
    return switch (whosOut(credentials, window.first(), window.last())) {
      case Answer.Failed<List<TimeOff>>(String problem, Duration pause) ->
          new Asked.Failed(problem, pause);
      case Answer.Got<List<TimeOff>>(List<TimeOff> timeOff) ->
          new Asked.All(now, window, matching.match(workspace, people, known.matches()), timeOff);
    };
  }

  /// A change tells how a request was, not how it is, and does not tell working from elsewhere from
  /// being away: who is out in those days is asked as well.
  private Asked confirmed(Known known, Credentials credentials, List<Change> changes, Instant now) {
    Window window = Window.around(now);
    Set<String> employees =
        known.matches().stream().map(HiBobMatch::employee).collect(Collectors.toSet());
    LocalDate from = window.last().plusDays(1);
    LocalDate to = window.first().minusDays(1);
    for (Change change : changes) {
      TimeOff request = change.request();
      if (change.away() && employees.contains(request.employee()) && window.touches(request)) {
        LocalDate last = request.last();
        from = request.first().isBefore(from) ? request.first() : from;
        to = last == null ? window.last() : last.isAfter(to) ? last : to;
      }
    }
    if (from.isAfter(window.last())) {
      return new Asked.Changes(now, window, changes, List.of());
    }
    return switch (whosOut(
        credentials,
        from.isBefore(window.first()) ? window.first() : from,
        to.isAfter(window.last()) ? window.last() : to)) {
      case Answer.Failed<List<TimeOff>>(String problem, Duration pause) ->
          new Asked.Failed(problem, pause);
      case Answer.Got<List<TimeOff>>(List<TimeOff> granted) ->
          new Asked.Changes(now, window, changes, granted);
    };
  }

  /// All or nothing: the first answer that fails is the whole answer.
  ///
  /// @param last included
  private Answer<List<TimeOff>> whosOut(Credentials credentials, LocalDate first, LocalDate last) {
    List<TimeOff> timeOff = new ArrayList<>();
    LocalDate from = first;
    while (!from.isAfter(last)) {
      LocalDate to = from.plusDays(DAYS_AT_ONCE - 1);
      switch (client.whosOut(credentials, from, to.isAfter(last) ? last : to)) {
        case Answer.Failed<List<TimeOff>> failed -> {
          return failed;
        }
        case Answer.Got<List<TimeOff>>(List<TimeOff> some) -> timeOff.addAll(some);
      }
      from = to.plusDays(1);
    }
    return new Answer.Got<>(timeOff);
  }

  /// Takes over an answer, within a transaction of the workspace.
  ///
  /// @param believed whether a comparison is taken over also if it takes most of what is known away
  /// @return the connection as it is now; empty if it is gone
  Optional<HiBobConnection> take(UUID id, Asked answer, Actor actor, boolean believed) {
    Optional<HiBobConnection> found = table.lock().filter(each -> each.id().equals(id));
    if (found.isEmpty()) {
      return found;
    }
    HiBobConnection connection = found.get();
    HiBobReading.Result result = HiBobReading.Result.NONE;
    switch (answer) {
      case Asked.All all -> {
        all.found().matches().forEach(match -> table.put(match, all.at()));
        result = reading.compare(id, all.window(), all.timeOff(), believed);
        if (result.isSuspicious()) {
          fail(connection, HiBobReading.SUSPICION);
        } else {
          table.setState(
              id,
              State.compared(
                  all.at(),
                  new HiBobConnection.Counts(
                      table.matches().size(),
                      all.found().noAddress(),
                      all.found().nobody(),
                      result.leftOut())));
          count(AbsenceReading.READ);
        }
      }
      case Asked.Changes changes -> {
        result = reading.change(id, changes.window(), changes.changes(), changes.now());
        table.setState(id, connection.state().changed(changes.at()));
        count(changes.changes().isEmpty() ? AbsenceReading.UNCHANGED : AbsenceReading.READ);
      }
      case Asked.Failed(String problem, _) -> fail(connection, problem);
    }
    log.read(actor, id, result);
    Optional<HiBobConnection> after = table.find();
    after.ifPresent(each -> troubles.look(connection, each, clock.instant()));
    return after;
  }

  private void fail(HiBobConnection connection, String problem) {
    table.setState(connection.id(), connection.state().failed(clock.instant(), problem));
    count(AbsenceReading.FAILED);
  }

  private void count(AbsenceReading result) {
    workspaces.afterCommit(() -> metrics.absencesRead("hibob", result));
  }
}
