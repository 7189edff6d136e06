package dev.bothy.app.rotations.web;

import dev.bothy.app.rotations.Rotation;
import dev.bothy.app.rotations.RotationInput;
import dev.bothy.app.rotations.RotationOutcome;
import dev.bothy.app.rotations.Rotations;
import dev.bothy.app.rotations.TimeZones;
import dev.bothy.platform.chat.Account;
import dev.bothy.platform.chat.Chat;
import dev.bothy.platform.chat.ChatConnection;
import dev.bothy.platform.chat.Connections;
import dev.bothy.platform.kernel.ConnectionId;
import dev.bothy.platform.kernel.Problem;
import dev.bothy.platform.kernel.WorkspaceId;
import dev.bothy.platform.people.Role;
import dev.bothy.platform.people.Viewer;
import dev.bothy.platform.workspace.Workspaces;
import jakarta.servlet.http.HttpServletResponse;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;

/// The form that makes and changes a rotation. What is wrong is said at its field, and what was
/// typed stays.
@Controller
@RequestMapping("/w/{workspace}/rotations")
class RotationFormController {
  private static final int LONGEST_CONVERSATION = 200;

  private final Rotations rotations;
  private final Connections connections;
  private final Chat chat;
  private final Workspaces workspaces;

  RotationFormController(
      Rotations rotations, Connections connections, Chat chat, Workspaces workspaces) {
    this.rotations = rotations;
    this.connections = connections;
    this.chat = chat;
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
  }

  @GetMapping("/new")
  String empty(Viewer viewer, Model model) {
    viewer.require(Role.ADMIN);
    List<Place> places = places(viewer.workspace());
    String connection = places.isEmpty() ? "" : places.getFirst().id();
    return form(viewer, null, RotationForm.empty(connection, ""), Map.of(), model);
  }

  @PostMapping
  String create(
      Viewer viewer,
      @RequestParam MultiValueMap<String, String> values,
      Model model,
      HttpServletResponse response) {
    viewer.require(Role.ADMIN);
    WorkspaceId workspace = viewer.workspace();
    RotationForm form = RotationForm.of(values);
    Map<String, String> wrong = wrongPlace(workspace, form);
    Optional<ConnectionId> connection = connection(workspace, form.connection());
    if (!wrong.isEmpty() || connection.isEmpty()) {
      wrong.putAll(byField(form.toInput(form.lines()).problems()));
      return again(viewer, null, form, wrong, model, response);
    }
    RotationInput input =
        form.toInput(rotations.accounts(workspace, connection.get(), form.lines()));
    String conversation = conversation(form);
    return answer(
        viewer,
        null,
        form,
        unlessTaken(() ->
            rotations.create(
                workspace,
                RotationsController.actor(viewer),
                connection.get(),
                conversation,
                input)),
        model,
        response);
  }

  @GetMapping("/{id}/edit")
  String edit(Viewer viewer, @PathVariable UUID id, Model model) {
    viewer.require(Role.ADMIN);
    Rotation rotation = find(viewer, id);
    return form(viewer, id, RotationForm.of(rotation), Map.of(), model);
  }

  @PostMapping("/{id}")
  String change(
      Viewer viewer,
      @PathVariable UUID id,
      @RequestParam MultiValueMap<String, String> values,
      Model model,
      HttpServletResponse response) {
    viewer.require(Role.ADMIN);
    Rotation rotation = find(viewer, id);
    RotationForm form = RotationForm.of(values);
    RotationInput input =
        form.toInput(rotations.accounts(viewer.workspace(), rotation.connection(), form.lines()));
    return answer(
        viewer,
        id,
        form,
        unlessTaken(() ->
            rotations.change(viewer.workspace(), RotationsController.actor(viewer), id, input)),
        model,
        response);
  }

  private String answer(
      Viewer viewer,
      @Nullable UUID id,
      RotationForm form,
      RotationOutcome outcome,
      Model model,
      HttpServletResponse response) {
    return switch (outcome) {
      case RotationOutcome.Done(Rotation rotation) ->
          "redirect:" + RotationsController.address(viewer) + "/" + rotation.id();
      case RotationOutcome.Refused(List<Problem> problems) ->
          again(viewer, id, form, byField(problems), model, response);
      case RotationOutcome.NotFound() -> throw new ResponseStatusException(HttpStatus.NOT_FOUND);
    };
  }

  private static Map<String, String> byField(List<Problem> problems) {
    Map<String, String> wrong = new LinkedHashMap<>();
    for (Problem problem : problems) {
      String field = problem.field() == null ? RotationInput.NAME : problem.field();
      wrong.merge(field, problem.message(), (one, other) -> one + " " + other);
    }
    return wrong;
  }

  /// Two people who save the same name at once both find it free; the database lets one through.
  static RotationOutcome unlessTaken(Supplier<RotationOutcome> save) {
    try {
      return RotationsController.again(save);
    } catch (DataIntegrityViolationException _) {
      return new RotationOutcome.Refused(
          List.of(
              Problem.ofField(
                  "rotations.name",
                  RotationInput.NAME,
                  "Name: somebody has just given it to another rotation. Allowed: a name that no"
                      + " other rotation of this workspace has")));
    }
  }

  private String again(
      Viewer viewer,
      @Nullable UUID id,
      RotationForm form,
      Map<String, String> wrong,
      Model model,
      HttpServletResponse response) {
    response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
    return form(viewer, id, form, wrong, model);
  }

  private String form(
      Viewer viewer, @Nullable UUID id, RotationForm form, Map<String, String> wrong, Model model) {
    model.addAttribute("title", id == null ? "New rotation" : "Edit rotation");
    model.addAttribute("id", id);
    model.addAttribute("form", form);
    model.addAttribute("wrong", wrong);
    model.addAttribute("places", places(viewer.workspace()));
    model.addAttribute("zones", TimeZones.all());
    return "rotations/form";
  }

  private Map<String, String> wrongPlace(WorkspaceId workspace, RotationForm form) {
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

  private static String conversation(RotationForm form) {
    String stripped = form.conversation().strip();
    return stripped.startsWith("#") ? stripped.substring(1) : stripped;
  }

  private Optional<ConnectionId> connection(WorkspaceId workspace, String id) {
    return places(workspace).stream()
        .filter(place -> place.id().equals(id))
        .map(place -> place.connection().id())
        .findFirst();
  }

  private List<Place> places(WorkspaceId workspace) {
    return workspaces.inWorkspace(
        workspace,
        () ->
            connections.list().stream()
                .map(connection -> new Place(connection, chat.accounts(connection.id())))
                .toList());
  }

  private Rotation find(Viewer viewer, UUID id) {
    return rotations
        .find(viewer.workspace(), id)
        .filter(found -> found.deletedAt() == null)
        .orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
  }
}
