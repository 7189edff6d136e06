package dev.bothy.platform.chat.slack.web;

import dev.bothy.platform.chat.slack.SlackInstalls;
import dev.bothy.platform.chat.slack.SlackInstalls.Arrival;
import dev.bothy.platform.chat.slack.SlackInstalls.Credentials;
import dev.bothy.platform.chat.slack.SlackInstalls.Departure;
import dev.bothy.platform.chat.slack.SlackInstalls.Outcome;
import dev.bothy.platform.kernel.Problem;
import dev.bothy.platform.people.Role;
import dev.bothy.platform.people.Viewer;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.util.Optional;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseCookie;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.util.WebUtils;

/// Installing the workspace's Slack app through OAuth: its secrets, the way to Slack, and the way
/// back.
@Controller
@RequestMapping("/w/{workspace}/slack")
class SlackInstallController {
  /// Below the page's own address.
  static final String ARRIVAL = "installed";

  private static final String COOKIE = "bothy-slack-install";

  /// As long as an installation may take.
  private static final Duration PATIENCE = Duration.ofMinutes(10);

  private final SlackInstalls installs;
  private final SlackPageModel page;

  SlackInstallController(SlackInstalls installs, SlackPageModel page) {
    this.installs = installs;
    this.page = page;
  }

  @PostMapping("/app")
  String saveApp(
      Viewer viewer,
      Model model,
      @RequestParam(name = "client-id", defaultValue = "") String clientId,
      @RequestParam(name = "client-secret", defaultValue = "") String clientSecret,
      @RequestParam(name = "signing-secret", defaultValue = "") String signingSecret,
      @RequestParam(name = "app-token", defaultValue = "") String appToken,
      @RequestParam(defaultValue = "false") boolean rotation,
      @RequestParam(defaultValue = "false") boolean organisation,
      @RequestParam(defaultValue = "false") boolean sockets) {
    viewer.require(Role.ADMIN);
    SlackWay.Options options = new SlackWay.Options(rotation, organisation, sockets);
    Optional<Problem> problem =
        installs.saveApp(
            viewer.workspace(),
            viewer.person(),
            new Credentials(
                clientId.strip(), clientSecret.strip(), signingSecret.strip(), appToken.strip()));
    return problem.isPresent()
        ? page.show(viewer, model, SlackWay.OAUTH, options, problem.get())
        : "redirect:/w/" + viewer.slug() + "/slack?way=oauth" + options.query();
  }

  /// A link, not a form: a browser holds the redirect after a form against our `form-action`.
  @GetMapping("/install")
  String install(Viewer viewer, HttpServletRequest request, HttpServletResponse response) {
    viewer.require(Role.ADMIN);
    Optional<Departure> departure =
        installs.depart(viewer.workspace(), viewer.person(), page.arrivalAddress(viewer));
    if (departure.isEmpty()) {
      return "redirect:/w/" + viewer.slug() + "/slack?way=oauth";
    }
    cookie(request, response, departure.get().browserSecret(), PATIENCE);
    return "redirect:" + departure.get().address();
  }

  @GetMapping("/" + ARRIVAL)
  String installed(
      Viewer viewer,
      Model model,
      HttpServletRequest request,
      HttpServletResponse response,
      @RequestParam(defaultValue = "") String state,
      @RequestParam(defaultValue = "") String code,
      @RequestParam(defaultValue = "") String error) {
    viewer.require(Role.ADMIN);
    jakarta.servlet.http.Cookie cookie = WebUtils.getCookie(request, name());
    Outcome outcome =
        installs.arrive(
            viewer.workspace(),
            viewer.person(),
            page.arrivalAddress(viewer),
            new Arrival(state, code, error, cookie == null ? "" : cookie.getValue()));
    cookie(request, response, "", Duration.ZERO);
    return switch (outcome) {
      case Outcome.Done _ -> "redirect:/w/" + viewer.slug() + "/slack";
      case Outcome.Refused(Problem problem) -> oauth(viewer, model, problem);
    };
  }

  private String oauth(Viewer viewer, Model model, Problem problem) {
    return page.show(viewer, model, SlackWay.OAUTH, SlackWay.Options.NONE, problem);
  }

  /// It must come back with a link from Slack, hence `Lax`.
  private void cookie(
      HttpServletRequest request, HttpServletResponse response, String value, Duration lifetime) {
    response.addHeader(
        HttpHeaders.SET_COOKIE,
        ResponseCookie.from(name(), value)
            .httpOnly(true)
            .secure(page.isSecure() || request.isSecure())
            .sameSite("Lax")
            .path("/")
            .maxAge(lifetime)
            .build()
            .toString());
  }

  /// Over https no other host can set a cookie of this name (RFC 6265bis §4.1.3.2).
  private String name() {
    return page.isSecure() ? "__Host-" + COOKIE : COOKIE;
  }
}
