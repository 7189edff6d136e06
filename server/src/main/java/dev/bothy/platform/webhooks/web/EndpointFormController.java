package dev.bothy.platform.webhooks.web;

import dev.bothy.platform.kernel.Problem;
import dev.bothy.platform.people.Role;
import dev.bothy.platform.people.Viewer;
import dev.bothy.platform.webhooks.EndpointInput;
import dev.bothy.platform.webhooks.Endpoints;
import dev.bothy.platform.webhooks.Endpoints.Outcome;
import dev.bothy.platform.webhooks.WebhookEndpoint;
import dev.bothy.platform.webhooks.WebhookTypes;
import jakarta.servlet.http.HttpServletResponse;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
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
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/// Makes and changes endpoints. A secret is shown in the answer to the form that made it, this
/// once: no address leads to it.
@Controller
@RequestMapping("/w/{workspace}/webhooks")
class EndpointFormController {
  private final Endpoints endpoints;
  private final WebhookTypes types;

  EndpointFormController(Endpoints endpoints, WebhookTypes types) {
    this.endpoints = endpoints;
    this.types = types;
  }

  @GetMapping("/new")
  String empty(Viewer viewer, Model model) {
    viewer.require(Role.ADMIN);
    return form(null, new EndpointInput("", "", Set.of(), null), Map.of(), model);
  }

  @GetMapping("/{id}/edit")
  String edit(Viewer viewer, @PathVariable UUID id, Model model) {
    WebhookEndpoint endpoint = endpoints.find(viewer, id).orElseThrow(WebhooksController::gone);
    WebhookEndpoint.Details details = endpoint.details();
    EndpointInput filled =
        details == null
            ? new EndpointInput("", "", endpoint.types(), null)
            : new EndpointInput(details.url(), details.description(), endpoint.types(), null);
    return form(endpoint, filled, Map.of(), model);
  }

  @PostMapping
  String add(
      Viewer viewer,
      @RequestParam(defaultValue = "") String url,
      @RequestParam(defaultValue = "") String description,
      @RequestParam(required = false) @Nullable Set<String> type,
      @RequestParam(defaultValue = "") String authorization,
      Model model,
      HttpServletResponse response) {
    EndpointInput input =
        new EndpointInput(url, description, type == null ? Set.of() : type, authorization.strip());
    return switch (endpoints.add(viewer, input)) {
      case Outcome.DoneWithSecret(WebhookEndpoint made, String secret) ->
          secret(made, secret, false, model, response);
      case Outcome.Refused(List<Problem> problems) ->
          refused(null, input, problems, model, response);
      case Outcome.Done _, Outcome.Unknown _ -> throw WebhooksController.gone();
    };
  }

  /// @param clear takes the header away that there is; an empty one otherwise leaves it
  @PostMapping("/{id}")
  String change(
      Viewer viewer,
      @PathVariable UUID id,
      @RequestParam(defaultValue = "") String url,
      @RequestParam(defaultValue = "") String description,
      @RequestParam(required = false) @Nullable Set<String> type,
      @RequestParam(defaultValue = "") String authorization,
      @RequestParam(defaultValue = "false") boolean clear,
      Model model,
      HttpServletResponse response,
      RedirectAttributes flash) {
    String typed = authorization.strip();
    EndpointInput input =
        new EndpointInput(
            url,
            description,
            type == null ? Set.of() : type,
            typed.isEmpty() && !clear ? null : typed);
    return switch (endpoints.change(viewer, id, input)) {
      case Outcome.Done _ -> {
        flash.addFlashAttribute("notice", "It is changed.");
        yield "redirect:/w/" + viewer.slug() + "/webhooks/" + id;
      }
      case Outcome.Refused(List<Problem> problems) ->
          refused(
              endpoints.find(viewer, id).orElseThrow(WebhooksController::gone),
              input,
              problems,
              model,
              response);
      case Outcome.DoneWithSecret _, Outcome.Unknown _ -> throw WebhooksController.gone();
    };
  }

  @PostMapping("/{id}/rotate")
  String rotate(Viewer viewer, @PathVariable UUID id, Model model, HttpServletResponse response) {
    return switch (endpoints.rotate(viewer, id)) {
      case Outcome.DoneWithSecret(WebhookEndpoint endpoint, String secret) ->
          secret(endpoint, secret, true, model, response);
      case Outcome.Done _, Outcome.Refused _, Outcome.Unknown _ -> throw WebhooksController.gone();
    };
  }

  private static String secret(
      WebhookEndpoint endpoint,
      String secret,
      boolean rotated,
      Model model,
      HttpServletResponse response) {
    response.setHeader("Cache-Control", "no-store");
    model.addAttribute("endpoint", endpoint);
    model.addAttribute("secret", secret);
    model.addAttribute("rotated", rotated);
    return "webhooks/secret";
  }

  private String refused(
      @Nullable WebhookEndpoint endpoint,
      EndpointInput input,
      List<Problem> problems,
      Model model,
      HttpServletResponse response) {
    response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
    Map<String, String> wrong = new LinkedHashMap<>();
    problems.forEach(
        problem -> wrong.put(problem.field() == null ? "" : problem.field(), problem.message()));
    return form(endpoint, input, wrong, model);
  }

  /// @param endpoint null for a new one
  /// @param input what stands in the fields; never the header, which may be a secret
  private String form(
      @Nullable WebhookEndpoint endpoint,
      EndpointInput input,
      Map<String, String> wrong,
      Model model) {
    WebhookEndpoint.Details details = endpoint == null ? null : endpoint.details();
    model.addAttribute("endpoint", endpoint);
    model.addAttribute("authorized", details != null && details.authorization() != null);
    model.addAttribute("input", input);
    model.addAttribute("types", types.all());
    model.addAttribute("wrong", wrong);
    return "webhooks/form";
  }
}
