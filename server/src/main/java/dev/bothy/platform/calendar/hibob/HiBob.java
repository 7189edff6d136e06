package dev.bothy.platform.calendar.hibob;

import dev.bothy.platform.audit.Actor;
import dev.bothy.platform.calendar.Absences;
import dev.bothy.platform.calendar.SourceMakers;
import dev.bothy.platform.calendar.SourceTrouble;
import dev.bothy.platform.calendar.hibob.HiBobClient.Answer;
import dev.bothy.platform.calendar.hibob.HiBobClient.Change;
import dev.bothy.platform.calendar.hibob.HiBobClient.People;
import dev.bothy.platform.calendar.hibob.HiBobSync.Asked;
import dev.bothy.platform.chat.Chat;
import dev.bothy.platform.kernel.ConnectionId;
import dev.bothy.platform.kernel.Ids;
import dev.bothy.platform.kernel.Problem;
import dev.bothy.platform.people.Role;
import dev.bothy.platform.people.Viewer;
import dev.bothy.platform.work.Schedule;
import dev.bothy.platform.workspace.Workspaces;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Service;

/// The connection of a workspace to HiBob, for its admins. Called outside of any transaction: each
/// call that changes something is one transaction and one entry of the audit log.
@Service
public class HiBob {
  private final HiBobTable table;
  private final HiBobClient client;
  private final HiBobSync sync;
  private final HiBobLog log;
  private final SourceMakers makers;
  private final Absences absences;
  private final Chat chat;
  private final Schedule schedule;
  private final Workspaces workspaces;
  private final Clock clock;

  HiBob(
      HiBobTable table,
      HiBobClient client,
      HiBobSync sync,
      HiBobLog log,
      SourceMakers makers,
      Absences absences,
      Chat chat,
      Schedule schedule,
      Workspaces workspaces,
      Clock clock) {
    this.table = table;
    this.client = client;
    this.sync = sync;
    this.log = log;
    this.makers = makers;
    this.absences = absences;
    this.chat = chat;
    this.schedule = schedule;
    this.workspaces = workspaces;
    this.clock = clock;
  }

  /// One thing that was tried.
  ///
  /// @param what `People`, `Time off` or `Changes`
  /// @param works whether HiBob gave an answer that can be used
  /// @param words what came of it, in a sentence
  public record Trial(String what, boolean works, String words) {}

  /// Empty if HiBob is not connected.
  public Optional<HiBobConnection> find(Viewer admin) {
    admin.require(Role.ADMIN);
    return workspaces.inWorkspace(admin.workspace(), table::find);
  }

  /// Empty unless it fails for so long that somebody has to look after it.
  public Optional<SourceTrouble> trouble(Viewer admin) {
    return find(admin).flatMap(each -> HiBobTroubles.of(each, clock.instant()));
  }

  public List<HiBobMatch> matches(Viewer admin) {
    admin.require(Role.ADMIN);
    return workspaces.inWorkspace(admin.workspace(), table::matches);
  }

  /// Connects HiBob, in the place of what was connected before. It is read as soon as there is
  /// time.
  ///
  /// @param user the service user's id
  /// @param token its token
  public HiBobOutcome connect(Viewer admin, String user, String token) {
    admin.require(Role.ADMIN);
    List<Problem> problems = new ArrayList<>();
    check(problems, "user", user);
    check(problems, "token", token);
    // A colon would end the name (RFC 7617 §2).
    if (user.contains(":")) {
      problems.add(Problem.ofField("calendar.hibob-user", "user", "user: no colon in it"));
    }
    if (!problems.isEmpty()) {
      return new HiBobOutcome.Refused(problems);
    }
    return workspaces.inWorkspace(
        admin.workspace(),
        () -> {
          table.lock().ifPresent(this::clear);
          UUID id = Ids.next(clock);
          table.insert(id, new Credentials(user.strip(), token.strip()), clock.instant());
          makers.put(id, admin.person());
          schedule.set(HiBobSync.KIND, id, clock.instant());
          log.connected(person(admin), id);
          return new HiBobOutcome.Done(table.find().orElseThrow());
        });
  }

  /// Tries all that is asked of HiBob, and keeps nothing of it.
  ///
  /// @return empty if it is not connected
  public List<Trial> test(Viewer admin) {
    admin.require(Role.ADMIN);
    Optional<Credentials> found =
        workspaces.inWorkspace(
            admin.workspace(), () -> table.find().map(each -> table.credentials(each.id())));
    if (found.isEmpty()) {
      return List.of();
    }
    Credentials credentials = found.get();
    LocalDate today = clock.instant().atOffset(ZoneOffset.UTC).toLocalDate();
    List<Trial> trials = new ArrayList<>();
    trials.add(
        switch (client.people(credentials)) {
          case Answer.Failed<People>(String problem, _) -> new Trial("People", false, problem);
          case Answer.Got<People>(People people) ->
              new Trial(
                  "People",
                  !people.byAddress().isEmpty(),
                  people.count()
                      + " seen, "
                      + people.byAddress().size()
                      + " with an address to be known by.");
        });
    trials.add(
        switch (client.whosOut(credentials, today, today.plusDays(30))) {
          case Answer.Failed<List<TimeOff>>(String problem, _) ->
              new Trial("Time off", false, problem);
          case Answer.Got<List<TimeOff>>(List<TimeOff> timeOff) ->
              new Trial("Time off", true, timeOff.size() + " in the next 30 days.");
        });
    trials.add(
        switch (client.changes(credentials, clock.instant().minus(Duration.ofDays(1)))) {
          case Answer.Failed<List<Change>>(String problem, _) ->
              new Trial("Changes", false, problem);
          case Answer.Got<List<Change>>(List<Change> changes) ->
              new Trial("Changes", true, changes.size() + " within a day.");
        });
    return trials;
  }

  /// Compares all now, and waits for the answers.
  ///
  /// @param believed whether that may take most of what is known away
  public HiBobOutcome refresh(Viewer admin, boolean believed) {
    Optional<HiBobConnection> found = find(admin);
    if (found.isEmpty()) {
      return new HiBobOutcome.NotConnected();
    }
    UUID id = found.get().id();
    Optional<Asked> answer = sync.ask(admin.workspace(), id, true);
    return answer.isEmpty()
        ? new HiBobOutcome.NotConnected()
        : workspaces.inWorkspace(
            admin.workspace(), () -> done(sync.take(id, answer.get(), person(admin), believed)));
  }

  /// Says whose account belongs to which employee, where the addresses do not.
  public HiBobOutcome match(
      Viewer admin, ConnectionId connection, String account, String employee) {
    admin.require(Role.ADMIN);
    return workspaces.inWorkspace(
        admin.workspace(),
        () -> {
          Optional<HiBobConnection> found = table.lock();
          if (found.isEmpty()) {
            return new HiBobOutcome.NotConnected();
          }
          List<Problem> problems = new ArrayList<>();
          if (chat.account(connection, account).isEmpty()) {
            problems.add(
                Problem.ofField(
                    "calendar.hibob-account",
                    "account",
                    "account: somebody whom the chat network knows"));
          }
          if (!employee.strip().matches("[A-Za-z0-9_-]{1,100}")) {
            problems.add(
                Problem.ofField(
                    "calendar.hibob-employee",
                    "employee",
                    "employee: HiBob's id of the employee, up to 100 letters and digits"));
          }
          if (!problems.isEmpty()) {
            return new HiBobOutcome.Refused(problems);
          }
          HiBobMatch match = new HiBobMatch(connection, account, employee.strip(), true);
          table.put(match, clock.instant());
          compareSoon(found.get());
          log.matched(person(admin), found.get().id(), match);
          return done(table.find());
        });
  }

  /// Takes an account from its employee. If their addresses are one, the next comparison finds that
  /// again.
  public HiBobOutcome unmatch(Viewer admin, ConnectionId connection, String account) {
    admin.require(Role.ADMIN);
    return workspaces.inWorkspace(
        admin.workspace(),
        () -> {
          Optional<HiBobConnection> found = table.lock();
          if (found.isEmpty() || !table.deleteMatch(connection, account)) {
            return new HiBobOutcome.NotConnected();
          }
          compareSoon(found.get());
          log.unmatched(person(admin), found.get().id());
          return done(table.find());
        });
  }

  /// Disconnects HiBob; what it told goes with it, and so do the credentials.
  public HiBobOutcome disconnect(Viewer admin) {
    admin.require(Role.ADMIN);
    return workspaces.inWorkspace(
        admin.workspace(),
        () -> {
          Optional<HiBobConnection> found = table.lock();
          if (found.isEmpty()) {
            return new HiBobOutcome.NotConnected();
          }
          int forgotten = clear(found.get());
          log.disconnected(person(admin), found.get().id(), forgotten);
          return new HiBobOutcome.Done(found.get());
        });
  }

  private int clear(HiBobConnection connection) {
    schedule.clear(HiBobSync.KIND, connection.id());
    table.delete();
    makers.forget(connection.id());
    return absences.forgetAll(HiBobReading.origin(connection.id()));
  }

  private void compareSoon(HiBobConnection connection) {
    table.compareAnew(connection.id());
    schedule.set(HiBobSync.KIND, connection.id(), clock.instant());
  }

  private static HiBobOutcome done(Optional<HiBobConnection> connection) {
    return connection
        .<HiBobOutcome>map(HiBobOutcome.Done::new)
        .orElseGet(HiBobOutcome.NotConnected::new);
  }

  private static void check(List<Problem> problems, String field, String value) {
    if (value.isBlank() || !value.strip().matches("[!-~]{1,500}")) {
      problems.add(
          Problem.ofField(
              "calendar.hibob-" + field,
              field,
              field + ": up to 500 visible ASCII characters, as HiBob shows it"));
    }
  }

  private static Actor person(Viewer viewer) {
    return new Actor.Person(viewer.person());
  }
}
