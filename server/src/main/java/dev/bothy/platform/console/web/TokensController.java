package dev.bothy.platform.console.web;

import dev.bothy.platform.api.ApiScopes;
import dev.bothy.platform.kernel.Problem;
import dev.bothy.platform.people.ApiToken;
import dev.bothy.platform.people.ApiTokens;
import dev.bothy.platform.people.People;
import dev.bothy.platform.people.Person;
import dev.bothy.platform.people.Role;
import dev.bothy.platform.people.SignedIn;
import dev.bothy.platform.people.Viewer;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
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

/// The tokens of somebody's programs in a workspace, and, for an admin, everybody's. A token that
/// was just made is shown in the answer to its form, this once: no address leads to it.
@Controller
@RequestMapping("/w/{workspace}/tokens")
class TokensController {
  private final ApiTokens tokens;
  private final ApiScopes scopes;
  private final People people;
  private final Clock clock;

  TokensController(ApiTokens tokens, ApiScopes scopes, People people, Clock clock) {
    this.tokens = tokens;
    this.scopes = scopes;
    this.people = people;
    this.clock = clock;
  }

  /// A token as its line on the page.
  ///
  /// @param owner a name; null on the list of one's own
  /// @param state `in force`, `expired` or `revoked`
  public record Line(ApiToken token, @Nullable String owner, String state) {
    public boolean inForce() {
      return state.equals("in force");
    }
  }

  @GetMapping
  String page(Viewer viewer, Model model) {
    return show(viewer, "", Set.of(), "90", Map.of(), model);
  }

  @PostMapping
  String make(
      Viewer viewer,
      SignedIn who,
      @RequestParam(defaultValue = "") String name,
      @RequestParam(required = false) @Nullable Set<String> scope,
      @RequestParam(defaultValue = "90") String days,
      Model model,
      HttpServletResponse response) {
    if (!tokens.mayMake(who)) {
      response.setStatus(HttpStatus.FORBIDDEN.value());
      String why =
          "You are signed in by a code, for an hour: it must not make a token that outlives it.";
      return show(viewer, name, Set.of(), days, Map.of("", why), model);
    }
    Set<String> wanted = scope == null ? Set.of() : scope;
    int until = days.matches("[1-9]\\d{0,2}") ? Integer.parseInt(days) : 0;
    Instant expires = until == 0 ? Instant.EPOCH : clock.instant().plus(Duration.ofDays(until));
    return switch (tokens.make(viewer, name, wanted, expires)) {
      case ApiTokens.Made.Token made -> {
        response.setHeader("Cache-Control", "no-store");
        model.addAttribute("made", made.token());
        yield show(viewer, "", Set.of(), "90", Map.of(), model);
      }
      case ApiTokens.Made.Refused(List<Problem> problems) -> {
        response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
        Map<String, String> wrong = new LinkedHashMap<>();
        problems.forEach(problem ->
            wrong.put(problem.field() == null ? "" : problem.field(), problem.message()));
        yield show(viewer, name, wanted, days, wrong, model);
      }
    };
  }

  @PostMapping("/{id}/revoke")
  String revoke(Viewer viewer, @PathVariable UUID id, RedirectAttributes flash) {
    if (!tokens.revoke(viewer, id)) {
      throw new ResponseStatusException(HttpStatus.NOT_FOUND);
    }
    flash.addFlashAttribute("notice", "It is revoked: no program gets in with it any more.");
    return "redirect:/w/" + viewer.slug() + "/tokens";
  }

  private String show(
      Viewer viewer,
      String name,
      Set<String> chosen,
      String days,
      Map<String, String> wrong,
      Model model) {
    model.addAttribute("mine", lines(tokens.of(viewer), Map.of()));
    if (viewer.may(Role.ADMIN)) {
      List<ApiToken> others =
          tokens.ofEverybody(viewer).stream()
              .filter(token -> !token.person().equals(viewer.person()))
              .toList();
      Map<String, String> names =
          people.byIds(others.stream().map(ApiToken::person).toList()).stream()
              .collect(Collectors.toMap(person -> person.id().toString(), Person::name));
      model.addAttribute("others", lines(others, names));
    }
    model.addAttribute("scopes", scopes.all());
    model.addAttribute("name", name);
    model.addAttribute("chosen", chosen);
    model.addAttribute("days", days);
    model.addAttribute("wrong", wrong);
    return "console/tokens";
  }

  private List<Line> lines(List<ApiToken> found, Map<String, String> names) {
    Instant now = clock.instant();
    return found.stream()
        .map(token ->
            new Line(
                token,
                names.get(token.person().toString()),
                token.revokedAt() != null
                    ? "revoked"
                    : token.expiresAt().isAfter(now) ? "in force" : "expired"))
        .toList();
  }
}
