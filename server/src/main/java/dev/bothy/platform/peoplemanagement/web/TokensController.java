package dev.bothy.platform.peoplemanagement.web;

import dev.bothy.platform.api.ApiScopes;
import dev.bothy.platform.kernel.Problem;
import dev.bothy.platform.people.ApiTokens;
import dev.bothy.platform.people.Viewer;
import jakarta.servlet.http.HttpServletResponse;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
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

/// Makes and revokes one's own tokens for programs.
@Controller
@RequestMapping("/w/{workspace}/profile/tokens")
class TokensController {
  private final ApiTokens tokens;
  private final ApiScopes scopes;

  TokensController(ApiTokens tokens, ApiScopes scopes) {
    this.tokens = tokens;
    this.scopes = scopes;
  }

  @GetMapping("/new")
  String empty(Viewer viewer, Model model) {
    return form("", Set.of(), "", List.of(), model);
  }

  /// The answer shows the token, this once.
  @PostMapping
  String make(
      Viewer viewer,
      @RequestParam(defaultValue = "") String name,
      @RequestParam(defaultValue = "") List<String> scope,
      @RequestParam(defaultValue = "") String until,
      HttpServletResponse response,
      Model model) {
    Set<String> wanted = new TreeSet<>(scope);
    Instant expiresAt = null;
    if (!until.isBlank()) {
      expiresAt = endOf(until);
      if (expiresAt == null) {
        response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
        return form(name, wanted, until, List.of("A day such as 2026-11-22."), model);
      }
    }
    switch (tokens.make(viewer, name, wanted, expiresAt)) {
      case ApiTokens.Made.Token made -> {
        model.addAttribute("token", made.token());
        model.addAttribute("known", made.known());
        return "peoplemanagement/token";
      }
      case ApiTokens.Made.Refused refused -> {
        response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
        return form(
            name, wanted, until, refused.problems().stream().map(Problem::message).toList(), model);
      }
    }
  }

  @PostMapping("/{token}/revoke")
  String revoke(Viewer viewer, @PathVariable UUID token) {
    if (!tokens.revoke(viewer, token)) {
      throw new ResponseStatusException(HttpStatus.NOT_FOUND);
    }
    return "redirect:/w/" + viewer.slug() + "/profile" + Notice.TOKEN.query();
  }

  private String form(
      String name, Set<String> ticked, String until, List<String> problems, Model model) {
    model.addAttribute("name", name);
    model.addAttribute("ticked", ticked);
    model.addAttribute("until", until);
    model.addAttribute("problems", problems);
    model.addAttribute("scopes", scopes.all());
    model.addAttribute("token", null);
    return "peoplemanagement/token";
  }

  /// The end of the day in UTC; null for what is no day.
  private static @Nullable Instant endOf(String day) {
    try {
      LocalDate date = LocalDate.parse(day.strip());
      return date.plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant().minusSeconds(1);
    } catch (DateTimeException _) {
      return null;
    }
  }
}
