package dev.bothy.platform.console.web;

import dev.bothy.platform.console.FirstSteps;
import dev.bothy.platform.console.NavigationItem;
import dev.bothy.platform.kernel.WorkspaceId;
import dev.bothy.platform.operation.HealthReporter;
import dev.bothy.platform.operation.PartHealth;
import dev.bothy.platform.people.BreakGlass;
import dev.bothy.platform.people.Membership;
import dev.bothy.platform.people.People;
import dev.bothy.platform.people.SignedIn;
import dev.bothy.platform.people.Viewer;
import dev.bothy.platform.workspace.Workspace;
import dev.bothy.platform.workspace.Workspaces;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;

/// The way in, the home page, and the pages of signing in and out.
@Controller
class ConsoleController {
  private static final Logger LOG = LoggerFactory.getLogger(ConsoleController.class);
  private final People people;
  private final Workspaces workspaces;
  private final List<HealthReporter> reporters;
  private final ObjectProvider<FirstSteps> advisers;
  private final Set<String> pages;
  private final BreakGlass breakGlass;

  ConsoleController(
      People people,
      Workspaces workspaces,
      List<HealthReporter> reporters,
      ObjectProvider<FirstSteps> advisers,
      List<NavigationItem> items,
      BreakGlass breakGlass) {
    this.people = people;
    this.workspaces = workspaces;
    this.reporters = reporters;
    this.advisers = advisers;
    this.pages = items.stream().map(NavigationItem::path).collect(Collectors.toSet());
    this.breakGlass = breakGlass;
  }

  /// Leads to the person's first workspace by name.
  @GetMapping("/")
  String start(SignedIn signedIn, Model model) {
    Optional<Workspace> own = firstWorkspaceOf(signedIn);
    if (own.isEmpty()) {
      model.addAttribute("name", signedIn.getName());
      return "console/no-workspace";
    }
    return "redirect:/w/" + own.get().slug();
  }

  /// A page of the navigation by an address that is the same in every installation, for manuals:
  /// `/sandbox` leads to the sandbox of the person's first workspace.
  @GetMapping("/{page:[a-z-]+}")
  String shortcut(@PathVariable String page, SignedIn signedIn) {
    String path = "/" + page;
    return firstWorkspaceOf(signedIn)
        .filter(workspace -> pages.contains(path))
        .map(workspace -> "redirect:/w/" + workspace.slug() + path)
        .orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
  }

  @GetMapping("/w/{workspace}")
  String home(Viewer viewer, Model model) {
    model.addAttribute("parts", health(viewer));
    model.addAttribute(
        "steps",
        advisers.stream()
            .flatMap(adviser -> adviser.steps(viewer).stream())
            .sorted(Comparator.comparingInt(FirstSteps.Step::order))
            .toList());
    return "console/home";
  }

  /// The list of parts alone, which the home page asks for anew every now and then.
  @GetMapping("/w/{workspace}/health")
  String parts(Viewer viewer, Model model) {
    model.addAttribute("parts", health(viewer));
    return "console/home :: parts";
  }

  @PostMapping("/theme")
  String theme(
      SignedIn signedIn, @RequestParam String theme, @RequestParam(defaultValue = "/") String to) {
    people.setTheme(signedIn.person(), Theme.of(theme).word());
    boolean ours = to.startsWith("/w/");
    return "redirect:" + (ours ? to : "/");
  }

  @GetMapping("/sign-in/failed")
  String signInFailed(@RequestParam(defaultValue = "unavailable") String why, Model model) {
    model.addAttribute("why", why);
    return "console/sign-in-failed";
  }

  @GetMapping(BreakGlass.PATH)
  String breakGlass() {
    return "console/break-glass";
  }

  @PostMapping(BreakGlass.PATH)
  String breakGlass(
      @RequestParam(defaultValue = "") String code,
      HttpServletRequest request,
      HttpServletResponse response,
      Model model) {
    if (breakGlass.signIn(code, request, response)) {
      return "redirect:/";
    }
    response.setStatus(HttpServletResponse.SC_FORBIDDEN);
    model.addAttribute("problem", true);
    return "console/break-glass";
  }

  @GetMapping("/signed-out")
  String signedOut() {
    return "console/signed-out";
  }

  private Optional<Workspace> firstWorkspaceOf(SignedIn signedIn) {
    return workspaces
        .byIds(people.membershipsOf(signedIn.person()).stream().map(Membership::workspace).toList())
        .stream()
        .findFirst();
  }

  /// One that fails must not take the page along on which people look for what fails.
  private static List<PartHealth> report(HealthReporter reporter, WorkspaceId workspace) {
    try {
      return reporter.report(workspace);
    } catch (RuntimeException e) {
      LOG.warn("{} could not report", reporter.getClass().getSimpleName(), e);
      return List.of(
          PartHealth.down(
              reporter.getClass().getSimpleName(),
              "How it is could not be found out; the log says why.",
              null));
    }
  }

  /// What is worst comes first.
  private List<PartHealth> health(Viewer viewer) {
    return reporters.stream()
        .flatMap(reporter -> report(reporter, viewer.workspace()).stream())
        .sorted(Comparator.comparing(PartHealth::state).reversed().thenComparing(PartHealth::name))
        .toList();
  }
}
