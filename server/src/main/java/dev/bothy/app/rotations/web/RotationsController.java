package dev.bothy.app.rotations.web;

import dev.bothy.app.rotations.Departure;
import dev.bothy.app.rotations.KeptPlaces;
import dev.bothy.app.rotations.NoteReading;
import dev.bothy.app.rotations.Rotation;
import dev.bothy.app.rotations.RotationOutcome;
import dev.bothy.app.rotations.RotationRequests;
import dev.bothy.app.rotations.Rotations;
import dev.bothy.app.rotations.Shift;
import dev.bothy.app.rotations.Tellings;
import dev.bothy.app.rotations.plan.Participant;
import dev.bothy.platform.audit.Actor;
import dev.bothy.platform.kernel.Problem;
import dev.bothy.platform.kernel.WorkspaceId;
import dev.bothy.platform.people.Member;
import dev.bothy.platform.people.Role;
import dev.bothy.platform.people.Viewer;
import java.time.Clock;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;

/// The list of rotations, and one rotation with its calendar and what can be done with it.
@Controller
@RequestMapping("/w/{workspace}/rotations")
class RotationsController {
  private static final int HISTORY = 10;

  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("d MMMM", Locale.ENGLISH);

  private final Rotations rotations;
  private final KeptPlaces keptPlaces;
  private final CalendarDesk desk;
  private final NoteReading notes;
  private final Tellings tellings;
  private final RotationRequests requests;
  private final RotationViews views;
  private final Clock clock;

  RotationsController(
      Rotations rotations,
      KeptPlaces keptPlaces,
      CalendarDesk desk,
      NoteReading notes,
      Tellings tellings,
      RotationRequests requests,
      RotationViews views,
      Clock clock) {
    this.rotations = rotations;
    this.keptPlaces = keptPlaces;
    this.desk = desk;
    this.notes = notes;
    this.tellings = tellings;
    this.requests = requests;
    this.views = views;
    this.clock = clock;
  }

  @GetMapping
  String list(Viewer viewer, Model model) {
    WorkspaceId workspace = viewer.workspace();
    model.addAttribute("mayChange", viewer.may(Role.ADMIN));
    model.addAttribute("rotations", views.of(workspace, rotations.all(workspace)));
    model.addAttribute("deleted", views.of(workspace, rotations.deleted(workspace)));
    return "rotations/list";
  }

  /// @param view `week` or `month`
  /// @param day a day of the week or month that is shown
  /// @param changed the change that was just made, with a button to take it back
  /// @param told `saved` when what it tells was just saved
  /// @param undone `yes` when one was just taken back, `over` when it could not be any more
  @GetMapping("/{id}")
  String show(
      Viewer viewer,
      @PathVariable UUID id,
      @RequestParam(defaultValue = "") String problem,
      @RequestParam(defaultValue = "") String view,
      @RequestParam(defaultValue = "") String day,
      @RequestParam(defaultValue = "") String changed,
      @RequestParam(defaultValue = "") String undone,
      @RequestParam(defaultValue = "") String told,
      Model model) {
    WorkspaceId workspace = viewer.workspace();
    Rotation rotation =
        rotations
            .find(workspace, id)
            .filter(found -> found.deletedAt() == null)
            .orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
    Instant now = clock.instant();
    List<Shift> history = rotations.history(workspace, id, HISTORY);
    RotationView shown = views.of(workspace, rotation, history);
    CalendarRange range = CalendarRange.of(view, day, rotation.zone(), now);
    List<ChangeView> changes = desk.changes(workspace, rotation);
    model.addAttribute("mayChange", viewer.may(Role.ADMIN));
    model.addAttribute("rotation", shown);
    model.addAttribute("range", range);
    model.addAttribute("calendar", desk.calendar(workspace, rotation, range));
    model.addAttribute("changes", changes);
    model.addAttribute(
        "changed",
        changes.stream()
            .filter(each -> each.id().toString().equals(changed))
            .findFirst()
            .orElse(null));
    model.addAttribute("undone", undone);
    model.addAttribute("told", told);
    model.addAttribute("mayReadNotes", notes.mayRead(workspace, viewer.person(), id));
    model.addAttribute(
        "refused", tellings.find(workspace, id).map(Tellings.Standing::problem).orElse(null));
    Optional<Participant> self = requests.self(viewer, id);
    // A space before it, so that no account is taken for the end of another. No account ends so.
    model.addAttribute("self", " " + self.map(Participant::account).orElse(""));
    model.addAttribute(
        "asksForAll",
        viewer.may(Role.ADMIN) || self.filter(rotation.people()::contains).isPresent());
    model.addAttribute("history", shown.rows(history));
    model.addAttribute("kept", keptPlaces(workspace, rotation));
    model.addAttribute("problem", problem.equals("gone"));
    return "rotations/show";
  }

  @PostMapping("/{id}/pause")
  String pause(Viewer viewer, @PathVariable UUID id) {
    viewer.require(Role.ADMIN);
    return backTo(viewer, id, rotations.pause(viewer.workspace(), actor(viewer), id));
  }

  @PostMapping("/{id}/resume")
  String resume(Viewer viewer, @PathVariable UUID id) {
    viewer.require(Role.ADMIN);
    return backTo(viewer, id, rotations.resume(viewer.workspace(), actor(viewer), id));
  }

  @PostMapping("/{id}/delete")
  String delete(Viewer viewer, @PathVariable UUID id) {
    viewer.require(Role.ADMIN);
    return switch (rotations.delete(viewer.workspace(), actor(viewer), id)) {
      case RotationOutcome.Done _ -> "redirect:" + address(viewer);
      case RotationOutcome.Refused _, RotationOutcome.NotFound _ ->
          throw new ResponseStatusException(HttpStatus.NOT_FOUND);
    };
  }

  @PostMapping("/{id}/restore")
  String restore(Viewer viewer, @PathVariable UUID id, Model model) {
    viewer.require(Role.ADMIN);
    return switch (rotations.restore(viewer.workspace(), actor(viewer), id)) {
      case RotationOutcome.Done _ -> "redirect:" + address(viewer) + "/" + id;
      case RotationOutcome.Refused(List<Problem> problems) -> {
        model.addAttribute("problems", problems.stream().map(Problem::message).toList());
        yield list(viewer, model);
      }
      case RotationOutcome.NotFound() -> throw new ResponseStatusException(HttpStatus.NOT_FOUND);
    };
  }

  static Actor actor(Viewer viewer) {
    return new Actor.Person(viewer.person());
  }

  static String address(Viewer viewer) {
    return "/w/" + viewer.slug() + "/rotations";
  }

  private static String backTo(Viewer viewer, UUID id, RotationOutcome outcome) {
    return switch (outcome) {
      case RotationOutcome.Done _ -> "redirect:" + address(viewer) + "/" + id;
      case RotationOutcome.Refused _ -> "redirect:" + address(viewer) + "/" + id + "?problem=gone";
      case RotationOutcome.NotFound() -> throw new ResponseStatusException(HttpStatus.NOT_FOUND);
    };
  }

  /// Whose places wait for them, and until when: "Ada until 4 December".
  private List<String> keptPlaces(WorkspaceId workspace, Rotation rotation) {
    List<Departure> kept = keptPlaces.of(workspace, rotation.id());
    Map<Participant, String> names =
        rotations.names(
            workspace, rotation.connection(), kept.stream().map(Departure::person).toList());
    return kept.stream()
        .map(departure ->
            names.get(departure.person())
                + " until "
                + DAY.format(departure.leftAt().plus(Member.GRACE).atZone(rotation.times().zone())))
        .toList();
  }
}
