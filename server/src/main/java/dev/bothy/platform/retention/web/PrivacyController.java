package dev.bothy.platform.retention.web;

import dev.bothy.platform.audit.Actor;
import dev.bothy.platform.kernel.Problem;
import dev.bothy.platform.people.Role;
import dev.bothy.platform.people.Viewer;
import dev.bothy.platform.privacy.RetentionClock;
import dev.bothy.platform.retention.ClockChange;
import dev.bothy.platform.retention.ClockSetting;
import dev.bothy.platform.retention.DataMap;
import dev.bothy.platform.retention.DryRun;
import dev.bothy.platform.retention.Outside;
import dev.bothy.platform.retention.RetentionSettings;
import dev.bothy.platform.workspace.Workspaces;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/// How long the workspace keeps what, and what is held: admins set it, auditors look.
@Controller
@RequestMapping("/w/{workspace}/privacy")
class PrivacyController {
  private final RetentionSettings settings;
  private final DryRun dryRun;
  private final DataMap map;
  private final Workspaces workspaces;

  PrivacyController(RetentionSettings settings, DryRun dryRun, DataMap map, Workspaces workspaces) {
    this.settings = settings;
    this.dryRun = dryRun;
    this.map = map;
    this.workspaces = workspaces;
  }

  @GetMapping
  String page(Viewer viewer, Model model) {
    viewer.require(Role.ADMIN, Role.AUDITOR);
    return page(viewer, null, "", null, model);
  }

  /// @param days what was typed
  /// @param confirmed the days that the page of confirmation named; empty before it was seen
  @PostMapping("/clocks/{clock:[a-z-]{1,30}}")
  String set(
      Viewer viewer,
      @PathVariable String clock,
      @RequestParam(defaultValue = "") String days,
      @RequestParam(defaultValue = "") String confirmed,
      HttpServletResponse response,
      Model model,
      RedirectAttributes flash) {
    viewer.require(Role.ADMIN);
    RetentionClock wanted = clock(clock);
    ClockSetting now = workspaces.inWorkspace(viewer.workspace(), () -> settings.of(wanted));
    Optional<Integer> typed = number(days);
    Optional<Problem> problem =
        typed.isEmpty()
            ? Optional.of(noNumber(now))
            : workspaces.inWorkspace(
                viewer.workspace(), () -> settings.problem(wanted, typed.get()));
    if (problem.isPresent()) {
      response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
      return page(viewer, wanted, days, problem.get().message(), model);
    }
    int chosen = typed.orElseThrow();
    if (chosen < now.days() && !confirmed.equals(Integer.toString(chosen))) {
      return confirmation(viewer, now, chosen, model);
    }
    ClockChange change =
        workspaces.inWorkspace(
            viewer.workspace(),
            () -> settings.set(new Actor.Person(viewer.person()), wanted, chosen));
    switch (change) {
      case ClockChange.Changed(ClockSetting setting) ->
          flash.addFlashAttribute(
              "notice",
              "Days for %s: %d from the next sweep on.".formatted(wanted.words(), setting.days()));
      case ClockChange.Unchanged _ -> flash.addFlashAttribute("notice", "It was so already.");
      case ClockChange.Refused(Problem refused) ->
          flash.addFlashAttribute("problem", refused.message());
    }
    return "redirect:/w/" + viewer.slug() + "/privacy";
  }

  @GetMapping("/data-map")
  String dataMap(Viewer viewer, Model model) {
    viewer.require(Role.ADMIN, Role.AUDITOR);
    List<ClockSetting> clocks = workspaces.inWorkspace(viewer.workspace(), settings::all);
    model.addAttribute("modules", map.modules(clocks));
    model.addAttribute("others", map.others());
    model.addAttribute("outside", Outside.ALL);
    return "retention/data-map";
  }

  private String page(
      Viewer viewer,
      @Nullable RetentionClock wrong,
      String typed,
      @Nullable String error,
      Model model) {
    DryRun.Tonight tonight = dryRun.tonight(viewer.workspace());
    model.addAttribute("clocks", workspaces.inWorkspace(viewer.workspace(), settings::all));
    model.addAttribute("wrong", wrong);
    model.addAttribute("typed", typed);
    model.addAttribute("error", error);
    model.addAttribute("at", tonight.at());
    model.addAttribute("due", DueLine.of(tonight.due(), map));
    model.addAttribute("last", dryRun.last(viewer.workspace()).orElse(null));
    model.addAttribute("admin", viewer.may(Role.ADMIN));
    return "retention/privacy";
  }

  private String confirmation(Viewer viewer, ClockSetting now, int days, Model model) {
    DryRun.Tonight tonight = dryRun.tonight(viewer.workspace(), now.clock(), days);
    model.addAttribute("setting", now);
    model.addAttribute("days", days);
    model.addAttribute("at", tonight.at());
    model.addAttribute("due", DueLine.of(tonight.due(), map));
    return "retention/shorten";
  }

  private static RetentionClock clock(String id) {
    return RetentionClock.of(id)
        .orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
  }

  private static Optional<Integer> number(String typed) {
    String stripped = typed.strip();
    return stripped.matches("[0-9]{1,6}")
        ? Optional.of(Integer.valueOf(stripped))
        : Optional.empty();
  }

  private static Problem noNumber(ClockSetting setting) {
    return Problem.ofField(
        "retention.days",
        "days",
        "Days for %s: a whole number from %d to %d is needed."
            .formatted(setting.clock().words(), setting.shortestDays(), setting.longestDays()));
  }
}
