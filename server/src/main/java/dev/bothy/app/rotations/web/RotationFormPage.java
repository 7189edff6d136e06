package dev.bothy.app.rotations.web;

import dev.bothy.app.rotations.RotationInput;
import dev.bothy.app.rotations.TimeZones;
import dev.bothy.platform.calendar.HolidayCalendars;
import dev.bothy.platform.chat.Account;
import dev.bothy.platform.chat.Chat;
import dev.bothy.platform.chat.ChatConnection;
import dev.bothy.platform.chat.Connections;
import dev.bothy.platform.kernel.ConnectionId;
import dev.bothy.platform.kernel.Problem;
import dev.bothy.platform.kernel.WorkspaceId;
import dev.bothy.platform.people.Viewer;
import dev.bothy.platform.workspace.Workspaces;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.ui.Model;

/// What the page of the form shows, whichever way it was come to.
@Component
class RotationFormPage {
  private static final int LONGEST_CONVERSATION = 200;

  private final Connections connections;
  private final Chat chat;
  private final HolidayCalendars holidays;
  private final Workspaces workspaces;

  RotationFormPage(
      Connections connections, Chat chat, HolidayCalendars holidays, Workspaces workspaces) {
    this.connections = connections;
    this.chat = chat;
    this.holidays = holidays;
    this.workspaces = workspaces;
  }

  /// A connection with the people that its directory knows.
  record Place(ChatConnection connection, List<Account> people) {
    public String id() {
      return connection.id().toString();
    }

    public String name() {
      return connection.name();
    }

    /// What stands for somebody in the form: the name if it means nobody else, or the account.
    public String shown(Account account) {
      String name = account.name();
      boolean clear =
          people.stream()
              .allMatch(other ->
                  other.equals(account)
                      || !other.name().equalsIgnoreCase(name) && !other.id().equals(name));
      return clear ? name : account.id();
    }
  }

  /// @param id the rotation that is changed; null for a new one
  /// @param wrong what is wrong, by field
  String show(
      Viewer viewer, @Nullable UUID id, RotationForm form, Map<String, String> wrong, Model model) {
    WorkspaceId workspace = viewer.workspace();
    model.addAttribute("title", id == null ? "New rotation" : "Edit rotation");
    model.addAttribute("id", id);
    model.addAttribute("form", form);
    model.addAttribute("wrong", wrong);
    model.addAttribute("places", places(workspace));
    model.addAttribute("zones", TimeZones.all());
    model.addAttribute("calendars", workspaces.inWorkspace(workspace, holidays::all));
    model.addAttribute("mostLayers", RotationInput.MOST_LAYERS);
    return "rotations/form";
  }

  /// The problems by the form's fields.
  static Map<String, String> byField(List<Problem> problems) {
    Map<String, String> wrong = new LinkedHashMap<>();
    for (Problem problem : problems) {
      String field = problem.field() == null ? RotationInput.NAME : problem.field();
      boolean ofFirstLayer = !field.equals(RotationInput.NAME) && !field.startsWith("layers");
      wrong.merge(
          ofFirstLayer ? RotationForm.prefix(0) + field : field,
          problem.message(),
          (one, other) -> one + " " + other);
    }
    return wrong;
  }

  /// What is wrong with where a new rotation is to live, and with rows of nobody.
  Map<String, String> wrongPlace(WorkspaceId workspace, RotationForm form) {
    Map<String, String> wrong = new LinkedHashMap<>();
    if (connection(workspace, form.connection()).isEmpty()) {
      wrong.put(
          RotationForm.CONNECTION,
          "Network: nothing was chosen. Allowed: one of the workspace's connections");
    }
    String conversation = conversation(form);
    if (conversation.isEmpty() || conversation.length() > LONGEST_CONVERSATION) {
      wrong.put(
          RotationForm.CONVERSATION,
          "Channel: 1 to " + LONGEST_CONVERSATION + " characters are allowed");
    }
    return wrong;
  }

  /// Rows with days and nobody they are of.
  static Map<String, String> wrongRows(RotationForm form) {
    Map<String, String> wrong = new LinkedHashMap<>();
    for (int layer = 0; layer < form.layers().size(); layer++) {
      if (form.layers().get(layer).namesNobody()) {
        wrong.put(
            RotationForm.prefix(layer) + RotationInput.PEOPLE,
            "People: a row has days and no name. Allowed: a name, or an empty place");
      }
    }
    return wrong;
  }

  static String conversation(RotationForm form) {
    String stripped = form.conversation().strip();
    return stripped.startsWith("#") ? stripped.substring(1) : stripped;
  }

  Optional<ConnectionId> connection(WorkspaceId workspace, String id) {
    return places(workspace).stream()
        .filter(place -> place.id().equals(id))
        .map(place -> place.connection().id())
        .findFirst();
  }

  List<Place> places(WorkspaceId workspace) {
    return workspaces.inWorkspace(
        workspace,
        () ->
            connections.list().stream()
                .map(connection -> new Place(connection, chat.accounts(connection.id())))
                .toList());
  }

  /// What stands for each account of a connection in the form.
  Map<String, String> shown(WorkspaceId workspace, ConnectionId connection) {
    Map<String, String> shown = new HashMap<>();
    places(workspace).stream()
        .filter(place -> place.connection().id().equals(connection))
        .forEach(place ->
            place.people().forEach(account -> shown.put(account.id(), place.shown(account))));
    return shown;
  }
}
