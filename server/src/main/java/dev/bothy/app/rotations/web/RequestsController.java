package dev.bothy.app.rotations.web;

import dev.bothy.app.rotations.RequestOutcome;
import dev.bothy.app.rotations.Rotation;
import dev.bothy.app.rotations.RotationRequests;
import dev.bothy.app.rotations.RotationRequests.Known;
import dev.bothy.app.rotations.RotationRequests.Offered;
import dev.bothy.app.rotations.Rotations;
import dev.bothy.app.rotations.ShiftRequest;
import dev.bothy.app.rotations.ShiftRequest.State;
import dev.bothy.app.rotations.plan.Participant;
import dev.bothy.platform.kernel.Problem;
import dev.bothy.platform.people.Role;
import dev.bothy.platform.people.Viewer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
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

/// Swap and cover requests: those of a rotation, one's own of all, and the form that asks.
@Controller
@RequestMapping("/w/{workspace}/rotations")
class RequestsController {
  private final Rotations rotations;
  private final RotationRequests requests;
  private final CalendarDesk desk;

  RequestsController(Rotations rotations, RotationRequests requests, CalendarDesk desk) {
    this.rotations = rotations;
    this.requests = requests;
    this.desk = desk;
  }

  /// A shift in the form's list.
  record OfferedShift(String value, String words) {}

  /// Those that have to do with whoever looks.
  @GetMapping("/requests")
  String mine(Viewer viewer, Model model) {
    Map<UUID, List<Known>> byRotation =
        requests.mine(viewer, List.of(State.values())).stream()
            .collect(Collectors.groupingBy(known -> known.request().rotation()));
    List<RequestView> views = new ArrayList<>();
    byRotation.forEach((id, known) ->
        rotations
            .find(viewer.workspace(), id)
            .ifPresent(rotation ->
                views.addAll(
                    views(viewer, rotation, known, requests.self(viewer, id).orElse(null)))));
    model.addAttribute("rotation", null);
    model.addAttribute("takesPart", true);
    model.addAttribute("people", List.of());
    return listed(views, model);
  }

  /// @param done what was just done, in one word
  @GetMapping("/{id}/requests")
  String list(
      Viewer viewer,
      @PathVariable UUID id,
      @RequestParam(defaultValue = "") String done,
      Model model) {
    Rotation rotation = find(viewer, id);
    return listPage(viewer, rotation, done, "", model);
  }

  /// @param shift the one that is chosen already, as the calendar says it
  @GetMapping("/{id}/requests/new")
  String form(
      Viewer viewer,
      @PathVariable UUID id,
      @RequestParam(defaultValue = "") String shift,
      Model model) {
    return formPage(
        viewer, find(viewer, id), new RequestForm("cover", shift, "", ""), List.of(), model);
  }

  @PostMapping("/{id}/requests")
  String ask(
      Viewer viewer, @PathVariable UUID id, @ModelAttribute("form") RequestForm form, Model model) {
    Rotation rotation = find(viewer, id);
    List<Problem> problems = new ArrayList<>();
    Optional<RotationRequests.Wanted> wanted =
        form.read(rotation.zone(), requests.offered(viewer, id), problems);
    if (wanted.isEmpty()) {
      return formPage(viewer, rotation, form, problems, model);
    }
    return switch (requests.ask(viewer, id, wanted.get())) {
      case RequestOutcome.Done _ -> "redirect:" + address(viewer, rotation) + "?done=asked";
      case RequestOutcome.Refused(List<Problem> refused) ->
          formPage(viewer, rotation, form, refused, model);
      case RequestOutcome.Closed _, RequestOutcome.NotFound _ ->
          throw new ResponseStatusException(HttpStatus.NOT_FOUND);
    };
  }

  /// @param account who takes it; empty for whoever does this
  @PostMapping("/{id}/requests/{request}/take")
  String take(
      Viewer viewer,
      @PathVariable UUID id,
      @PathVariable UUID request,
      @RequestParam(defaultValue = "") String account,
      Model model) {
    Rotation rotation = find(viewer, id);
    String who =
        account.isBlank()
            ? ""
            : rotations
                .accounts(viewer.workspace(), rotation.connection(), List.of(account))
                .getFirst();
    return answered(
        viewer, rotation, "taken", () -> requests.take(viewer, id, request, who), model);
  }

  @PostMapping("/{id}/requests/{request}/decline")
  String decline(Viewer viewer, @PathVariable UUID id, @PathVariable UUID request, Model model) {
    return answered(
        viewer,
        find(viewer, id),
        "declined",
        () -> requests.decline(viewer, id, request, null),
        model);
  }

  @PostMapping("/{id}/requests/{request}/withdraw")
  String withdraw(Viewer viewer, @PathVariable UUID id, @PathVariable UUID request, Model model) {
    return answered(
        viewer, find(viewer, id), "withdrawn", () -> requests.withdraw(viewer, id, request), model);
  }

  @PostMapping("/{id}/requests/{request}/undo")
  String undo(Viewer viewer, @PathVariable UUID id, @PathVariable UUID request, Model model) {
    return answered(
        viewer,
        find(viewer, id),
        "given-back",
        () -> requests.giveBack(viewer, id, request),
        model);
  }

  private String answered(
      Viewer viewer, Rotation rotation, String done, Supplier<RequestOutcome> change, Model model) {
    return switch (change.get()) {
      case RequestOutcome.Done _ -> "redirect:" + address(viewer, rotation) + "?done=" + done;
      case RequestOutcome.Closed _ -> "redirect:" + address(viewer, rotation) + "?done=over";
      case RequestOutcome.Refused(List<Problem> refused) ->
          listPage(
              viewer,
              rotation,
              "",
              refused.stream().map(Problem::message).collect(Collectors.joining(" ")),
              model);
      case RequestOutcome.NotFound() -> throw new ResponseStatusException(HttpStatus.NOT_FOUND);
    };
  }

  private String listPage(
      Viewer viewer, Rotation rotation, String done, String problem, Model model) {
    Participant self = requests.self(viewer, rotation.id()).orElse(null);
    List<Known> found = requests.of(viewer, rotation.id(), List.of(State.values()));
    model.addAttribute("rotation", rotation);
    model.addAttribute("takesPart", self != null || viewer.may(Role.ADMIN));
    model.addAttribute("people", desk.offered(viewer.workspace(), rotation));
    model.addAttribute("done", done);
    model.addAttribute("problem", problem);
    return listed(views(viewer, rotation, found, self), model);
  }

  private static String listed(List<RequestView> views, Model model) {
    model.addAttribute("open", of(views, "open"));
    model.addAttribute("taken", of(views, "taken"));
    model.addAttribute(
        "closed",
        views.stream()
            .filter(view -> !view.state().equals("open") && !view.state().equals("taken"))
            .toList());
    return "rotations/requests";
  }

  private static List<RequestView> of(List<RequestView> views, String state) {
    return views.stream().filter(view -> view.state().equals(state)).toList();
  }

  private List<RequestView> views(
      Viewer viewer, Rotation rotation, List<Known> found, @Nullable Participant self) {
    Map<Participant, String> names =
        rotations.names(viewer.workspace(), rotation.connection(), RequestDocuments.people(found));
    boolean admin = viewer.may(Role.ADMIN);
    return found.stream()
        .map(known -> RequestView.of(known, rotation, names, self, admin))
        .toList();
  }

  private String formPage(
      Viewer viewer, Rotation rotation, RequestForm form, List<Problem> problems, Model model) {
    Map<String, String> wrong = new HashMap<>();
    problems.forEach(problem ->
        wrong.merge(
            problem.field() == null ? "" : problem.field(),
            problem.message(),
            (one, other) -> one + " " + other));
    List<Offered> offered = requests.offered(viewer, rotation.id());
    Participant self = requests.self(viewer, rotation.id()).orElse(null);
    Map<Participant, String> names =
        rotations.names(
            viewer.workspace(),
            rotation.connection(),
            offered.stream().map(Offered::person).distinct().toList());
    boolean several = CalendarDesk.roles(rotation).size() > 1;
    model.addAttribute("rotation", rotation);
    model.addAttribute("form", form);
    model.addAttribute("wrong", wrong);
    model.addAttribute("kinds", ShiftRequest.Kind.values());
    model.addAttribute("takesPart", self != null || viewer.may(Role.ADMIN));
    model.addAttribute(
        "chosen", RequestForm.chosen(form.shift(), offered).map(RequestForm::value).orElse(""));
    model.addAttribute(
        "shifts",
        offered.stream()
            .sorted(Comparator.comparing((Offered each) -> !each.person().equals(self)))
            .map(each ->
                new OfferedShift(
                    RequestForm.value(each),
                    "%s to %s: %s%s"
                        .formatted(
                            RequestView.time(each.start(), rotation.zone()),
                            RequestView.time(each.end(), rotation.zone()),
                            names.getOrDefault(each.person(), each.person().account()),
                            several ? " (" + each.role() + ")" : "")))
            .toList());
    return "rotations/request";
  }

  private Rotation find(Viewer viewer, UUID id) {
    return rotations
        .find(viewer.workspace(), id)
        .filter(found -> found.deletedAt() == null)
        .orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
  }

  private static String address(Viewer viewer, Rotation rotation) {
    return RotationsController.address(viewer) + "/" + rotation.id() + "/requests";
  }
}
