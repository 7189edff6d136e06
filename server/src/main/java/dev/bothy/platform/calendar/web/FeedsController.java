package dev.bothy.platform.calendar.web;

import dev.bothy.platform.calendar.feeds.AbsenceFeed;
import dev.bothy.platform.calendar.feeds.AbsenceFeeds;
import dev.bothy.platform.calendar.feeds.FeedInput;
import dev.bothy.platform.calendar.feeds.FeedOutcome;
import dev.bothy.platform.calendar.web.FeedAccounts.Choice;
import dev.bothy.platform.kernel.Problem;
import dev.bothy.platform.people.Role;
import dev.bothy.platform.people.Viewer;
import dev.bothy.platform.workspace.Workspaces;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/// Calendars that tell of absences: the list, adding, reading now, removing. An address is shown to
/// nobody again: of it the host is told.
@Controller
@RequestMapping("/w/{workspace}/absences/feeds")
class FeedsController {
  private final AbsenceFeeds feeds;
  private final FeedAccounts accounts;
  private final ViewerZone zones;
  private final Workspaces workspaces;
  private final Clock clock;

  FeedsController(
      AbsenceFeeds feeds,
      FeedAccounts accounts,
      ViewerZone zones,
      Workspaces workspaces,
      Clock clock) {
    this.feeds = feeds;
    this.accounts = accounts;
    this.zones = zones;
    this.workspaces = workspaces;
    this.clock = clock;
  }

  /// @param who whose it is, as people read it
  /// @param down whether nobody should count on it any more
  record Line(AbsenceFeed feed, String who, boolean down) {}

  @GetMapping
  String list(Viewer viewer, Model model) {
    return page(viewer, Map.of(), "", model);
  }

  @PostMapping
  String subscribe(
      Viewer viewer,
      @RequestParam(defaultValue = "") String who,
      @RequestParam(defaultValue = "") String address,
      @RequestParam(defaultValue = "4") int shortest,
      Model model,
      HttpServletResponse response,
      RedirectAttributes flash) {
    Choice choice = Choice.of(who);
    FeedOutcome outcome =
        choice == null ? nobody() : feeds.subscribe(viewer, input(choice, address, shortest));
    return answer(
        viewer,
        outcome,
        who,
        "It is added and read within a minute: load this page again.",
        model,
        response,
        flash);
  }

  @PostMapping("/file")
  String takeIn(
      Viewer viewer,
      @RequestParam(defaultValue = "") String who,
      @RequestParam(required = false) @Nullable MultipartFile file,
      @RequestParam(defaultValue = "4") int shortest,
      Model model,
      HttpServletResponse response,
      RedirectAttributes flash)
      throws IOException {
    Choice choice = Choice.of(who);
    FeedOutcome outcome =
        choice == null
            ? nobody()
            : feeds.takeIn(
                viewer, input(choice, "", shortest), file == null ? new byte[0] : file.getBytes());
    return answer(viewer, outcome, who, "The file is taken in.", model, response, flash);
  }

  @PostMapping("/{id}/refresh")
  String refresh(Viewer viewer, @PathVariable UUID id, RedirectAttributes flash) {
    switch (feeds.refresh(viewer, id)) {
      case FeedOutcome.Done(AbsenceFeed feed) -> {
        String problem = feed.state().problem();
        if (problem == null) {
          flash.addFlashAttribute("notice", "It is read.");
        } else {
          flash.addFlashAttribute("problem", problem + " What was known stays.");
        }
      }
      case FeedOutcome.Refused(List<Problem> problems) ->
          flash.addFlashAttribute("problem", problems.getFirst().message());
      case FeedOutcome.NotFound() -> throw gone();
    }
    return home(viewer);
  }

  @PostMapping("/{id}/remove")
  String remove(Viewer viewer, @PathVariable UUID id, RedirectAttributes flash) {
    if (feeds.remove(viewer, id) instanceof FeedOutcome.NotFound) {
      throw gone();
    }
    flash.addFlashAttribute("notice", "It is removed, and so are the absences that it told.");
    return home(viewer);
  }

  private String answer(
      Viewer viewer,
      FeedOutcome outcome,
      String who,
      String done,
      Model model,
      HttpServletResponse response,
      RedirectAttributes flash) {
    return switch (outcome) {
      case FeedOutcome.Done _ -> {
        flash.addFlashAttribute("notice", done);
        yield home(viewer);
      }
      case FeedOutcome.Refused(List<Problem> problems) -> {
        response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
        Map<String, String> wrong = new LinkedHashMap<>();
        problems.forEach(problem ->
            wrong.put(problem.field() == null ? "" : problem.field(), problem.message()));
        yield page(viewer, wrong, who, model);
      }
      case FeedOutcome.NotFound() -> throw gone();
    };
  }

  private String page(Viewer viewer, Map<String, String> wrong, String who, Model model) {
    List<AbsenceFeed> all = feeds.list(viewer);
    workspaces.inWorkspace(
        viewer.workspace(),
        () -> {
          model.addAttribute(
              "lines",
              all.stream()
                  .map(feed ->
                      new Line(
                          feed,
                          accounts.name(feed.connection(), feed.account()),
                          feed.state().isFailingForLong(clock.instant())))
                  .toList());
          model.addAttribute("zone", zones.of(viewer));
          model.addAttribute("choices", accounts.of(viewer));
        });
    model.addAttribute("admin", viewer.may(Role.ADMIN));
    model.addAttribute("wrong", wrong);
    model.addAttribute("who", who);
    return "calendar/feeds";
  }

  private static FeedInput input(Choice choice, String address, int shortest) {
    return new FeedInput(choice.connection(), choice.account(), address, shortest, "");
  }

  private static FeedOutcome nobody() {
    return new FeedOutcome.Refused(
        List.of(
            Problem.ofField("calendar.feed-account", "account", "Choose whose calendar it is.")));
  }

  private static String home(Viewer viewer) {
    return "redirect:/w/" + viewer.slug() + "/absences/feeds";
  }

  private static ResponseStatusException gone() {
    return new ResponseStatusException(HttpStatus.NOT_FOUND);
  }
}
