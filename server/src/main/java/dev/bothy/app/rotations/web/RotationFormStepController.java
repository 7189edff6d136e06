package dev.bothy.app.rotations.web;

import dev.bothy.app.rotations.Rotation;
import dev.bothy.app.rotations.RotationInput;
import dev.bothy.app.rotations.RotationPreview;
import dev.bothy.app.rotations.RotationPreviews;
import dev.bothy.app.rotations.Rotations;
import dev.bothy.platform.kernel.ConnectionId;
import dev.bothy.platform.kernel.Problem;
import dev.bothy.platform.kernel.WorkspaceId;
import dev.bothy.platform.people.Role;
import dev.bothy.platform.people.Viewer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;

/// The buttons of the form that save nothing: one more layer, one person less, what it would come
/// to. The form is answered again with all that was typed; with htmx it takes the place of the one
/// on the page, without it is a page of its own.
@Controller
@RequestMapping("/w/{workspace}/rotations")
class RotationFormStepController {
  private final Rotations rotations;
  private final RotationPreviews previews;
  private final RotationFormPage page;

  RotationFormStepController(
      Rotations rotations, RotationPreviews previews, RotationFormPage page) {
    this.rotations = rotations;
    this.previews = previews;
    this.page = page;
  }

  @PostMapping("/form")
  String ofNew(Viewer viewer, @RequestParam MultiValueMap<String, String> values, Model model) {
    viewer.require(Role.ADMIN);
    return step(viewer, null, values, model);
  }

  @PostMapping("/{id}/form")
  String ofChange(
      Viewer viewer,
      @PathVariable UUID id,
      @RequestParam MultiValueMap<String, String> values,
      Model model) {
    viewer.require(Role.ADMIN);
    return step(viewer, RotationFormController.find(rotations, viewer, id), values, model);
  }

  private String step(
      Viewer viewer,
      @Nullable Rotation rotation,
      MultiValueMap<String, String> values,
      Model model) {
    RotationForm form = RotationForm.of(values);
    UUID id = rotation == null ? null : rotation.id();
    String typed = values.getOrDefault("do", List.of("")).getFirst();
    Optional<FormStep> step = FormStep.read(typed, form);
    if (step.isEmpty()) {
      return page.show(viewer, id, form, Map.of(), model);
    }
    return switch (step.get()) {
      case FormStep.Preview() -> preview(viewer, rotation, form, model);
      case FormStep.AddLayer() ->
          with(viewer, id, form.addingLayer(), "l" + form.layers().size() + "-role", model);
      case FormStep.RemoveLayer(int layer) ->
          with(viewer, id, form.withoutLayer(layer), "add-layer", model);
      case FormStep.AddPerson(int layer) ->
          with(
              viewer,
              id,
              form.changing(layer, each -> each.adding(PersonForm.BLANK)),
              person(layer, form.layers().get(layer).people().size()),
              model);
      case FormStep.AddEmptyPlace(int layer) ->
          with(
              viewer,
              id,
              form.changing(layer, each -> each.adding(PersonForm.EMPTY_PLACE)),
              "l" + layer + "-add-person",
              model);
      case FormStep.RemovePerson(int layer, int person) ->
          with(
              viewer,
              id,
              form.changing(layer, each -> each.without(person)),
              "l" + layer + "-add-person",
              model);
      case FormStep.Earlier(int layer, int person) ->
          with(
              viewer,
              id,
              form.changing(layer, each -> each.earlier(person)),
              person(layer, person - 1),
              model);
    };
  }

  private static String person(int layer, int person) {
    return "l" + layer + "-p" + person;
  }

  /// @param focus the id of what is to have the keyboard's focus
  private String with(
      Viewer viewer, @Nullable UUID id, RotationForm form, String focus, Model model) {
    model.addAttribute("focus", focus);
    return page.show(viewer, id, form, Map.of(), model);
  }

  private String preview(
      Viewer viewer, @Nullable Rotation rotation, RotationForm form, Model model) {
    WorkspaceId workspace = viewer.workspace();
    Map<String, String> wrong = new LinkedHashMap<>(RotationFormPage.wrongRows(form));
    UUID id = rotation == null ? null : rotation.id();
    if (rotation == null) {
      // Where it is going to live changes nothing about the shifts, but who its people are.
      wrong.putAll(page.wrongPlace(workspace, form));
      wrong.remove(RotationForm.CONVERSATION);
    }
    Optional<ConnectionId> connection =
        rotation == null
            ? page.connection(workspace, form.connection())
            : Optional.of(rotation.connection());
    if (!wrong.isEmpty() || connection.isEmpty()) {
      RotationFormPage.byField(form.toInput().problems()).forEach(wrong::putIfAbsent);
      return page.show(viewer, id, form, wrong, model);
    }
    RotationInput input =
        RotationFormController.resolved(rotations, workspace, connection.get(), form);
    RotationPreview preview =
        id == null
            ? previews.ofNew(workspace, connection.get(), input)
            : previews.ofChange(workspace, id, input);
    return switch (preview) {
      case RotationPreview.Foreseen foreseen -> {
        model.addAttribute(
            "preview",
            PreviewView.of(
                foreseen,
                rotations.names(workspace, connection.get(), PreviewView.people(foreseen)),
                rotation != null && rotation.paused()));
        yield with(viewer, id, form, "preview-title", model);
      }
      case RotationPreview.Refused(List<Problem> problems) ->
          page.show(viewer, id, form, RotationFormPage.byField(problems), model);
      case RotationPreview.NotFound() -> throw new ResponseStatusException(HttpStatus.NOT_FOUND);
    };
  }
}
