package dev.bothy.platform.keymanagement.web;

import dev.bothy.platform.kernel.OutOfReach;
import dev.bothy.platform.keymanagement.KeyDestructions;
import dev.bothy.platform.keys.DataKeys;
import dev.bothy.platform.people.Role;
import dev.bothy.platform.people.Viewer;
import dev.bothy.platform.workspace.Workspaces;
import java.util.List;
import java.util.OptionalInt;
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

/// The workspace's keys: how they are, for those who run or audit it; new ones for admins; and
/// their destruction for owners, after typing what is to be destroyed.
@Controller
@RequestMapping("/w/{workspace}/keys")
class KeysController {
  private final KeysPage page;
  private final KeyActions actions;
  private final DataKeys dataKeys;
  private final KeyDestructions destructions;
  private final Workspaces workspaces;

  KeysController(
      KeysPage page,
      KeyActions actions,
      DataKeys dataKeys,
      KeyDestructions destructions,
      Workspaces workspaces) {
    this.page = page;
    this.actions = actions;
    this.dataKeys = dataKeys;
    this.destructions = destructions;
    this.workspaces = workspaces;
  }

  @GetMapping
  String keys(Viewer viewer, Model model) {
    viewer.require(Role.ADMIN, Role.AUDITOR);
    List<KeysPage.OwnerKeys> owners = page.owners(viewer.workspace());
    model.addAttribute("owners", owners);
    model.addAttribute("busy", owners.stream().anyMatch(KeysPage.OwnerKeys::isBusy));
    model.addAttribute(
        "destructions", workspaces.inWorkspace(viewer.workspace(), destructions::list));
    model.addAttribute("provider", dataKeys.provider());
    model.addAttribute("lastContact", dataKeys.lastContact().orElse(null));
    model.addAttribute("admin", viewer.may(Role.ADMIN));
    model.addAttribute("owner", viewer.may());
    return "keymanagement/keys";
  }

  @PostMapping("/{owner:[a-z]{2,30}}/rotate")
  String rotate(Viewer viewer, @PathVariable String owner, RedirectAttributes flash) {
    try {
      OptionalInt rewrapped = actions.rotate(viewer, owner);
      if (rewrapped.isEmpty()) {
        flash.addFlashAttribute(
            "problem",
            "Nothing was changed: the local key file has one key for all, which is not rotated"
                + " here.");
      } else {
        flash.addFlashAttribute(
            "notice",
            rewrapped.getAsInt() == 1
                ? "The wrapping key has a new version, and 1 data key is wrapped under it."
                : "The wrapping key has a new version, and %d data keys are wrapped under it."
                    .formatted(rewrapped.getAsInt()));
      }
    } catch (OutOfReach e) {
      flash.addFlashAttribute(
          "problem",
          "The key provider did not answer, so this may be half done: what is missing is made up"
              + " for within the hour, or try again. "
              + e.getMessage());
    }
    return home(viewer);
  }

  @PostMapping("/{owner:[a-z]{2,30}}/renew")
  String renew(Viewer viewer, @PathVariable String owner, RedirectAttributes flash) {
    try {
      flash.addFlashAttribute(
          "notice",
          actions.renew(viewer, owner)
              ? "There is a new data key. What the older ones sealed is sealed anew in the"
                  + " background; this page shows how far it is."
              : "A new data key is being brought in already.");
    } catch (OutOfReach e) {
      flash.addFlashAttribute(
          "problem", "Nothing was changed: the key provider did not answer. " + e.getMessage());
    }
    return home(viewer);
  }

  @GetMapping({"/destroy", "/{owner:[a-z]{2,30}}/destroy"})
  String confirm(
      Viewer viewer, @PathVariable(required = false) @Nullable String owner, Model model) {
    actions.requireMayDestroy(viewer, owner);
    return confirmation(owner, null, model);
  }

  @PostMapping({"/destroy", "/{owner:[a-z]{2,30}}/destroy"})
  String destroy(
      Viewer viewer,
      @PathVariable(required = false) @Nullable String owner,
      @RequestParam(defaultValue = "") String typed,
      Model model,
      RedirectAttributes flash) {
    actions.requireMayDestroy(viewer, owner);
    if (!KeyActions.isMeant(viewer, owner, typed)) {
      return confirmation(
          owner,
          "Type %s to destroy these keys.".formatted(KeyActions.wordOf(viewer, owner)),
          model);
    }
    List<String> begun = actions.destroy(viewer, owner);
    flash.addFlashAttribute(
        "notice",
        begun.isEmpty()
            ? "There was nothing to destroy any more."
            : "The data keys are gone. The receipt"
                + (begun.size() == 1 ? " is" : "s, one for each, are")
                + " here as soon as the provider's key is gone too.");
    return home(viewer);
  }

  @GetMapping("/receipts/{id}")
  ResponseEntity<String> receipt(Viewer viewer, @PathVariable UUID id) {
    viewer.require(Role.ADMIN, Role.AUDITOR);
    String receipt =
        workspaces
            .inWorkspace(viewer.workspace(), () -> destructions.receipt(id))
            .orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
    return ResponseEntity.ok()
        .contentType(MediaType.APPLICATION_JSON)
        .header(
            HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"key-receipt-" + id + ".json\"")
        .body(receipt);
  }

  /// @param owner null for all of the workspace
  private String confirmation(@Nullable String owner, @Nullable String problem, Model model) {
    model.addAttribute("owner", owner);
    model.addAttribute("title", owner == null ? "this workspace" : KeysPage.title(owner));
    model.addAttribute("sealed", owner == null ? page.sealed() : page.sealed(owner));
    model.addAttribute("provider", dataKeys.provider());
    model.addAttribute("problem", problem);
    return "keymanagement/destroy";
  }

  private static String home(Viewer viewer) {
    return "redirect:/w/" + viewer.slug() + "/keys";
  }
}
