package dev.bothy.platform.erasure.web;

import dev.bothy.platform.erasure.ErasureTarget;
import dev.bothy.platform.erasure.Erasures;
import dev.bothy.platform.kernel.PersonId;
import dev.bothy.platform.people.Member;
import dev.bothy.platform.people.Viewer;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/// What owners erase: how far each is, its receipt, and a page before each that says what goes and
/// what stays, on which the name has to be typed.
@Controller
@RequestMapping("/w/{workspace}/erasures")
class ErasuresController {
  private static final String PERSON = "/people/{person:[0-9a-f-]{36}}";
  private static final String APP = "/apps/{app:[a-z]{2,30}}";
  private static final String WORKSPACE = "/workspace";

  private final ErasureActions actions;
  private final Erasures erasures;
  private final ErasurePlanWords plan;

  ErasuresController(ErasureActions actions, Erasures erasures, ErasurePlanWords plan) {
    this.actions = actions;
    this.erasures = erasures;
    this.plan = plan;
  }

  @GetMapping
  String list(Viewer viewer, Model model) {
    List<ErasureLine> lines = actions.list(viewer).stream().map(ErasureLine::of).toList();
    model.addAttribute("lines", lines);
    model.addAttribute("busy", lines.stream().anyMatch(line -> !line.erasure().isDone()));
    model.addAttribute("mayErase", viewer.may());
    model.addAttribute("apps", erasures.apps());
    model.addAttribute("ledger", erasures.hasLedger());
    return "erasure/list";
  }

  @GetMapping("/{id:[0-9a-f-]{36}}")
  String show(Viewer viewer, @PathVariable UUID id, Model model) {
    model.addAttribute(
        "line", actions.find(viewer, id).map(ErasureLine::of).orElseThrow(this::notFound));
    model.addAttribute("receipt", actions.receipt(viewer, id).map(ReceiptWords::of).orElse(null));
    return "erasure/show";
  }

  @GetMapping("/{id:[0-9a-f-]{36}}/receipt")
  ResponseEntity<String> receipt(Viewer viewer, @PathVariable UUID id) {
    return ResponseEntity.ok()
        .contentType(MediaType.APPLICATION_JSON)
        .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"erasure-" + id + ".json\"")
        .body(actions.receipt(viewer, id).orElseThrow(this::notFound));
  }

  @GetMapping(PERSON)
  String person(Viewer viewer, @PathVariable UUID person, Model model) {
    return confirmation(viewer, new ErasureTarget.OfPerson(new PersonId(person)), null, model);
  }

  @PostMapping(PERSON)
  String erasePerson(
      Viewer viewer,
      @PathVariable UUID person,
      @RequestParam(defaultValue = "") String typed,
      Model model,
      RedirectAttributes flash) {
    return erase(viewer, new ErasureTarget.OfPerson(new PersonId(person)), typed, model, flash);
  }

  @GetMapping(APP)
  String app(Viewer viewer, @PathVariable String app, Model model) {
    return confirmation(viewer, new ErasureTarget.OfApp(app), null, model);
  }

  @PostMapping(APP)
  String eraseApp(
      Viewer viewer,
      @PathVariable String app,
      @RequestParam(defaultValue = "") String typed,
      Model model,
      RedirectAttributes flash) {
    return erase(viewer, new ErasureTarget.OfApp(app), typed, model, flash);
  }

  @GetMapping(WORKSPACE)
  String workspace(Viewer viewer, Model model) {
    return confirmation(viewer, new ErasureTarget.OfWorkspace(), null, model);
  }

  @PostMapping(WORKSPACE)
  String eraseWorkspace(
      Viewer viewer,
      @RequestParam(defaultValue = "") String typed,
      Model model,
      RedirectAttributes flash) {
    return erase(viewer, new ErasureTarget.OfWorkspace(), typed, model, flash);
  }

  private String erase(
      Viewer viewer, ErasureTarget target, String typed, Model model, RedirectAttributes flash) {
    String word = actions.wordFor(viewer, target).orElseThrow(this::notFound);
    if (!typed.strip().equals(word)) {
      return confirmation(viewer, target, "Type %s to go on.".formatted(word), model);
    }
    return switch (actions.erase(viewer, target)) {
      case Erasures.Outcome.Begun _ -> {
        flash.addFlashAttribute("notice", "It has begun, and goes on by itself.");
        yield home(viewer);
      }
      case Erasures.Outcome.UnderWay _ -> {
        flash.addFlashAttribute("notice", "It had begun already.");
        yield home(viewer);
      }
      case Erasures.Outcome.Unknown _ -> throw notFound();
      case Erasures.Outcome.LastOwner _ ->
          confirmation(viewer, target, ErasureProblems.LAST_OWNER.meaning(), model);
      case Erasures.Outcome.InDirectory _ ->
          confirmation(viewer, target, ErasureProblems.IN_DIRECTORY.meaning(), model);
    };
  }

  private String confirmation(
      Viewer viewer, ErasureTarget target, @Nullable String problem, Model model) {
    model.addAttribute("word", actions.wordFor(viewer, target).orElseThrow(this::notFound));
    model.addAttribute("kind", target.kind());
    switch (target) {
      case ErasureTarget.OfPerson(PersonId person) -> {
        Member member = actions.member(viewer, person).orElseThrow(this::notFound);
        model.addAttribute("name", member.name());
        model.addAttribute("self", person.equals(viewer.person()));
        model.addAttribute("action", "/people/" + person);
        model.addAttribute("stays", plan.stays());
      }
      case ErasureTarget.OfApp(String app) -> {
        model.addAttribute("name", ErasureLine.title(app));
        model.addAttribute("action", "/apps/" + app);
      }
      case ErasureTarget.OfWorkspace _ -> {
        model.addAttribute("name", viewer.slug());
        model.addAttribute("action", WORKSPACE);
      }
    }
    model.addAttribute("problem", problem);
    model.addAttribute("ledger", erasures.hasLedger());
    return "erasure/confirm";
  }

  private static String home(Viewer viewer) {
    return "redirect:/w/" + viewer.slug() + "/erasures";
  }

  private ResponseStatusException notFound() {
    return new ResponseStatusException(HttpStatus.NOT_FOUND);
  }
}
