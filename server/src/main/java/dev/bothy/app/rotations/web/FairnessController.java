package dev.bothy.app.rotations.web;

import dev.bothy.app.rotations.Rotation;
import dev.bothy.app.rotations.Rotations;
import dev.bothy.platform.kernel.Problem;
import dev.bothy.platform.people.Role;
import dev.bothy.platform.people.Viewer;
import java.time.Clock;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;

/// How duty is shared out, in one rotation and over all. Members see the team and themselves;
/// managers everybody, if they ask for it, and that is written down.
@Controller
@RequestMapping("/w/{workspace}/rotations")
class FairnessController {
  private final Rotations rotations;
  private final FairnessDesk desk;
  private final Clock clock;

  FairnessController(Rotations rotations, FairnessDesk desk, Clock clock) {
    this.rotations = rotations;
    this.desk = desk;
    this.clock = clock;
  }

  /// @param range see [FairnessRange.Choice]
  /// @param from the first day of a custom range
  /// @param to its last day
  /// @param people `yes` for the hours of everybody
  @GetMapping("/fairness")
  String all(
      Viewer viewer,
      @RequestParam(defaultValue = "") String range,
      @RequestParam(defaultValue = "") String from,
      @RequestParam(defaultValue = "") String to,
      @RequestParam(defaultValue = "") String people,
      Model model) {
    model.addAttribute("title", "Fairness");
    model.addAttribute("above", "");
    return page(
        viewer,
        rotations.all(viewer.workspace()),
        FairnessRange.of(range, from, to),
        people.equals("yes"),
        model);
  }

  @GetMapping("/{id}/fairness")
  String one(
      Viewer viewer,
      @PathVariable UUID id,
      @RequestParam(defaultValue = "") String range,
      @RequestParam(defaultValue = "") String from,
      @RequestParam(defaultValue = "") String to,
      @RequestParam(defaultValue = "") String people,
      Model model) {
    Rotation rotation =
        rotations
            .find(viewer.workspace(), id)
            .filter(found -> found.deletedAt() == null)
            .orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
    model.addAttribute("title", "Fairness of " + rotation.name());
    model.addAttribute("above", rotation.name());
    model.addAttribute("id", id);
    return page(
        viewer, List.of(rotation), FairnessRange.of(range, from, to), people.equals("yes"), model);
  }

  private String page(
      Viewer viewer, List<Rotation> asked, FairnessRange range, boolean everybody, Model model) {
    ZoneId zone = asked.isEmpty() ? ZoneOffset.UTC : asked.getFirst().zone();
    List<Problem> problems = new ArrayList<>();
    Optional<FairnessRange.Bounds> bounds = range.bounds(zone, clock.instant(), problems);
    model.addAttribute("range", range);
    model.addAttribute("choices", FairnessRange.Choice.values());
    model.addAttribute("zone", zone.getId());
    model.addAttribute("none", asked.isEmpty());
    model.addAttribute("everybody", everybody);
    model.addAttribute("mayAsk", viewer.may(Role.MANAGER));
    model.addAttribute("problems", problems.stream().map(Problem::message).toList());
    model.addAttribute(
        "groups",
        bounds
            .map(known ->
                desk.shares(viewer, asked, known, everybody).stream()
                    .map(shares -> FairnessView.of(shares, zone))
                    .toList())
            .orElse(List.of()));
    return "rotations/fairness";
  }
}
