package dev.bothy.platform.calendar.web;

import dev.bothy.platform.calendar.Absence;
import dev.bothy.platform.calendar.AbsenceInput;
import dev.bothy.platform.calendar.AbsenceOutcome;
import dev.bothy.platform.calendar.AbsenceRights;
import dev.bothy.platform.calendar.AbsenceSource;
import dev.bothy.platform.calendar.AbsenceWords;
import dev.bothy.platform.calendar.web.AbsencePeople.Choice;
import dev.bothy.platform.calendar.web.AbsencePeople.Who;
import dev.bothy.platform.kernel.Problem;
import dev.bothy.platform.people.Viewer;
import dev.bothy.platform.workspace.Workspaces;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneId;
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
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/// The form that enters and changes an absence, and the page of one. What is wrong is said at its
/// field, and what was typed stays.
@Controller
@RequestMapping("/w/{workspace}/absences")
class AbsenceFormController {
  private final AbsenceDesk desk;
  private final AbsencePeople people;
  private final AbsenceRights rights;
  private final Workspaces workspaces;
  private final Clock clock;

  AbsenceFormController(
      AbsenceDesk desk,
      AbsencePeople people,
      AbsenceRights rights,
      Workspaces workspaces,
      Clock clock) {
    this.desk = desk;
    this.people = people;
    this.rights = rights;
    this.workspaces = workspaces;
    this.clock = clock;
  }

  @GetMapping("/new")
  String empty(Viewer viewer, Model model) {
    List<Choice> choices = choices(viewer);
    ZoneId zone = choices.isEmpty() ? ZoneId.of("UTC") : ZoneId.of(choices.getFirst().zone());
    LocalDate today = clock.instant().atZone(zone).toLocalDate();
    String who = choices.isEmpty() ? "" : choices.getFirst().who();
    return form(choices, AbsenceForm.empty(who, today), Map.of(), model);
  }

  @PostMapping
  String create(
      Viewer viewer,
      @RequestParam MultiValueMap<String, String> values,
      Model model,
      HttpServletResponse response,
      RedirectAttributes flash) {
    AbsenceForm form = AbsenceForm.of(values);
    Optional<Who> who = Who.of(form.who());
    if (who.isEmpty()) {
      Map<String, String> wrong =
          Map.of(AbsenceInput.PERSON, "Person: nobody was chosen. Allowed: one of the list");
      response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
      return form(choices(viewer), form, wrong, model);
    }
    return switch (desk.add(
        viewer, who.get().connection(), who.get().account(), form.input(), AbsenceSource.CONSOLE)) {
      case AbsenceOutcome.Done(Absence absence) -> {
        flash.addFlashAttribute("notice", "The absence is entered.");
        yield "redirect:" + AbsencesController.address(viewer, desk.month(viewer, absence));
      }
      case AbsenceOutcome.Refused(List<Problem> problems) -> {
        response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
        yield form(choices(viewer), form, byField(problems), model);
      }
      case AbsenceOutcome.NotFound() -> throw gone();
    };
  }

  /// One absence: its form to whoever may change it, else what there is to see.
  @GetMapping("/{id}")
  String show(Viewer viewer, @PathVariable UUID id, Model model) {
    return page(viewer, find(viewer, id), null, Map.of(), model);
  }

  @PostMapping("/{id}")
  String change(
      Viewer viewer,
      @PathVariable UUID id,
      @RequestParam MultiValueMap<String, String> values,
      Model model,
      HttpServletResponse response,
      RedirectAttributes flash) {
    AbsenceForm form = AbsenceForm.of(values);
    return switch (desk.change(viewer, id, form.input())) {
      case AbsenceOutcome.Done(Absence absence) -> {
        flash.addFlashAttribute("notice", "The absence is changed.");
        yield "redirect:" + AbsencesController.address(viewer, desk.month(viewer, absence));
      }
      case AbsenceOutcome.Refused(List<Problem> problems) -> {
        response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
        yield page(viewer, find(viewer, id), form, byField(problems), model);
      }
      case AbsenceOutcome.NotFound() -> throw gone();
    };
  }

  private static String form(
      List<Choice> choices, AbsenceForm form, Map<String, String> wrong, Model model) {
    model.addAttribute("choices", choices);
    model.addAttribute("form", form);
    model.addAttribute("wrong", wrong);
    model.addAttribute("zones", ZoneNames.ALL);
    return "calendar/new-absence";
  }

  /// @param typed what was refused; null to show the absence as it is
  private String page(
      Viewer viewer,
      Absence absence,
      @Nullable AbsenceForm typed,
      Map<String, String> wrong,
      Model model) {
    boolean mayChange = desk.mayChange(viewer, absence);
    workspaces.inWorkspace(
        viewer.workspace(),
        () -> {
          ZoneId zone = desk.zone(absence.connection(), absence.account());
          boolean own = rights.own(viewer, absence.connection(), absence.account());
          model.addAttribute("name", desk.name(absence.connection(), absence.account()));
          model.addAttribute(
              "when", AbsenceWords.of(absence.from(), absence.to(), absence.allDay(), zone));
          model.addAttribute("zone", zone.getId());
          model.addAttribute("own", own);
          model.addAttribute("form", typed == null ? AbsenceForm.of(absence, zone) : typed);
          model.addAttribute(
              "leave", rights.looksAtLeave(viewer, absence) ? absence.leaveType() : null);
        });
    model.addAttribute("id", absence.id());
    model.addAttribute("source", absence.source().words());
    model.addAttribute("told", !absence.source().byHand());
    model.addAttribute("mayChange", mayChange);
    model.addAttribute("wrong", wrong);
    model.addAttribute("zones", ZoneNames.ALL);
    return "calendar/absence";
  }

  private List<Choice> choices(Viewer viewer) {
    return workspaces.inWorkspace(viewer.workspace(), () -> people.choices(viewer));
  }

  private Absence find(Viewer viewer, UUID id) {
    return desk.find(viewer, id).orElseThrow(AbsenceFormController::gone);
  }

  private static Map<String, String> byField(List<Problem> problems) {
    Map<String, String> wrong = new LinkedHashMap<>();
    for (Problem problem : problems) {
      String field = problem.field() == null ? "" : problem.field();
      wrong.merge(field, problem.message(), (one, other) -> one + " " + other);
    }
    return wrong;
  }

  private static ResponseStatusException gone() {
    return new ResponseStatusException(HttpStatus.NOT_FOUND);
  }
}
