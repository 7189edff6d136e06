package dev.bothy.app.rotations.web;

import dev.bothy.app.rotations.ChangeInput;
import dev.bothy.app.rotations.ChangePreview;
import dev.bothy.app.rotations.ChangePreviews;
import dev.bothy.app.rotations.Rotation;
import dev.bothy.app.rotations.Rotations;
import dev.bothy.platform.kernel.Problem;
import dev.bothy.platform.people.Role;
import dev.bothy.platform.people.Viewer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.server.ResponseStatusException;

/// The forms that change a plan, shown again with what they would come to. Nothing is saved.
@Controller
@RequestMapping("/w/{workspace}/rotations/{id}/changes")
class ChangePreviewController {
  private final Rotations rotations;
  private final ChangePreviews previews;
  private final ChangeFormPage page;

  ChangePreviewController(Rotations rotations, ChangePreviews previews, ChangeFormPage page) {
    this.rotations = rotations;
    this.previews = previews;
    this.page = page;
  }

  @PostMapping("/preview")
  String ofChange(
      Viewer viewer, @PathVariable UUID id, @ModelAttribute("form") ChangeForm form, Model model) {
    viewer.require(Role.ADMIN);
    Rotation rotation = page.find(viewer, id);
    List<Problem> problems = new ArrayList<>();
    List<String> accounts =
        rotations.accounts(
            viewer.workspace(), rotation.connection(), List.of(form.out(), form.person()));
    Optional<ChangeInput> input = form.read(rotation.zone(), accounts, problems);
    List<Problem> wrong = previewed(viewer, rotation, input, problems, form::named, model);
    return page.show(viewer, rotation, form, wrong, model);
  }

  @PostMapping("/temporary/preview")
  String ofTemporary(
      Viewer viewer,
      @PathVariable UUID id,
      @ModelAttribute("form") TemporaryForm form,
      Model model) {
    viewer.require(Role.ADMIN);
    Rotation rotation = page.find(viewer, id);
    List<Problem> problems = new ArrayList<>();
    List<String> accounts =
        rotations.accounts(viewer.workspace(), rotation.connection(), form.people());
    Optional<ChangeInput> input = form.read(rotation.zone(), accounts, problems);
    List<Problem> wrong = previewed(viewer, rotation, input, problems, form::named, model);
    return page.show(viewer, rotation, form, wrong, model);
  }

  /// Puts the preview into the model, unless something is wrong.
  ///
  /// @param problems what could not be read
  /// @return what is wrong
  private List<Problem> previewed(
      Viewer viewer,
      Rotation rotation,
      Optional<ChangeInput> input,
      List<Problem> problems,
      Function<List<Problem>, List<Problem>> named,
      Model model) {
    if (input.isEmpty()) {
      return problems;
    }
    return switch (previews.of(viewer.workspace(), rotation.id(), input.get())) {
      case ChangePreview.Refused(List<Problem> refused) -> named.apply(refused);
      case ChangePreview.NotFound() -> throw new ResponseStatusException(HttpStatus.NOT_FOUND);
      case ChangePreview.Foreseen foreseen -> {
        model.addAttribute("paused", foreseen.paused());
        model.addAttribute(
            "preview",
            DifferenceView.of(
                foreseen.difference(),
                foreseen.zone(),
                rotation.duties().size() > 1,
                rotations.names(
                    viewer.workspace(),
                    rotation.connection(),
                    DifferenceView.people(foreseen.difference()))));
        yield List.of();
      }
    };
  }
}
