package dev.bothy.app.rotations.web;

import dev.bothy.app.rotations.ChangeInput;
import dev.bothy.app.rotations.ChangePreview;
import dev.bothy.app.rotations.ChangePreviews;
import dev.bothy.app.rotations.Rotation;
import dev.bothy.app.rotations.RotationInput;
import dev.bothy.app.rotations.RotationPreview;
import dev.bothy.app.rotations.RotationPreviews;
import dev.bothy.app.rotations.Rotations;
import dev.bothy.app.rotations.plan.Participant;
import dev.bothy.app.rotations.web.PlanDocuments.NewChange;
import dev.bothy.app.rotations.web.PreviewDocuments.PlanPreview;
import dev.bothy.app.rotations.web.RotationDocuments.Settings;
import dev.bothy.platform.api.ApiArea;
import dev.bothy.platform.api.ApiProblem;
import dev.bothy.platform.api.Problems;
import dev.bothy.platform.kernel.Problem;
import dev.bothy.platform.people.Role;
import dev.bothy.platform.people.Viewer;
import io.swagger.v3.oas.annotations.Operation;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;

/// What settings and changes of the plan would come to, for programs. Nothing is saved, and the
/// audit log has no entry of it.
@ApiArea(name = "rotations", about = "On-duty rotations")
@RequestMapping(
    path = "/api/v1/workspaces/{workspace}/rotations/{id}",
    produces = MediaType.APPLICATION_JSON_VALUE)
class RotationPreviewApi {
  private final Rotations rotations;
  private final RotationPreviews ofSettings;
  private final ChangePreviews ofChanges;

  RotationPreviewApi(Rotations rotations, RotationPreviews ofSettings, ChangePreviews ofChanges) {
    this.rotations = rotations;
    this.ofSettings = ofSettings;
    this.ofChanges = ofChanges;
  }

  @PostMapping(path = "/preview", consumes = MediaType.APPLICATION_JSON_VALUE)
  @Operation(
      summary = "Preview a change of a rotation",
      description =
          "What these settings would change about the next four weeks, by the same rules as when"
              + " they are saved. Saves nothing. Needs the role admin.")
  PlanPreview settings(Viewer viewer, @PathVariable UUID id, @RequestBody Settings settings) {
    viewer.require(Role.ADMIN);
    Rotation rotation = find(viewer, id);
    RotationInput typed = settings.toInput();
    RotationInput input =
        typed.withAccounts(
            rotations.accounts(viewer.workspace(), rotation.connection(), typed.accounts()));
    return switch (ofSettings.ofChange(viewer.workspace(), id, input)) {
      case RotationPreview.Foreseen foreseen ->
          PlanPreview.of(
              foreseen, rotation.paused(), names(viewer, rotation, PreviewView.people(foreseen)));
      case RotationPreview.Refused(List<Problem> problems) ->
          throw ApiProblem.invalid(RotationsApi.named("", problems));
      case RotationPreview.NotFound() -> throw ApiProblem.of(Problems.NOT_FOUND);
    };
  }

  @PostMapping(path = "/changes/preview", consumes = MediaType.APPLICATION_JSON_VALUE)
  @Operation(
      summary = "Preview a change of a rotation's plan",
      description =
          "What an override or a temporary schedule would change about its time, by the same rules"
              + " as when it is made. Saves nothing. Needs the role admin.")
  PlanPreview change(Viewer viewer, @PathVariable UUID id, @RequestBody NewChange wanted) {
    viewer.require(Role.ADMIN);
    Rotation rotation = find(viewer, id);
    ChangeInput input = RotationPlanApi.read(rotations, viewer, rotation, wanted);
    return switch (ofChanges.of(viewer.workspace(), id, input)) {
      case ChangePreview.Foreseen foreseen ->
          PlanPreview.of(
              foreseen, names(viewer, rotation, DifferenceView.people(foreseen.difference())));
      case ChangePreview.Refused(List<Problem> refused) ->
          throw ApiProblem.invalid(wanted.named(refused));
      case ChangePreview.NotFound() -> throw ApiProblem.of(Problems.NOT_FOUND);
    };
  }

  private Map<Participant, String> names(
      Viewer viewer, Rotation rotation, Set<Participant> people) {
    return rotations.names(viewer.workspace(), rotation.connection(), people);
  }

  private Rotation find(Viewer viewer, UUID id) {
    return rotations
        .find(viewer.workspace(), id)
        .filter(rotation -> rotation.deletedAt() == null)
        .orElseThrow(() -> ApiProblem.of(Problems.NOT_FOUND));
  }
}
