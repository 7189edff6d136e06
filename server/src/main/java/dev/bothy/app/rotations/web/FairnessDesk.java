package dev.bothy.app.rotations.web;

import dev.bothy.app.rotations.Rotation;
import dev.bothy.app.rotations.Rotations;
import dev.bothy.app.rotations.Shift;
import dev.bothy.app.rotations.fairness.DayKinds;
import dev.bothy.app.rotations.fairness.Fairness;
import dev.bothy.app.rotations.fairness.QualityReport;
import dev.bothy.app.rotations.fairness.RotationShifts;
import dev.bothy.app.rotations.fairness.Served;
import dev.bothy.app.rotations.plan.Assignment;
import dev.bothy.app.rotations.plan.Participant;
import dev.bothy.app.rotations.plan.Span;
import dev.bothy.platform.audit.Actor;
import dev.bothy.platform.audit.Audit;
import dev.bothy.platform.audit.Subject;
import dev.bothy.platform.calendar.HolidayCalendars;
import dev.bothy.platform.chat.ChatConnection;
import dev.bothy.platform.chat.Connections;
import dev.bothy.platform.chatlinks.ChatLinks;
import dev.bothy.platform.kernel.ConnectionId;
import dev.bothy.platform.kernel.PersonId;
import dev.bothy.platform.people.Access;
import dev.bothy.platform.people.Role;
import dev.bothy.platform.people.Viewer;
import dev.bothy.platform.workspace.Workspaces;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.springframework.stereotype.Component;

/// How duty is shared out, as far as somebody may see it: of the team what tells nothing of a
/// single person; one's own hours always; those of others for the role manager, one audit entry for
/// each person.
@Component
class FairnessDesk {
  /// A year of hourly turns is 8,784.
  private static final int MOST_SHIFTS = 20_000;

  /// Totals of fewer people would tell of one of them.
  static final int TEAM = 3;

  private final Rotations rotations;
  private final HolidayCalendars holidays;
  private final Connections connections;
  private final ChatLinks links;
  private final Access access;
  private final Audit audit;
  private final Workspaces workspaces;

  FairnessDesk(
      Rotations rotations,
      HolidayCalendars holidays,
      Connections connections,
      ChatLinks links,
      Access access,
      Audit audit,
      Workspaces workspaces) {
    this.rotations = rotations;
    this.holidays = holidays;
    this.connections = connections;
    this.links = links;
    this.access = access;
    this.audit = audit;
    this.workspaces = workspaces;
  }

  /// What is known of the people of one connection.
  ///
  /// @param team how many people served
  /// @param totals what all of them served together; empty where it would tell of one of them
  /// @param people those whom the viewer sees, the longest first
  /// @param own which of them is the viewer
  /// @param everybody whether the viewer sees all
  record Shares(
      String connection,
      List<Rotation> rotations,
      int team,
      Optional<Duration> totals,
      List<Served> people,
      Set<Participant> own,
      boolean everybody,
      QualityReport quality,
      Map<Participant, String> names) {}

  /// One for each connection that the rotations are of.
  ///
  /// @param everybody whether the hours of others are asked for, which needs the role manager and
  ///   is written down
  List<Shares> shares(
      Viewer viewer, List<Rotation> asked, FairnessRange.Bounds bounds, boolean everybody) {
    if (everybody) {
      viewer.require(Role.MANAGER);
    }
    Map<ConnectionId, List<Rotation>> byConnection = new LinkedHashMap<>();
    asked.forEach(rotation ->
        byConnection.computeIfAbsent(rotation.connection(), _ -> new ArrayList<>()).add(rotation));
    return workspaces.inWorkspace(
        viewer.workspace(),
        () ->
            byConnection.entrySet().stream()
                .map(entry -> shares(viewer, entry.getKey(), entry.getValue(), bounds, everybody))
                .toList());
  }

  private Shares shares(
      Viewer viewer,
      ConnectionId connection,
      List<Rotation> asked,
      FairnessRange.Bounds bounds,
      boolean everybody) {
    Span range = new Span(bounds.from(), bounds.until());
    List<RotationShifts> shifts = new ArrayList<>();
    Map<Participant, Served> sums = new HashMap<>();
    Set<Participant> members = new LinkedHashSet<>();
    for (Rotation rotation : asked) {
      RotationShifts own = new RotationShifts(rotation.id(), assignments(viewer, rotation, bounds));
      DayKinds days = DayKinds.of(rotation.zone(), holidays(rotation));
      Fairness.served(List.of(own), rotation.people(), range, days)
          .forEach(served -> sums.merge(served.person(), served, FairnessDesk::sum));
      shifts.add(own);
      members.addAll(rotation.people());
    }
    List<Served> all =
        sums.values().stream()
            .sorted(
                Comparator.comparing(Served::total)
                    .reversed()
                    .thenComparing(served -> served.person().account()))
            .toList();
    Set<Participant> own = own(viewer, connection, sums.keySet());
    List<Served> seen =
        everybody ? all : all.stream().filter(each -> own.contains(each.person())).toList();
    if (everybody) {
      writeDown(viewer, connection, asked, seen, own);
    }
    List<Served> served = all.stream().filter(each -> !each.total().isZero()).toList();
    return new Shares(
        connections
            .ofCurrentWorkspace(connection)
            .map(ChatConnection::name)
            .orElse("a connection that was removed"),
        asked,
        served.size(),
        served.size() < TEAM
            ? Optional.empty()
            : Optional.of(served.stream().map(Served::total).reduce(Duration.ZERO, Duration::plus)),
        seen,
        own,
        everybody,
        QualityReport.of(shifts, List.of(), members, range),
        rotations.names(viewer.workspace(), connection, sums.keySet()));
  }

  private List<Assignment> assignments(
      Viewer viewer, Rotation rotation, FairnessRange.Bounds bounds) {
    return rotations
        .timeline(viewer.workspace(), rotation.id(), bounds.from(), bounds.until(), MOST_SHIFTS)
        .stream()
        .filter(shift -> shift.start().isBefore(shift.end()))
        .map(FairnessDesk::assignment)
        .toList();
  }

  private static Assignment assignment(Shift shift) {
    return new Assignment(
        shift.role(),
        shift.person(),
        shift.start(),
        shift.end(),
        shift.turn(),
        shift.why(),
        shift.instead(),
        null);
  }

  private Set<LocalDate> holidays(Rotation rotation) {
    Set<LocalDate> days = new HashSet<>();
    rotation
        .holidays()
        .values()
        .forEach(
            id -> holidays.find(id).ifPresent(calendar -> days.addAll(calendar.days().keySet())));
    return days;
  }

  private Set<Participant> own(
      Viewer viewer, ConnectionId connection, Set<Participant> participants) {
    Set<Participant> own = new HashSet<>();
    links.accountsOf(viewer.person()).stream()
        .filter(account -> account.connection().equals(connection))
        .map(account -> new Participant(account.account()))
        .filter(participants::contains)
        .forEach(own::add);
    return own;
  }

  private void writeDown(
      Viewer viewer,
      ConnectionId connection,
      List<Rotation> asked,
      List<Served> seen,
      Set<Participant> own) {
    Set<PersonId> known = new LinkedHashSet<>();
    boolean unknown = false;
    for (Served served : seen) {
      if (!own.contains(served.person())) {
        Optional<PersonId> person = links.personOf(connection, served.person().account());
        person.ifPresent(known::add);
        unknown |= person.isEmpty();
      }
    }
    known.forEach(person -> access.view(viewer, person, Access.Data.WORK));
    if (unknown) {
      // Whose account is linked to nobody has no profile to read it on; the log has it all the
      // same.
      asked.forEach(rotation ->
          audit.record(
              new Actor.Person(viewer.person()),
              "rotations.hours-viewed",
              Subject.of("rotations.rotation", rotation.id()),
              Map.of()));
    }
  }

  /// What somebody served in two rotations. Turns are counted in each.
  private static Served sum(Served one, Served other) {
    return new Served(
        one.person(),
        one.turns() + other.turns(),
        one.workdays().plus(other.workdays()),
        one.weekends().plus(other.weekends()),
        one.holidays().plus(other.holidays()),
        one.nights().plus(other.nights()),
        one.forOthers().plus(other.forOthers()),
        one.covers() + other.covers(),
        one.byOthers().plus(other.byOthers()),
        one.covered() + other.covered());
  }
}
