package dev.bothy.platform.console.web;

import dev.bothy.platform.audit.AuditPage;
import dev.bothy.platform.people.Role;
import dev.bothy.platform.people.Viewer;
import dev.bothy.platform.work.DeadLetter;
import dev.bothy.platform.work.DeadLetter.Box;
import dev.bothy.platform.work.DeadLetters;
import dev.bothy.platform.workspace.Workspaces;
import java.util.List;
import java.util.Optional;
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
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/// The letters that were put aside: a list for those who run or audit the workspace; what a letter
/// says, and what becomes of it, for admins alone, and never without an entry in the audit log.
@Controller
@RequestMapping("/w/{workspace}/dead-letters")
class DeadLettersController {
  private static final int LETTERS = 25;

  private final DeadLetters letters;
  private final DeadLetterActions actions;
  private final LetterWords words;
  private final Workspaces workspaces;

  DeadLettersController(
      DeadLetters letters, DeadLetterActions actions, LetterWords words, Workspaces workspaces) {
    this.letters = letters;
    this.actions = actions;
    this.words = words;
    this.workspaces = workspaces;
  }

  @GetMapping
  String list(
      Viewer viewer,
      @RequestParam(defaultValue = "") String box,
      @RequestParam(defaultValue = "") String problem,
      @RequestParam(defaultValue = "") String after,
      Model model) {
    viewer.require(Role.ADMIN, Role.AUDITOR);
    DeadLetter.Filter filter = filter(box, problem);
    AuditPage.@Nullable Place place = after.isEmpty() ? null : AuditPage.Place.of(after);
    workspaces.inWorkspace(
        viewer.workspace(),
        () -> {
          List<DeadLetter> page =
              letters.page(
                  filter,
                  place == null ? null : new DeadLetter.Place(place.at(), place.id()),
                  LETTERS + 1);
          List<DeadLetter> shown = page.subList(0, Math.min(LETTERS, page.size()));
          model.addAttribute("lines", words.lines(shown));
          model.addAttribute(
              "older",
              page.size() <= LETTERS
                  ? null
                  : new AuditPage.Place(shown.getLast().diedAt(), shown.getLast().id()).text());
          List<DeadLetter.Group> groups = letters.groups();
          model.addAttribute("groups", words.groups(groups));
          model.addAttribute("total", groups.stream().mapToLong(DeadLetter.Group::letters).sum());
          model.addAttribute(
              "meant",
              groups.stream()
                  .filter(group -> filter.box() == null || filter.box() == group.box())
                  .filter(
                      group -> filter.problem() == null || filter.problem().equals(group.problem()))
                  .mapToLong(DeadLetter.Group::letters)
                  .sum());
        });
    model.addAttribute("box", filter.box() == null ? "" : filter.box().word());
    model.addAttribute("problem", problem);
    model.addAttribute("first", place == null);
    model.addAttribute("admin", viewer.may(Role.ADMIN));
    return "console/dead-letters";
  }

  @GetMapping("/{box:inbox|outbox}/{id}")
  String letter(Viewer viewer, @PathVariable String box, @PathVariable UUID id, Model model) {
    viewer.require(Role.ADMIN, Role.AUDITOR);
    return show(viewer, box(box), id, null, model);
  }

  /// Opens the letter; a form's answer and not an address, so that no browser does it by itself.
  @PostMapping("/{box:inbox|outbox}/{id}/content")
  String content(Viewer viewer, @PathVariable String box, @PathVariable UUID id, Model model) {
    String text =
        actions
            .content(viewer, box(box), id)
            .map(words::readable)
            .orElse("It does not open: its key is gone.");
    return show(viewer, box(box), id, text, model);
  }

  @PostMapping("/{box:inbox|outbox}/{id}/retry")
  String retry(
      Viewer viewer, @PathVariable String box, @PathVariable UUID id, RedirectAttributes flash) {
    boolean retried = actions.retry(viewer, box(box), id);
    flash.addFlashAttribute(
        "notice",
        retried
            ? "It is tried again now, before anything that came after it. If it fails for good it"
                + " comes back here."
            : "Somebody was faster: it is no longer here.");
    return home(viewer);
  }

  @PostMapping("/{box:inbox|outbox}/{id}/drop")
  String drop(
      Viewer viewer, @PathVariable String box, @PathVariable UUID id, RedirectAttributes flash) {
    boolean dropped = actions.drop(viewer, box(box), id);
    flash.addFlashAttribute(
        "notice",
        dropped
            ? "It is given up, and its content is erased."
            : "Somebody was faster: it is no longer here.");
    return home(viewer);
  }

  @PostMapping("/retry")
  String retryAll(
      Viewer viewer,
      @RequestParam(defaultValue = "") String box,
      @RequestParam(defaultValue = "") String problem,
      RedirectAttributes flash) {
    int retried = actions.retryAll(viewer, filter(box, problem));
    flash.addFlashAttribute(
        "notice",
        retried == 1
            ? "1 letter is tried again now. If it fails for good it comes back here."
            : retried + " letters are tried again now. What fails for good comes back here.");
    return home(viewer);
  }

  private String show(Viewer viewer, Box box, UUID id, @Nullable String content, Model model) {
    Optional<LetterWords.Line> line =
        workspaces.inWorkspace(viewer.workspace(), () -> letters.find(box, id).map(words::line));
    if (line.isEmpty()) {
      throw new ResponseStatusException(HttpStatus.NOT_FOUND);
    }
    model.addAttribute("line", line.get());
    model.addAttribute("content", content);
    model.addAttribute("admin", viewer.may(Role.ADMIN));
    return "console/dead-letter";
  }

  private static DeadLetter.Filter filter(String box, String problem) {
    return new DeadLetter.Filter(Box.of(box), problem.isEmpty() ? null : problem);
  }

  private static Box box(String word) {
    Box box = Box.of(word);
    if (box == null) {
      throw new ResponseStatusException(HttpStatus.NOT_FOUND);
    }
    return box;
  }

  private static String home(Viewer viewer) {
    return "redirect:/w/" + viewer.slug() + "/dead-letters";
  }
}
