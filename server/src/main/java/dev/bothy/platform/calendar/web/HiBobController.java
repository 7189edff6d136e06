package dev.bothy.platform.calendar.web;

import dev.bothy.platform.calendar.hibob.HiBob;
import dev.bothy.platform.calendar.hibob.HiBobConnection;
import dev.bothy.platform.calendar.hibob.HiBobMatch;
import dev.bothy.platform.calendar.hibob.HiBobOutcome;
import dev.bothy.platform.calendar.hibob.Unmatched;
import dev.bothy.platform.calendar.hibob.UnmatchedPeople;
import dev.bothy.platform.calendar.web.FeedAccounts.Choice;
import dev.bothy.platform.kernel.Problem;
import dev.bothy.platform.people.Role;
import dev.bothy.platform.people.Viewer;
import dev.bothy.platform.workspace.Workspaces;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/// The connection to HiBob: connecting, trying, reading now, and whose account belongs to whom. A
/// token is shown to nobody again.
@Controller
@RequestMapping("/w/{workspace}/absences/hibob")
class HiBobController {
  private final HiBob hiBob;
  private final UnmatchedPeople unmatched;
  private final FeedAccounts accounts;
  private final ViewerZone zones;
  private final Workspaces workspaces;
  private final Clock clock;

  HiBobController(
      HiBob hiBob,
      UnmatchedPeople unmatched,
      FeedAccounts accounts,
      ViewerZone zones,
      Workspaces workspaces,
      Clock clock) {
    this.hiBob = hiBob;
    this.unmatched = unmatched;
    this.accounts = accounts;
    this.zones = zones;
    this.workspaces = workspaces;
    this.clock = clock;
  }

  /// @param who the account, as people read it
  /// @param value the account, as a form sends it
  record Line(HiBobMatch match, String who, String value) {}

  @GetMapping
  String show(Viewer viewer, Model model) {
    Optional<HiBobConnection> connection = hiBob.find(viewer);
    List<HiBobMatch> matches = hiBob.matches(viewer);
    workspaces.inWorkspace(
        viewer.workspace(),
        () -> {
          model.addAttribute(
              "lines",
              matches.stream()
                  .map(match -> {
                    Choice choice =
                        new Choice(
                            match.connection(),
                            match.account(),
                            accounts.name(match.connection(), match.account()));
                    return new Line(match, choice.name(), choice.value());
                  })
                  .toList());
          model.addAttribute("zone", zones.of(viewer));
          model.addAttribute("choices", accounts.of(viewer));
        });
    model.addAttribute("connection", connection.orElse(null));
    model.addAttribute(
        "down",
        connection.map(each -> each.state().isFailingForLong(clock.instant())).orElse(false));
    return "calendar/hibob";
  }

  @PostMapping
  String connect(
      Viewer viewer,
      @RequestParam(defaultValue = "") String user,
      @RequestParam(defaultValue = "") String token,
      Model model,
      HttpServletResponse response,
      RedirectAttributes flash) {
    HiBobOutcome outcome = hiBob.connect(viewer, user, token);
    if (outcome instanceof HiBobOutcome.Refused(List<Problem> problems)) {
      response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
      model.addAttribute("problem", words(problems));
      return show(viewer, model);
    }
    flash.addFlashAttribute(
        "notice", "It is connected and read within a minute. “Try it” says at once what works.");
    return home(viewer);
  }

  @PostMapping("/test")
  String test(Viewer viewer, Model model) {
    model.addAttribute("trials", hiBob.test(viewer));
    return show(viewer, model);
  }

  /// Asks HiBob for whoever has no account, and keeps nothing of it.
  @PostMapping("/unmatched")
  String unmatched(Viewer viewer, Model model) {
    switch (unmatched.find(viewer)) {
      case Unmatched.Found found -> model.addAttribute("unmatched", found);
      case Unmatched.Failed(String problem) -> model.addAttribute("problem", problem);
      case Unmatched.NotConnected() -> model.addAttribute("problem", "HiBob is not connected.");
    }
    return show(viewer, model);
  }

  @PostMapping("/refresh")
  String refresh(
      Viewer viewer,
      @RequestParam(defaultValue = "false") boolean believe,
      RedirectAttributes flash) {
    if (hiBob.refresh(viewer, believe) instanceof HiBobOutcome.Done(HiBobConnection connection)) {
      String problem = connection.state().problem();
      if (problem == null) {
        flash.addFlashAttribute("notice", "All is compared.");
      } else {
        flash.addFlashAttribute("problem", problem + " What was known stays.");
      }
    }
    return home(viewer);
  }

  @PostMapping("/match")
  String match(
      Viewer viewer,
      @RequestParam(defaultValue = "") String who,
      @RequestParam(defaultValue = "") String employee,
      RedirectAttributes flash) {
    viewer.require(Role.ADMIN);
    Choice choice = Choice.of(who);
    if (choice == null) {
      flash.addFlashAttribute("problem", "Choose whose account it is.");
      return home(viewer);
    }
    HiBobOutcome outcome = hiBob.match(viewer, choice.connection(), choice.account(), employee);
    if (outcome instanceof HiBobOutcome.Refused(List<Problem> problems)) {
      flash.addFlashAttribute("problem", words(problems));
    } else {
      flash.addFlashAttribute("notice", "It is noted; all is compared within a minute.");
    }
    return home(viewer);
  }

  @PostMapping("/unmatch")
  String unmatch(
      Viewer viewer, @RequestParam(defaultValue = "") String who, RedirectAttributes flash) {
    viewer.require(Role.ADMIN);
    Choice choice = Choice.of(who);
    if (choice != null) {
      hiBob.unmatch(viewer, choice.connection(), choice.account());
      flash.addFlashAttribute("notice", "It is noted; all is compared within a minute.");
    }
    return home(viewer);
  }

  @PostMapping("/disconnect")
  String disconnect(Viewer viewer, RedirectAttributes flash) {
    hiBob.disconnect(viewer);
    flash.addFlashAttribute(
        "notice", "It is disconnected. Its token is erased, and so are the absences that it told.");
    return home(viewer);
  }

  private static String words(List<Problem> problems) {
    return problems.stream().map(Problem::message).collect(Collectors.joining(" "));
  }

  private static String home(Viewer viewer) {
    return "redirect:/w/" + viewer.slug() + "/absences/hibob";
  }
}
