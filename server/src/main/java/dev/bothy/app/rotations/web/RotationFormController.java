package dev.bothy.app.rotations.web;

import dev.bothy.app.rotations.Rotation;
import dev.bothy.app.rotations.RotationInput;
import dev.bothy.app.rotations.RotationOutcome;
import dev.bothy.app.rotations.Rotations;
import dev.bothy.platform.kernel.ConnectionId;
import dev.bothy.platform.kernel.Problem;
import dev.bothy.platform.kernel.WorkspaceId;
import dev.bothy.platform.people.Role;
import dev.bothy.platform.people.Viewer;
import jakarta.servlet.http.HttpServletResponse;
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
  private final Rotations rotations;
  private final RotationFormPage page;

  RotationFormController(Rotations rotations, RotationFormPage page) {
    this.rotations = rotations;
    this.page = page;
  }

  @GetMapping("/new")
  String empty(Viewer viewer, Model model) {
    viewer.require(Role.ADMIN);
    List<RotationFormPage.Place> places = page.places(viewer.workspace());
    String connection = places.isEmpty() ? "" : places.getFirst().id();
    return page.show(viewer, null, RotationForm.empty(connection, ""), Map.of(), model);
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
    Map<String, String> wrong = page.wrongPlace(workspace, form);
    wrong.putAll(RotationFormPage.wrongRows(form));
    Optional<ConnectionId> connection = page.connection(workspace, form.connection());
    if (!wrong.isEmpty() || connection.isEmpty()) {
      RotationFormPage.byField(form.toInput().problems()).forEach(wrong::putIfAbsent);
      return again(viewer, null, form, wrong, model, response);
    }
    RotationInput input = resolved(rotations, workspace, connection.get(), form);
    String conversation = RotationFormPage.conversation(form);
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
    Rotation rotation = find(rotations, viewer, id);
    Map<String, String> shown = page.shown(viewer.workspace(), rotation.connection());
    return page.show(viewer, id, RotationForm.of(rotation, shown), Map.of(), model);
  }

  @PostMapping("/{id}")
  String change(
      Viewer viewer,
      @PathVariable UUID id,
      @RequestParam MultiValueMap<String, String> values,
      Model model,
      HttpServletResponse response) {
    viewer.require(Role.ADMIN);
    Rotation rotation = find(rotations, viewer, id);
    RotationForm form = RotationForm.of(values);
    Map<String, String> wrong = RotationFormPage.wrongRows(form);
    if (!wrong.isEmpty()) {
      RotationFormPage.byField(form.toInput().problems()).forEach(wrong::putIfAbsent);
      return again(viewer, id, form, wrong, model, response);
    }
    RotationInput input = resolved(rotations, viewer.workspace(), rotation.connection(), form);
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
          again(viewer, id, form, RotationFormPage.byField(problems), model, response);
      case RotationOutcome.NotFound() -> throw new ResponseStatusException(HttpStatus.NOT_FOUND);
    };
  }

  /// Two people who save the same name at once both find it free; the database lets one through.
  static RotationOutcome unlessTaken(Supplier<RotationOutcome> save) {
    try {
      return save.get();
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

  /// The form's input with accounts instead of what was typed for people.
  static RotationInput resolved(
      Rotations rotations, WorkspaceId workspace, ConnectionId connection, RotationForm form) {
    RotationInput typed = form.toInput();
    return typed.withAccounts(rotations.accounts(workspace, connection, typed.accounts()));
  }

  static Rotation find(Rotations rotations, Viewer viewer, UUID id) {
    return rotations
        .find(viewer.workspace(), id)
        .filter(found -> found.deletedAt() == null)
        .orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
  }

  private String again(
      Viewer viewer,
      @Nullable UUID id,
      RotationForm form,
      Map<String, String> wrong,
      Model model,
      HttpServletResponse response) {
    response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
    return page.show(viewer, id, form, wrong, model);
  }
}
