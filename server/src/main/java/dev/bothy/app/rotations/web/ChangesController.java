package dev.bothy.app.rotations.web;

import dev.bothy.app.rotations.ChangeInput;
import dev.bothy.app.rotations.ChangeOutcome;
import dev.bothy.app.rotations.PlanChange;
import dev.bothy.app.rotations.PlanChanges;
import dev.bothy.app.rotations.Rotation;
import dev.bothy.app.rotations.Rotations;
import dev.bothy.platform.kernel.Problem;
import dev.bothy.platform.people.Role;
import dev.bothy.platform.people.Viewer;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;

/// The forms that change a rotation's plan for a time, and the button that takes a change back.
@Controller
@RequestMapping("/w/{workspace}/rotations/{id}/changes")
class ChangesController {
  private final Rotations rotations;
  private final PlanChanges changes;
  private final ChangeFormPage page;
  private final Clock clock;

  ChangesController(Rotations rotations, PlanChanges changes, ChangeFormPage page, Clock clock) {
    this.rotations = rotations;
    this.changes = changes;
    this.page = page;
    this.clock = clock;
  }

  /// @param from where the form begins, as the calendar fills it in; from the next full hour on if
  ///   it is empty
  @GetMapping("/new")
  String override(
      Viewer viewer,
      @PathVariable UUID id,
      @RequestParam(defaultValue = "") String from,
      @RequestParam(defaultValue = "") String until,
      @RequestParam(defaultValue = "") String role,
      Model model) {
    viewer.require(Role.ADMIN);
    Rotation rotation = page.find(viewer, id);
    String begin = from.isEmpty() ? inHours(rotation, 1) : from;
    String end = until.isEmpty() ? inHours(rotation, 25) : until;
    return page.show(
        viewer,
        rotation,
        new ChangeForm(ChangeForm.Kind.REPLACE.value(), role, "", "", begin, end),
        List.of(),
        model);
  }

  @PostMapping
  String make(
      Viewer viewer, @PathVariable UUID id, @ModelAttribute("form") ChangeForm form, Model model) {
    viewer.require(Role.ADMIN);
    Rotation rotation = page.find(viewer, id);
    List<Problem> problems = new ArrayList<>();
    List<String> accounts =
        rotations.accounts(
            viewer.workspace(), rotation.connection(), List.of(form.out(), form.person()));
    Optional<ChangeInput> input = form.read(rotation.zone(), accounts, problems);
    if (input.isEmpty()) {
      return page.show(viewer, rotation, form, problems, model);
    }
    return switch (made(viewer, id, input.get())) {
      case ChangeOutcome.Done(PlanChange made, Rotation _) -> done(viewer, rotation, made);
      case ChangeOutcome.Refused(List<Problem> refused) ->
          page.show(viewer, rotation, form, form.named(refused), model);
      case ChangeOutcome.NotFound() -> throw new ResponseStatusException(HttpStatus.NOT_FOUND);
    };
  }

  @GetMapping("/temporary")
  String temporary(Viewer viewer, @PathVariable UUID id, Model model) {
    viewer.require(Role.ADMIN);
    Rotation rotation = page.find(viewer, id);
    return page.show(
        viewer,
        rotation,
        new TemporaryForm(inHours(rotation, 1), inHours(rotation, 25), ""),
        List.of(),
        model);
  }

  @PostMapping("/temporary")
  String makeTemporary(
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
    if (input.isEmpty()) {
      return page.show(viewer, rotation, form, problems, model);
    }
    return switch (made(viewer, id, input.get())) {
      case ChangeOutcome.Done(PlanChange made, Rotation _) -> done(viewer, rotation, made);
      case ChangeOutcome.Refused(List<Problem> refused) ->
          page.show(viewer, rotation, form, form.named(refused), model);
      case ChangeOutcome.NotFound() -> throw new ResponseStatusException(HttpStatus.NOT_FOUND);
    };
  }

  /// @param view the part of the calendar that was looked at, and is again afterwards
  @PostMapping("/{change}/undo")
  String undo(
      Viewer viewer,
      @PathVariable UUID id,
      @PathVariable UUID change,
      @RequestParam(defaultValue = "month") String view,
      @RequestParam(defaultValue = "") String day) {
    viewer.require(Role.ADMIN);
    Rotation rotation = page.find(viewer, id);
    ChangeOutcome outcome =
        changes.undo(viewer.workspace(), RotationsController.actor(viewer), id, change);
    CalendarRange range = CalendarRange.of(view, day, rotation.zone(), clock.instant());
    String back = RotationsController.address(viewer) + "/" + id + "?view=" + range.view();
    return switch (outcome) {
      case ChangeOutcome.Done _ -> "redirect:" + back + "&day=" + range.day() + "&undone=yes";
      // Somebody else was faster, or it is over: the page shows what there is now.
      case ChangeOutcome.Refused _, ChangeOutcome.NotFound _ ->
          "redirect:" + back + "&day=" + range.day() + "&undone=over";
    };
  }

  private ChangeOutcome made(Viewer viewer, UUID id, ChangeInput input) {
    return changes.make(viewer.workspace(), RotationsController.actor(viewer), id, input);
  }

  private static String done(Viewer viewer, Rotation rotation, PlanChange made) {
    LocalDate day = made.change().span().start().atZone(rotation.zone()).toLocalDate();
    return "redirect:%s/%s?day=%s&changed=%s"
        .formatted(RotationsController.address(viewer), rotation.id(), day, made.change().id());
  }

  private String inHours(Rotation rotation, int hours) {
    return WallTimes.write(
        clock.instant().truncatedTo(ChronoUnit.HOURS).plus(Duration.ofHours(hours)),
        rotation.zone());
  }
}
