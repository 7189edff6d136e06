package dev.bothy.app.rotations.web;

import dev.bothy.app.rotations.LayerInput;
import dev.bothy.app.rotations.LayerTurn;
import dev.bothy.app.rotations.LayerTurns;
import dev.bothy.app.rotations.Rotation;
import dev.bothy.app.rotations.RotationInput;
import dev.bothy.app.rotations.Rotations;
import dev.bothy.app.rotations.Shift;
import dev.bothy.app.rotations.plan.Layer;
import dev.bothy.app.rotations.plan.Participant;
import dev.bothy.platform.calendar.HolidayCalendar;
import dev.bothy.platform.calendar.HolidayCalendars;
import dev.bothy.platform.chat.ChatConnection;
import dev.bothy.platform.chat.Connections;
import dev.bothy.platform.kernel.WorkspaceId;
import dev.bothy.platform.workspace.Workspaces;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// Puts together what the list and the page of a rotation show of it.
@Component
class RotationViews {
  private final Rotations rotations;
  private final LayerTurns turns;
  private final HolidayCalendars holidays;
  private final Connections connections;
  private final Workspaces workspaces;

  RotationViews(
      Rotations rotations,
      LayerTurns turns,
      HolidayCalendars holidays,
      Connections connections,
      Workspaces workspaces) {
    this.rotations = rotations;
    this.turns = turns;
    this.holidays = holidays;
    this.connections = connections;
    this.workspaces = workspaces;
  }

  List<RotationView> of(WorkspaceId workspace, List<Rotation> found) {
    return found.stream().map(rotation -> of(workspace, rotation, List.of())).toList();
  }

  /// @param history shifts whose people are named, too
  RotationView of(WorkspaceId workspace, Rotation rotation, List<Shift> history) {
    List<LayerTurn> now = turns.of(workspace, rotation.id());
    Set<Participant> persons = new HashSet<>(rotation.people());
    persons.addAll(rotation.concerned());
    history.stream().map(Shift::person).filter(Objects::nonNull).forEach(persons::add);
    now.stream().map(LayerTurn::now).filter(Objects::nonNull).forEach(persons::add);
    Map<Participant, String> names = rotations.names(workspace, rotation.connection(), persons);
    String network =
        workspaces.inWorkspace(
            workspace,
            () ->
                connections
                    .ofCurrentWorkspace(rotation.connection())
                    .map(ChatConnection::name)
                    .orElse("a connection that was removed"));
    Instant goesAt =
        rotation.deletedAt() == null
            ? null
            : rotations.goesAt(workspace, rotation.id()).orElse(null);
    return new RotationView(
        rotation,
        names,
        layers(workspace, rotation, now, names),
        network + ", " + rotation.conversation(),
        goesAt);
  }

  /// @param now empty while it is paused or deleted
  private List<LayerView> layers(
      WorkspaceId workspace,
      Rotation rotation,
      List<LayerTurn> now,
      Map<Participant, String> names) {
    List<LayerInput> typed = RotationInput.of(rotation).layers();
    List<String> roles = CalendarDesk.roles(rotation);
    List<LayerView> views = new ArrayList<>();
    for (int at = 0; at < rotation.layers().size(); at++) {
      Layer layer = rotation.layers().get(at);
      views.add(
          LayerView.of(
              layer,
              typed.get(at),
              roles,
              now.isEmpty() ? null : now.get(at),
              free(workspace, rotation.holidays().get(layer.id())),
              names));
    }
    return views;
  }

  private String free(WorkspaceId workspace, @Nullable UUID calendar) {
    return calendar == null
        ? ""
        : workspaces
            .inWorkspace(workspace, () -> holidays.find(calendar))
            .map(HolidayCalendar::name)
            .orElse("");
  }
}
