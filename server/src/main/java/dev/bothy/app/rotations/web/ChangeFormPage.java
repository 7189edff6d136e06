package dev.bothy.app.rotations.web;

import dev.bothy.app.rotations.Rotation;
import dev.bothy.app.rotations.Rotations;
import dev.bothy.platform.kernel.Problem;
import dev.bothy.platform.people.Viewer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.ui.Model;
import org.springframework.web.server.ResponseStatusException;

/// What the pages of the forms that change a plan show, whichever way they were come to.
@Component
class ChangeFormPage {
  private final Rotations rotations;
  private final CalendarDesk desk;

  ChangeFormPage(Rotations rotations, CalendarDesk desk) {
    this.rotations = rotations;
    this.desk = desk;
  }

  String show(
      Viewer viewer, Rotation rotation, ChangeForm form, List<Problem> problems, Model model) {
    model.addAttribute("kinds", ChangeForm.Kind.values());
    return filled(viewer, rotation, form, problems, model, "rotations/change");
  }

  String show(
      Viewer viewer, Rotation rotation, TemporaryForm form, List<Problem> problems, Model model) {
    return filled(viewer, rotation, form, problems, model, "rotations/temporary");
  }

  private String filled(
      Viewer viewer,
      Rotation rotation,
      Object form,
      List<Problem> problems,
      Model model,
      String template) {
    Map<String, String> wrong = new HashMap<>();
    problems.forEach(problem ->
        wrong.merge(
            problem.field() == null ? "" : problem.field(),
            problem.message(),
            (one, other) -> one + " " + other));
    model.addAttribute("form", form);
    model.addAttribute("wrong", wrong);
    model.addAttribute("rotation", rotation);
    model.addAttribute("roles", CalendarDesk.roles(rotation));
    model.addAttribute("people", desk.offered(viewer.workspace(), rotation));
    return template;
  }

  /// The rotation, unless it is deleted.
  Rotation find(Viewer viewer, UUID id) {
    return rotations
        .find(viewer.workspace(), id)
        .filter(found -> found.deletedAt() == null)
        .orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
  }
}
