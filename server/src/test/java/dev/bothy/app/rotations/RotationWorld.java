package dev.bothy.app.rotations;

import dev.bothy.app.rotations.plan.Participant;
import dev.bothy.platform.audit.Actor;
import dev.bothy.platform.audit.Audit;
import dev.bothy.platform.audit.AuditFilter;
import dev.bothy.platform.bin.Bin;
import dev.bothy.platform.bin.BinItem;
import dev.bothy.platform.calendar.Absences;
import dev.bothy.platform.calendar.HolidayCalendars;
import dev.bothy.platform.chat.ChatConnection;
import dev.bothy.platform.chat.ChatFeature.Answer;
import dev.bothy.platform.chat.ConnectionBack;
import dev.bothy.platform.chat.ConnectionGone;
import dev.bothy.platform.chat.Connections;
import dev.bothy.platform.chat.Form;
import dev.bothy.platform.chat.InboundEvent;
import dev.bothy.platform.chat.Network;
import dev.bothy.platform.chat.OutboundMessage;
import dev.bothy.platform.chat.ReplyHandle;
import dev.bothy.platform.chatlinks.ChatActors;
import dev.bothy.platform.chatlinks.ChatLinks;
import dev.bothy.platform.kernel.WorkspaceId;
import dev.bothy.platform.keys.Keys;
import dev.bothy.platform.operation.Metrics;
import dev.bothy.platform.work.Schedule;
import dev.bothy.platform.work.ScheduleHandler;
import dev.bothy.platform.work.ScheduleHandler.Due;
import dev.bothy.platform.workspace.Workspaces;
import dev.bothy.testkit.TestClock;
import dev.bothy.testkit.TestWorkspaces;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/// The app on the real database, with a clock, a schedule and a network of a test's own, so that a
/// test can move time without the running server doing the same work.
final class RotationWorld {
  static final String CHANNEL = "C1";
  static final Duration IN_BIN = Duration.ofDays(14);

  final TestClock clock = new TestClock();
  final RecordingChat chat = new RecordingChat();
  final Rotations rotations;
  final PlanChanges changes;
  final Tellings tellings;
  final List<String> owners = new ArrayList<>();
  final ShiftRequests requests;
  final WorkspaceId workspace;
  final ChatConnection connection;

  private final Parts parts;
  private final RotationChat feature;
  private final TellingChat tellingChat;
  private final RotationBin bin;
  private final CalendarReplans replans;
  private final ConnectionEnds ends;
  private final Map<String, Instant> binned = new HashMap<>();
  private final Map<String, ScheduleHandler> handlers = new HashMap<>();
  private final Map<String, Map<UUID, Instant>> due = new HashMap<>();

  /// What the running server lends.
  private record Parts(
      RotationTable rotations,
      ShiftTable shifts,
      HandoffNoteTable notes,
      Keys keys,
      Audit audit,
      Metrics metrics,
      JdbcClient jdbc,
      Absences absences,
      HolidayCalendars holidays,
      Connections connections,
      ChatLinks links,
      Workspaces workspaces) {}

  /// A world of its own within the running server.
  static RotationWorld in(ApplicationContext server, Instant now) {
    return new RotationWorld(
        new Parts(
            server.getBean(RotationTable.class),
            server.getBean(ShiftTable.class),
            server.getBean(HandoffNoteTable.class),
            server.getBean(Keys.class),
            server.getBean(Audit.class),
            server.getBean(Metrics.class),
            server.getBean(JdbcClient.class),
            server.getBean(Absences.class),
            server.getBean(HolidayCalendars.class),
            server.getBean(Connections.class),
            server.getBean(ChatLinks.class),
            server.getBean(Workspaces.class)),
        now);
  }

  private RotationWorld(Parts parts, Instant now) {
    this.parts = parts;
    clock.setTo(now);
    workspace = TestWorkspaces.fresh(parts.workspaces()).id();
    connection =
        parts
            .workspaces()
            .inWorkspace(
                workspace,
                () -> parts.connections().create(Network.SANDBOX, "Room", "bothy", new byte[1]));
    for (String name : List.of("Ada", "Grace", "Katherine")) {
      chat.knows(name.toLowerCase(Locale.ROOT), name, true);
    }
    RotationPeople people = new RotationPeople(chat, parts.connections(), parts.workspaces());
    HandoffNotes notes = new HandoffNotes(parts.notes(), parts.keys(), parts.workspaces(), clock);
    TellingTable tellingTable = new TellingTable(parts.jdbc(), parts.workspaces());
    HandoffTable handoffs = new HandoffTable(parts.jdbc(), parts.workspaces(), clock);
    HandoffMessages handoffMessages = new HandoffMessages(handoffs, chat);
    HandingOver handingOver = new HandingOver(handoffs, notes, tellingTable, handoffMessages);
    TurnMessages turnMessages = new TurnMessages(chat, people, handingOver);
    Announcer announcer = new Announcer(chat, parts.shifts(), people, turnMessages, tellingTable);
    RotationLog log = new RotationLog(parts.audit());
    Schedule schedule = new RecordingSchedule();
    ChangeTable changeTable = new ChangeTable(parts.jdbc(), parts.workspaces());
    AbsenceAnswers absenceAnswers = new AbsenceAnswers(parts.jdbc(), parts.workspaces());
    Plans plans =
        new Plans(people, changeTable, parts.absences(), absenceAnswers, parts.holidays());
    Foresight foresight = new Foresight(parts.shifts(), plans);
    TheirShifts theirs = new TheirShifts(plans);
    ShiftRequestTable requestTable = new ShiftRequestTable(parts.jdbc(), parts.workspaces());
    RequestMessages requestMessages = new RequestMessages(chat, requestTable, people);
    RequestEnds requestEnds =
        new RequestEnds(
            requestTable,
            changeTable,
            theirs,
            requestMessages,
            (_, actor) ->
                actor instanceof Actor.Account account
                    ? Optional.of(new Participant(account.account()))
                    : Optional.empty(),
            log,
            schedule,
            clock);
    Duty duty =
        new Duty(
            parts.rotations(),
            parts.shifts(),
            plans,
            foresight,
            schedule,
            announcer,
            requestEnds,
            people,
            log,
            tellingTable,
            (_, _, _) -> {},
            parts.metrics(),
            new History(parts.shifts(), plans, log, parts.metrics(), parts.workspaces(), clock));
    rotations =
        new Rotations(
            parts.rotations(),
            parts.shifts(),
            duty,
            foresight,
            announcer,
            requestEnds,
            people,
            new RotationChecks(parts.rotations(), people, parts.holidays()),
            new RecordingBin(),
            log,
            parts.workspaces(),
            clock);
    changes =
        new PlanChanges(
            parts.rotations(),
            changeTable,
            duty,
            foresight,
            people,
            requestEnds,
            log,
            parts.workspaces(),
            clock);
    ShiftRequests requests =
        new ShiftRequests(
            parts.rotations(),
            requestTable,
            theirs,
            changes,
            new RequestChecks(requestTable, theirs, people),
            requestEnds,
            requestMessages,
            log,
            schedule,
            parts.workspaces(),
            clock);
    ChatActors actors = Actor.Account::new;
    Answers answers = new Answers(chat, rotations);
    feature =
        new RotationChat(
            rotations,
            chat,
            people,
            actors,
            answers,
            new UnansweredHandoffs(parts.jdbc(), _ -> owners, people, parts.workspaces(), clock),
            List.of(
                new HandoffChat(
                    new HandoffWriting(
                        parts.rotations(),
                        parts.shifts(),
                        handoffs,
                        notes,
                        handingOver,
                        handoffMessages,
                        tellingTable,
                        announcer,
                        turnMessages,
                        foresight,
                        schedule,
                        log,
                        clock),
                    new NoteReading(
                        parts.rotations(),
                        handoffs,
                        notes,
                        tellingTable,
                        people,
                        _ -> owners,
                        parts.links(),
                        log,
                        parts.workspaces()),
                    parts.rotations(),
                    people,
                    chat,
                    actors,
                    answers),
                new ShiftChat(
                    rotations, changes, parts.rotations(), theirs, people, actors, answers, clock),
                new RequestChat(
                    rotations,
                    requests,
                    parts.rotations(),
                    theirs,
                    people,
                    chat,
                    actors,
                    answers,
                    clock),
                new AwayChat(parts.absences(), people, actors, answers, clock)),
            clock);
    this.requests = requests;
    replans = new CalendarReplans(parts.rotations(), duty, clock);
    ends = new ConnectionEnds(parts.rotations(), duty, schedule, new RecordingBin(), log, clock);
    handlers.put(
        Duty.HANDOFF,
        new Handoffs(parts.rotations(), duty, chat, parts.jdbc(), parts.workspaces()));
    ToldTable told = new ToldTable(parts.jdbc(), parts.workspaces());
    AbsenceQuestions questions =
        new AbsenceQuestions(
            parts.rotations(), absenceAnswers, parts.absences(), duty, _ -> owners, chat);
    handlers.put(
        TellingWork.KIND,
        new TellingWork(
            parts.rotations(),
            tellingTable,
            told,
            plans,
            people,
            new Reminders(told, parts.shifts(), chat),
            new HandoffReminders(handoffs, notes, parts.shifts(), people, handoffMessages),
            questions,
            new Gaps(told, _ -> owners, chat),
            new ChannelFacts(tellingTable, told, parts.shifts(), people, chat)));
    handlers.put(
        LookAheads.KIND, new LookAheads(parts.rotations(), tellingTable, foresight, people, chat));
    tellings =
        new Tellings(
            parts.rotations(), tellingTable, notes, schedule, log, parts.workspaces(), clock);
    tellingChat = new TellingChat(tellingTable, questions, chat, clock);
    handlers.put(
        ShiftRequests.KIND,
        new RequestReminders(
            parts.rotations(), requestTable, requestEnds, requestMessages, people));
    bin = new RotationBin(rotations, parts.rotations(), log, parts.workspaces());
  }

  private final class RecordingSchedule implements Schedule {
    @Override
    public void set(String kind, UUID subject, Instant dueAt) {
      due.computeIfAbsent(kind, _ -> new HashMap<>()).put(subject, dueAt);
    }

    @Override
    public void setIfNone(String kind, UUID subject, Instant dueAt) {
      due.computeIfAbsent(kind, _ -> new HashMap<>()).putIfAbsent(subject, dueAt);
    }

    @Override
    public void clear(String kind, UUID subject) {
      due.computeIfAbsent(kind, _ -> new HashMap<>()).remove(subject);
    }

    @Override
    public void wake() {
      // Nothing rests here.
    }
  }

  private final class RecordingBin implements Bin {
    @Override
    public Instant put(Deleted deleted) {
      binned.put(deleted.subject(), clock.instant().plus(IN_BIN));
      return clock.instant().plus(IN_BIN);
    }

    @Override
    public boolean takeOut(String kind, String subject) {
      return binned.remove(subject) != null;
    }

    @Override
    public Optional<Instant> goesAt(String kind, String subject) {
      return Optional.ofNullable(binned.get(subject));
    }

    @Override
    public void forget(String app) {
      binned.clear();
    }
  }

  /// Somebody is away.
  ///
  /// @return to be taken back with [#back]
  UUID away(String account, Instant from, Instant to) {
    UUID id = UUID.randomUUID();
    changingAbsencesOf(account, () -> insertAbsence(id, account, from, to));
    return id;
  }

  private void insertAbsence(UUID id, String account, Instant from, Instant to) {
    parts
        .jdbc()
        .sql(
            "insert into absence (workspace_id, id, connection_id, account, starts_at,"
                + " ends_at, all_day, source, created_at)"
                + " values (?, ?, ?, ?, ?, ?, false, 'chat', now())")
        .params(
            workspace.value(),
            id,
            connection.id().value(),
            account,
            from.atOffset(ZoneOffset.UTC),
            to.atOffset(ZoneOffset.UTC))
        .update();
  }

  /// The same while something else happens between reading the rotations and writing.
  void away(String account, Instant from, Instant to, Runnable meanwhile) {
    parts
        .workspaces()
        .inWorkspace(
            workspace,
            () -> {
              parts.rotations().livingOf(connection.id().value());
              meanwhile.run();
              Runnable afterwards = replans.absencesChanging(connection.id(), Set.of(account));
              insertAbsence(UUID.randomUUID(), account, from, to);
              afterwards.run();
            });
  }

  /// The absence was an error.
  void back(String account, UUID absence) {
    changingAbsencesOf(
        account,
        () -> parts.jdbc().sql("delete from absence where id = ?").param(absence).update());
  }

  private void changingAbsencesOf(String account, Runnable change) {
    parts
        .workspaces()
        .inWorkspace(
            workspace,
            () -> {
              Runnable afterwards = replans.absencesChanging(connection.id(), Set.of(account));
              change.run();
              afterwards.run();
            });
  }

  /// The connection's time in the bin is over.
  void connectionIsGone() {
    parts.workspaces().inWorkspace(workspace, () -> ends.on(new ConnectionGone(connection.id())));
  }

  /// The app was removed from the network.
  void endConnection() {
    parts
        .workspaces()
        .inWorkspace(workspace, () -> parts.connections().end(connection.id(), "test"));
  }

  /// The app was installed again.
  void connectionIsBack() {
    parts
        .workspaces()
        .inWorkspace(
            workspace,
            () -> {
              parts
                  .jdbc()
                  .sql(
                      "update chat_connection set removed_at = null, ended_reason = null where id = ?")
                  .param(connection.id().value())
                  .update();
              ends.on(new ConnectionBack(connection.id()));
            });
  }

  /// Whether this rotation is in the bin.
  boolean isBinned(UUID rotation) {
    return binned.containsKey(rotation.toString());
  }

  /// Empties the bin of this rotation.
  void end(UUID rotation) {
    BinItem item =
        new BinItem(
            rotation,
            bin.kind(),
            rotation.toString(),
            "rotations",
            false,
            null,
            clock.instant(),
            clock.instant(),
            null,
            null);
    parts
        .workspaces()
        .inWorkspace(workspace, () -> bin.end(item, new Actor.System(), clock.instant()));
    binned.remove(rotation.toString());
  }

  /// When this work is due; empty when it is not.
  Optional<Instant> due(String kind, UUID subject) {
    return Optional.ofNullable(due.getOrDefault(kind, Map.of()).get(subject));
  }

  /// Moves the clock and does once what is due by then, as after an outage.
  void moveTo(Instant now) {
    clock.setTo(now);
    Map.copyOf(due)
        .forEach((kind, subjects) ->
            Map.copyOf(subjects)
                .forEach((subject, at) -> {
                  if (!at.isAfter(now)) {
                    run(kind, new Due(subject, at, now));
                  }
                }));
  }

  /// Does this piece of work now, if it is due.
  void runDue(String kind, UUID subject) {
    due(kind, subject)
        .filter(at -> !at.isAfter(clock.instant()))
        .ifPresent(at -> run(kind, new Due(subject, at, clock.instant())));
  }

  private void run(String kind, Due work) {
    ScheduleHandler handler = Optional.ofNullable(handlers.get(kind)).orElseThrow();
    handler.prepare(workspace, work);
    Optional<Instant> next = parts.workspaces().inWorkspace(workspace, () -> handler.run(work));
    Map<UUID, Instant> subjects = Optional.ofNullable(due.get(kind)).orElseThrow();
    if (work.dueAt().equals(subjects.get(work.subject()))) {
      next.ifPresentOrElse(
          at -> subjects.put(work.subject(), at), () -> subjects.remove(work.subject()));
    }
  }

  /// The server's own directory knows an account.
  void isInDirectory(String account, String name) {
    parts
        .workspaces()
        .inWorkspace(
            workspace,
            () ->
                parts
                    .jdbc()
                    .sql(
                        "insert into chat_account (workspace_id, connection_id, account, name,"
                            + " zone, active, bot, looked_up_at)"
                            + " values (?, ?, ?, ?, 'Europe/Berlin', true, false, now())")
                    .params(workspace.value(), connection.id().value(), account, name)
                    .update());
  }

  /// How a request stands.
  ShiftRequest request(UUID id) {
    return parts
        .workspaces()
        .inWorkspace(
            workspace,
            () -> new ShiftRequestTable(parts.jdbc(), parts.workspaces()).find(id).orElseThrow());
  }

  /// Does something with requests, as their callers do.
  <T> T inWorkspace(Supplier<T> what) {
    return parts.workspaces().inWorkspace(workspace, what);
  }

  /// Somebody types a command in the channel.
  void type(String account, String text) {
    handle(new InboundEvent.CommandInvoked(CHANNEL, account, "/rotation", text, ReplyHandle.NONE));
  }

  /// Somebody presses a button of a message.
  void press(String account, RecordingChat.Message message, String action) {
    String value =
        message.buttons().stream()
            .filter(button -> button.id().equals(action))
            .findFirst()
            .orElseThrow(() -> new AssertionError("No such button: " + message.text()))
            .value();
    handle(new InboundEvent.ActionTaken(CHANNEL, account, "m", action, value, ReplyHandle.NONE));
  }

  /// Somebody answers in the thread below a message.
  void answer(String account, RecordingChat.Message message, String text) {
    handle(
        new InboundEvent.MessagePosted(
            CHANNEL, threadOf(message), "m" + chat.count(), account, text, connection.botId()));
  }

  private String threadOf(RecordingChat.Message message) {
    return chat.idOf(message).toString();
  }

  /// Somebody opens the app's own page.
  void openHome(String account) {
    handle(new InboundEvent.HomeOpened("", account, null));
  }

  /// Somebody presses a button there.
  void pressAtHome(String account, String action) {
    handle(new InboundEvent.ActionTaken("", account, "", action, "", ReplyHandle.NONE));
  }

  /// Somebody fills in the form that was opened last.
  Answer submit(String account, Map<String, List<String>> values) {
    Form form = chat.form().orElseThrow().form();
    return handle(
        new InboundEvent.FormSubmitted(
            "", account, form.id(), form.context(), values, ReplyHandle.NONE));
  }

  private Answer handle(InboundEvent event) {
    boolean telling =
        event instanceof InboundEvent.ActionTaken action
            && action.action().startsWith(TellingChat.ID + ".");
    return parts
        .workspaces()
        .inWorkspace(workspace, () -> (telling ? tellingChat : feature).handle(connection, event));
  }

  /// Does what is due at once.
  void settle() {
    moveTo(clock.instant());
  }

  /// The network would not take a message.
  void refuse(OutboundMessage what, UUID message, String reason) {
    parts
        .workspaces()
        .inWorkspace(workspace, () -> tellingChat.givenUp(connection.id(), message, what, reason));
  }

  /// The rotation of this name.
  Rotation rotation(String name) {
    return rotations.byName(workspace, name).orElseThrow();
  }

  /// The actions in the audit log, newest first.
  List<String> log() {
    return parts
        .workspaces()
        .inWorkspace(workspace, () -> parts.audit().page(AuditFilter.ALL, null, 200))
        .entries()
        .stream()
        .map(entry -> entry.action())
        .toList();
  }

  static Actor somebody() {
    return new Actor.System();
  }
}
