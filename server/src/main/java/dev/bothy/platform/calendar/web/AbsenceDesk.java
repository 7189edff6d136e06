package dev.bothy.platform.calendar.web;

import dev.bothy.platform.audit.Actor;
import dev.bothy.platform.calendar.Absence;
import dev.bothy.platform.calendar.AbsenceInput;
import dev.bothy.platform.calendar.AbsenceOutcome;
import dev.bothy.platform.calendar.AbsenceRights;
import dev.bothy.platform.calendar.AbsenceSource;
import dev.bothy.platform.calendar.AbsenceTimes;
import dev.bothy.platform.calendar.Absences;
import dev.bothy.platform.calendar.NewAbsence;
import dev.bothy.platform.chat.Account;
import dev.bothy.platform.chat.Chat;
import dev.bothy.platform.kernel.ConnectionId;
import dev.bothy.platform.people.Role;
import dev.bothy.platform.people.Viewer;
import dev.bothy.platform.workspace.Workspaces;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Component;

/// What somebody who is signed in does with absences, in the console and by a program: within what
/// [AbsenceRights] allow them. Called outside of a transaction.
@Component
class AbsenceDesk {
  private final Absences absences;
  private final AbsenceRights rights;
  private final Chat chat;
  private final Workspaces workspaces;

  AbsenceDesk(Absences absences, AbsenceRights rights, Chat chat, Workspaces workspaces) {
    this.absences = absences;
    this.rights = rights;
    this.chat = chat;
    this.workspaces = workspaces;
  }

  /// @throws dev.bothy.platform.people.NotAllowed for somebody else's account, unless the viewer is
  ///   an admin
  AbsenceOutcome add(
      Viewer viewer,
      ConnectionId connection,
      String account,
      AbsenceInput input,
      AbsenceSource source) {
    return workspaces.inWorkspace(
        viewer.workspace(),
        () -> {
          requireWrite(viewer, connection, account);
          return switch (input.read(zone(connection, account))) {
            case AbsenceInput.Reading.Wrong(var problems) -> new AbsenceOutcome.Refused(problems);
            case AbsenceInput.Reading.Times(var times) ->
                absences.add(actor(viewer), new NewAbsence(connection, account, times, source));
          };
        });
  }

  /// Puts one back that was removed a moment ago; it gets another id.
  ///
  /// @throws dev.bothy.platform.people.NotAllowed for somebody else's, unless the viewer is an
  ///   admin
  AbsenceOutcome putBack(
      Viewer viewer,
      ConnectionId connection,
      String account,
      Instant from,
      Instant to,
      boolean allDay) {
    return workspaces.inWorkspace(
        viewer.workspace(),
        () -> {
          requireWrite(viewer, connection, account);
          AbsenceTimes times = new AbsenceTimes(from, to, allDay, zone(connection, account));
          return absences.add(
              actor(viewer), new NewAbsence(connection, account, times, AbsenceSource.CONSOLE));
        });
  }

  /// @throws dev.bothy.platform.people.NotAllowed for somebody else's, unless the viewer is an
  ///   admin
  AbsenceOutcome change(Viewer viewer, UUID id, AbsenceInput input) {
    return workspaces.inWorkspace(
        viewer.workspace(),
        () -> {
          Optional<Absence> found = absences.find(id);
          if (found.isEmpty()) {
            return new AbsenceOutcome.NotFound();
          }
          Absence absence = found.get();
          requireWrite(viewer, absence.connection(), absence.account());
          return switch (input.read(zone(absence.connection(), absence.account()))) {
            case AbsenceInput.Reading.Wrong(var problems) -> new AbsenceOutcome.Refused(problems);
            case AbsenceInput.Reading.Times(var times) -> absences.change(actor(viewer), id, times);
          };
        });
  }

  /// @throws dev.bothy.platform.people.NotAllowed for somebody else's, unless the viewer is an
  ///   admin
  AbsenceOutcome remove(Viewer viewer, UUID id) {
    return workspaces.inWorkspace(
        viewer.workspace(),
        () -> {
          Optional<Absence> found = absences.find(id);
          if (found.isEmpty()) {
            return new AbsenceOutcome.NotFound();
          }
          requireWrite(viewer, found.get().connection(), found.get().account());
          return absences.remove(actor(viewer), id);
        });
  }

  /// The absence with this id.
  Optional<Absence> find(Viewer viewer, UUID id) {
    return workspaces.inWorkspace(viewer.workspace(), () -> absences.find(id));
  }

  /// Whether this absence is the viewer's to change: it was entered by hand, and is theirs or the
  /// viewer is an admin.
  boolean mayChange(Viewer viewer, Absence absence) {
    return absence.source().byHand()
        && workspaces.inWorkspace(
            viewer.workspace(),
            () -> rights.mayWrite(viewer, absence.connection(), absence.account()));
  }

  /// The month in which an absence begins, on its person's clock.
  YearMonth month(Viewer viewer, Absence absence) {
    return workspaces.inWorkspace(
        viewer.workspace(),
        () -> YearMonth.from(absence.from().atZone(zone(absence.connection(), absence.account()))));
  }

  /// The name that people read; the account's id where the network knows it no more. Called within
  /// a transaction of the workspace.
  String name(ConnectionId connection, String account) {
    return chat.account(connection, account).map(Account::name).orElse(account);
  }

  /// The person's time zone; UTC where nothing is known of them. Called within a transaction of the
  /// workspace.
  ZoneId zone(ConnectionId connection, String account) {
    return chat.account(connection, account).map(Account::zone).orElse(ZoneId.of("UTC"));
  }

  private void requireWrite(Viewer viewer, ConnectionId connection, String account) {
    if (!rights.own(viewer, connection, account)) {
      viewer.require(Role.ADMIN);
    }
  }

  private static Actor actor(Viewer viewer) {
    return new Actor.Person(viewer.person());
  }
}
