package dev.bothy.platform.webhooks.web;

import dev.bothy.platform.audit.AuditPage;
import dev.bothy.platform.people.Viewer;
import dev.bothy.platform.webhooks.Deliveries;
import dev.bothy.platform.webhooks.Endpoints;
import dev.bothy.platform.webhooks.WebhookDelivery;
import dev.bothy.platform.webhooks.WebhookDelivery.State;
import dev.bothy.platform.webhooks.WebhookEndpoint;
import java.util.List;
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

/// The endpoints of a workspace, and the log of each: what an admin sees, tries, switches off,
/// deletes and sends once more. They are written in [EndpointFormController].
@Controller
@RequestMapping("/w/{workspace}/webhooks")
class WebhooksController {
  private static final int LINES = 25;

  private final Endpoints endpoints;
  private final Deliveries deliveries;

  WebhooksController(Endpoints endpoints, Deliveries deliveries) {
    this.endpoints = endpoints;
    this.deliveries = deliveries;
  }

  @GetMapping
  String list(Viewer viewer, Model model) {
    List<WebhookEndpoint> all = endpoints.list(viewer);
    model.addAttribute("endpoints", all);
    model.addAttribute("full", all.size() >= Endpoints.MOST);
    return "webhooks/list";
  }

  /// @param state `waiting`, `delivered`, `failed`, or anything else for all
  @GetMapping("/{id}")
  String show(
      Viewer viewer,
      @PathVariable UUID id,
      @RequestParam(defaultValue = "") String state,
      @RequestParam(defaultValue = "") String after,
      Model model) {
    WebhookEndpoint endpoint = endpoints.find(viewer, id).orElseThrow(WebhooksController::gone);
    List<WebhookDelivery> found =
        deliveries.page(viewer, id, State.of(state), place(after), LINES + 1);
    List<WebhookDelivery> shown = found.subList(0, Math.min(LINES, found.size()));
    model.addAttribute("endpoint", endpoint);
    model.addAttribute("lines", shown);
    model.addAttribute("older", found.size() <= LINES ? null : text(shown.getLast()));
    model.addAttribute("failed", deliveries.failed(viewer, id));
    model.addAttribute("state", state);
    model.addAttribute("first", after.isEmpty());
    return "webhooks/show";
  }

  @PostMapping("/{id}/test")
  String test(Viewer viewer, @PathVariable UUID id, RedirectAttributes flash) {
    if (deliveries.test(viewer, id).isEmpty()) {
      throw gone();
    }
    flash.addFlashAttribute(
        "notice",
        "A trial is on its way. What came of it stands in the log: load this page again.");
    return page(viewer, id);
  }

  @PostMapping("/{id}/pause")
  String pause(Viewer viewer, @PathVariable UUID id, RedirectAttributes flash) {
    orGone(endpoints.pause(viewer, id));
    flash.addFlashAttribute("notice", "It is paused. What happens from now on is not kept for it.");
    return page(viewer, id);
  }

  @PostMapping("/{id}/resume")
  String resume(Viewer viewer, @PathVariable UUID id, RedirectAttributes flash) {
    orGone(endpoints.resume(viewer, id));
    flash.addFlashAttribute("notice", "It is on: it is told what happens from now on.");
    return page(viewer, id);
  }

  @PostMapping("/{id}/delete")
  String delete(Viewer viewer, @PathVariable UUID id, RedirectAttributes flash) {
    if (!endpoints.delete(viewer, id)) {
      throw gone();
    }
    flash.addFlashAttribute(
        "notice", "It is deleted: nothing is sent to it any more. It waits in the bin.");
    flash.addFlashAttribute("deleted", id);
    return "redirect:/w/" + viewer.slug() + "/webhooks";
  }

  @PostMapping("/{id}/restore")
  String restore(Viewer viewer, @PathVariable UUID id, RedirectAttributes flash) {
    orGone(endpoints.restore(viewer, id));
    flash.addFlashAttribute("notice", "It is back, with its log and its secret.");
    return page(viewer, id);
  }

  @PostMapping("/{id}/deliveries/{delivery}/replay")
  String replay(
      Viewer viewer, @PathVariable UUID id, @PathVariable UUID delivery, RedirectAttributes flash) {
    switch (deliveries.replay(viewer, id, delivery)) {
      case DONE -> flash.addFlashAttribute("notice", "It is sent once more, under the same id.");
      case NOT_NOW ->
          flash.addFlashAttribute(
              "problem",
              "It was not sent: it is on its way already, or the endpoint is off, or what it said"
                  + " is no longer kept.");
      case UNKNOWN -> throw gone();
    }
    return page(viewer, id);
  }

  @PostMapping("/{id}/replay")
  String replayFailed(Viewer viewer, @PathVariable UUID id, RedirectAttributes flash) {
    deliveries
        .replayFailed(viewer, id)
        .ifPresentOrElse(
            count ->
                flash.addFlashAttribute(
                    "notice",
                    count == 1
                        ? "1 delivery is sent once more, under its old id."
                        : count + " deliveries are sent once more, under their old ids."),
            () ->
                flash.addFlashAttribute(
                    "problem", "Nothing was sent: the endpoint is off. Switch it on first."));
    return page(viewer, id);
  }

  private static String page(Viewer viewer, UUID id) {
    return "redirect:/w/" + viewer.slug() + "/webhooks/" + id;
  }

  private static void orGone(Endpoints.Outcome outcome) {
    if (outcome instanceof Endpoints.Outcome.Unknown) {
      throw gone();
    }
  }

  static ResponseStatusException gone() {
    return new ResponseStatusException(HttpStatus.NOT_FOUND);
  }

  /// Where the page after this delivery begins, as addresses and programs carry it.
  static String text(WebhookDelivery last) {
    return new AuditPage.Place(last.createdAt(), last.id()).text();
  }

  /// @param text empty for the first page
  static WebhookDelivery.@Nullable Place place(String text) {
    AuditPage.@Nullable Place place = text.isEmpty() ? null : AuditPage.Place.of(text);
    return place == null ? null : new WebhookDelivery.Place(place.at(), place.id());
  }
}
