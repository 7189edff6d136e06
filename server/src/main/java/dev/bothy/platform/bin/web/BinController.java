package dev.bothy.platform.bin.web;

import dev.bothy.platform.bin.Bin;
import dev.bothy.platform.bin.BinChoices;
import dev.bothy.platform.bin.BinDesk;
import dev.bothy.platform.bin.BinItem;
import dev.bothy.platform.bin.BinLine;
import dev.bothy.platform.people.Role;
import dev.bothy.platform.people.Viewer;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
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

/// What is in the bin, what brings it back or deletes it at once, and how long things stay there.
/// While the workspace itself is in it, this is the one page that there is.
@Controller
@RequestMapping("/w/{workspace}/bin")
class BinController {
  private static final String ITEM = "/{id:[0-9a-f-]{36}}";
  private static final String FASTER =
      "Somebody was faster: it is back already, or gone. Nothing was changed.";

  private final BinDesk desk;
  private final BinChoices choices;

  BinController(BinDesk desk, BinChoices choices) {
    this.desk = desk;
    this.choices = choices;
  }

  /// @param app the one whose page somebody wanted to see
  @GetMapping
  String page(Viewer viewer, @RequestParam(defaultValue = "") String app, Model model) {
    Optional<BinLine> resting = desk.workspaceIn(viewer);
    if (resting.isEmpty() && !viewer.may(Role.ADMIN, Role.AUDITOR)) {
      resting = desk.appIn(viewer, app);
    }
    if (resting.isPresent()) {
      model.addAttribute("line", resting.get());
      return "bin/resting";
    }
    return page(viewer, "", "", null, model);
  }

  @PostMapping
  String putAway(
      Viewer viewer,
      @RequestParam String kind,
      @RequestParam(defaultValue = "") String subject,
      RedirectAttributes flash) {
    String what = kind.equals(Bin.WORKSPACE) ? viewer.workspace().toString() : subject;
    return switch (desk.putAway(viewer, kind, what)) {
      case BinDesk.Outcome.Done(BinLine line) -> {
        flash.addFlashAttribute("undo", line.item().id());
        flash.addFlashAttribute(
            "put", "%s is in the bin until %s.".formatted(line.name(), line.goes()));
        yield home(viewer);
      }
      case BinDesk.Outcome.Unknown _, BinDesk.Outcome.NotConfirmed _ -> throw notFound();
      case BinDesk.Outcome.Refused(var problem) -> problem(viewer, problem.message(), flash);
      case BinDesk.Outcome.KeysDestroyed _, BinDesk.Outcome.Going _ ->
          problem(viewer, BinProblems.GOING.meaning(), flash);
    };
  }

  @PostMapping(ITEM + "/restore")
  String restore(Viewer viewer, @PathVariable UUID id, RedirectAttributes flash) {
    return switch (desk.restore(viewer, id)) {
      case BinDesk.Outcome.Done(BinLine line) -> {
        flash.addFlashAttribute("notice", "%s is back, as it was.".formatted(line.name()));
        yield home(viewer);
      }
      case BinDesk.Outcome.Unknown _, BinDesk.Outcome.NotConfirmed _ ->
          problem(viewer, FASTER, flash);
      case BinDesk.Outcome.Refused(var problem) -> problem(viewer, problem.message(), flash);
      case BinDesk.Outcome.KeysDestroyed _ ->
          problem(viewer, BinProblems.KEYS_DESTROYED.meaning(), flash);
      case BinDesk.Outcome.Going _ -> problem(viewer, BinProblems.GOING.meaning(), flash);
    };
  }

  @GetMapping(ITEM + "/delete")
  String confirm(Viewer viewer, @PathVariable UUID id, Model model) {
    return confirmation(
        desk.find(viewer, id).filter(BinLine::mine).orElseThrow(BinController::notFound),
        null,
        model);
  }

  @PostMapping(ITEM + "/delete")
  String delete(
      Viewer viewer,
      @PathVariable UUID id,
      @RequestParam(defaultValue = "") String typed,
      HttpServletResponse response,
      Model model,
      RedirectAttributes flash) {
    return switch (desk.deleteNow(viewer, id, typed)) {
      case BinDesk.Outcome.Done(BinLine line) -> {
        boolean gone = desk.find(viewer, id).isEmpty();
        flash.addFlashAttribute(
            "notice",
            line.name() + (gone ? " is gone." : " is being deleted; that goes on by itself."));
        yield home(viewer);
      }
      case BinDesk.Outcome.NotConfirmed(BinLine line) -> {
        response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
        yield confirmation(line, "Type %s to go on.".formatted(line.name()), model);
      }
      case BinDesk.Outcome.Unknown _ -> problem(viewer, FASTER, flash);
      case BinDesk.Outcome.Refused(var problem) -> problem(viewer, problem.message(), flash);
      case BinDesk.Outcome.KeysDestroyed _, BinDesk.Outcome.Going _ ->
          problem(viewer, BinProblems.GOING.meaning(), flash);
    };
  }

  /// @param days what was typed; empty for the workspace's clock
  /// @param confirmed what the page of confirmation named; empty before it was seen
  @PostMapping("/times/{app:[a-z]{2,30}}")
  String choose(
      Viewer viewer,
      @PathVariable String app,
      @RequestParam(defaultValue = "") String days,
      @RequestParam(defaultValue = "") String confirmed,
      HttpServletResponse response,
      Model model,
      RedirectAttributes flash) {
    String typed = days.strip();
    if (!typed.matches("[0-9]{0,5}")) {
      response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
      return page(viewer, app, typed, "A whole number of days is needed, or nothing.", model);
    }
    Integer chosen = typed.isEmpty() ? null : Integer.valueOf(typed);
    choices.requireFor(viewer, app);
    List<BinItem> sooner = choices.sooner(viewer, app, chosen);
    if (!sooner.isEmpty() && !confirmed.equals("yes")) {
      Map<UUID, String> ids = sooner.stream().collect(Collectors.toMap(BinItem::id, BinItem::goes));
      model.addAttribute("app", app);
      model.addAttribute("days", typed);
      model.addAttribute("sooner", ids);
      model.addAttribute(
          "lines",
          desk.list(viewer).stream().filter(line -> ids.containsKey(line.item().id())).toList());
      return "bin/shorten";
    }
    return switch (choices.choose(viewer, app, chosen)) {
      case BinChoices.Outcome.Done _ -> {
        flash.addFlashAttribute(
            "notice",
            "Saved. It holds for what is deleted from now on, and a"
                + " shorter time for what is in the bin.");
        yield home(viewer);
      }
      case BinChoices.Outcome.Unknown _ -> throw notFound();
      case BinChoices.Outcome.Refused(var problem) -> {
        response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
        yield page(viewer, app, typed, problem.message(), model);
      }
    };
  }

  private String page(
      Viewer viewer, String wrong, String typed, @Nullable String error, Model model) {
    List<BinLine> lines = desk.list(viewer);
    model.addAttribute("lines", lines);
    model.addAttribute("stays", choices.list(viewer));
    model.addAttribute("apps", desk.removableApps(viewer));
    model.addAttribute("owner", viewer.may());
    model.addAttribute("admin", viewer.may(Role.ADMIN));
    model.addAttribute("wrong", wrong);
    model.addAttribute("typed", typed);
    model.addAttribute("error", Objects.requireNonNullElse(error, ""));
    return "bin/list";
  }

  private static String confirmation(BinLine line, @Nullable String problem, Model model) {
    model.addAttribute("line", line);
    model.addAttribute("problem", problem);
    return "bin/delete";
  }

  private static String problem(Viewer viewer, String message, RedirectAttributes flash) {
    flash.addFlashAttribute("problem", message);
    return home(viewer);
  }

  private static String home(Viewer viewer) {
    return "redirect:/w/" + viewer.slug() + "/bin";
  }

  private static ResponseStatusException notFound() {
    return new ResponseStatusException(HttpStatus.NOT_FOUND);
  }
}
